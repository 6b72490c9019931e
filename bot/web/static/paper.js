// What is taken along to the appointment: on paper, or as a text file.

import { element, slicer } from "./dom.js";
import { laidOut, quotedText } from "./rows.js";
import { say, spoken } from "./words.js";

const NOTE_LINES = 12;
const today = () => new Date().toLocaleDateString(spoken(), { dateStyle: "long" });

const plain = (passage) => {
  const slice = slicer(passage.text);
  return laidOut(passage, (start, end) => [slice(start - passage.start, end - passage.start)]);
};

/** What is to be known of a quote beside its words. */
const notes = (passage) => [
  ...(passage.standing === "identical" ? [] : [say(`check_${passage.standing}`)]),
  ...(passage.aged ? [say("aged", { years: passage.aged })] : []),
];

const cited = (passage) =>
  element("div", { class: "paper-quote" },
    element("blockquote", { class: "quote", lang: passage.language }, ...plain(passage)),
    element("p", {}, `— ${passage.citation}`),
    passage.address ? element("p", {}, passage.address) : null,
    ...notes(passage).map((note) => element("p", {}, note)));

/** Lay the chosen answers out for paper and open the browser's print dialog. */
export const print = (turns) => {
  document.querySelector("#paper")?.remove();
  const answers = turns.map(({ question, answer }) =>
    element("section", {}, element("h2", {}, question),
      answer.decision ? element("p", {}, say("decision")) : null,
      element("p", {}, say(`outcome_${answer.outcome}`)), ...answer.passages.map(cited)));
  const lines = Array.from({ length: NOTE_LINES }, () => element("div", { class: "note-line" }));
  document.body.append(element("main", { id: "paper" },
    element("h1", {}, say("print_title")),
    element("p", {}, say("print_about")), element("p", {}, say("print_date", { date: today() })),
    ...answers, element("h2", {}, say("notes")), ...lines));
  window.print();
};

const asText = ({ question, answer }) => [
  question, "", ...(answer.decision ? [say("decision")] : []), say(`outcome_${answer.outcome}`), "",
  ...answer.passages.flatMap((passage) => [
    `“${quotedText(passage)}”`, `— ${passage.citation}`, ...(passage.address ? [passage.address] : []),
    ...notes(passage), "",
  ]),
].join("\n");

/** Hand the chosen answers over as a text file, made in the page. */
export const save = (turns) => {
  const text = [say("print_title"), say("print_about"), say("print_date", { date: today() }), "",
    ...turns.map(asText), `${say("notes")}:`, ""].join("\n");
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = element("a", { href: address, download: `${say("print_title")}.txt` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
};
