// What is taken along: on paper, as a text file, or read aloud. What is ticked, or everything where nothing is.

import { element, language, say } from "./dom.js";
import { written } from "./quote.js";

const voice = window.speechSynthesis;
const inWords = (date) => date.toLocaleDateString(language, { dateStyle: "long" });
const today = () => inWords(new Date());
/** Without what only eyes are helped by: marks of sources, paths, dates in figures. */
const spoken = (text) => text.replace(/\s*\[[A-Z]\]/g, "").replaceAll("›", ",").replace(/\d{4}-\d\d-\d\d/g, (day) => inWords(new Date(`${day}T12:00`)));
const answers = () => [...document.querySelectorAll("#chat section.answer")];
const rowOf = (answer) => answer.closest(".message-row");
const questionOf = (answer) => rowOf(answer).previousElementSibling?.querySelector("[data-testid=user]")?.textContent.trim() ?? "";

const chosen = () => {
  const ticked = answers().filter((answer) => answer.querySelector(".keep:checked"));
  return ticked.length ? ticked : answers();
};

const parts = (answer) => [...answer.querySelectorAll(".notice, .own:not(.offered, .understood), figure.quoted")];

const asText = (answer) => [questionOf(answer), "",
  ...parts(answer).flatMap((part) => [part.matches("figure") ? written(part) : part.textContent, ""])].join("\n");

/** Hand the answers over as a text file, made in the page. */
export const save = () => {
  const text = [say("print_title"), say("print_about"), say("print_date", { date: today() }), "",
    ...chosen().map(asText), `${say("notes")}:`, ""].join("\n");
  const href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  element("a", { href, download: `${say("print_title")}.txt` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
};

/** Ctrl+P prints the conversation too: all that is folded is opened for the paper, and then folded again. */
export const preparePaper = () => {
  let opened = [];
  addEventListener("beforeprint", () => {
    document.querySelector("#print-date").textContent = say("print_date", { date: today() });
    const kept = chosen();
    for (const answer of answers()) {
      for (const row of [rowOf(answer), rowOf(answer).previousElementSibling]) row?.classList.toggle("left-out", !kept.includes(answer));
    }
    opened = [...document.querySelectorAll("#chat details.further:not([open])")];
    opened.forEach((folded) => { folded.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((folded) => { folded.open = false; }));
};

/** Read an answer aloud with the browser's own voices, or stop; nothing is sent anywhere. */
export const listen = (pressed) => {
  const tell = (speaking) => { pressed.textContent = say(speaking ? "stop_listening" : "listen"); pressed.ariaPressed = speaking; };
  voice.cancel();
  if (pressed.ariaPressed === "true") return tell(false);
  const open = parts(pressed.closest("section.answer")).filter((part) => !part.closest("details:not([open])"));
  const quotes = open.map((part) => part.querySelector(":scope > blockquote") ?? part);
  const sources = open.flatMap((figure) => [...figure.querySelectorAll(":scope > figcaption > :is(.cite, .source)")]);
  const said = new Map([...quotes, ...sources].map((part) => [spoken(part.textContent), part.closest("[lang]")?.lang || language]));
  for (const [text, lang] of said) {
    const utterance = Object.assign(new SpeechSynthesisUtterance(text), { lang });
    utterance.onend = () => { if (!voice.speaking && !voice.pending) tell(false); };
    voice.speak(utterance);
  }
  return tell(true);
};
