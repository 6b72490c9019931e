// One quoted passage: its words, where they stand, and what can be done with them.

import { button, element, slicer, wrapped } from "./dom.js";
import { open } from "./reader.js";
import { beside, laidOut, quotedText } from "./rows.js";
import { check, documentOf } from "./server.js";
import { say, spoken } from "./words.js";

/** Whether the marks cover all but blanks and bullets: marking everything would say nothing. */
const allMarked = (slice, passage) => {
  let at = passage.start;
  let rest = "";
  for (const [start, end] of passage.highlights) {
    rest += slice(at, start);
    at = end;
  }
  rest += slice(at, passage.end);
  return !/[\p{L}\p{N}]/u.test(rest);
};

const marked = (slice, passage, start, end) =>
  wrapped(slice, start, end, passage.highlights, (text) => element("mark", {}, text));

const own = (passage) => {
  const whole = slicer(passage.text);
  return (start, end) => whole(start - passage.start, end - passage.start);
};

const printable = (passage) => `“${quotedText(passage)}”\n— ${passage.citation}${passage.address ? `\n${passage.address}` : ""}`;

/** Copies, or where the browser does not allow it selects the quote for the patient to copy. */
const copy = async (passage, quote, status) => {
  try {
    await navigator.clipboard.writeText(printable(passage));
    status.textContent = say("copied");
  } catch {
    getSelection().selectAllChildren(quote);
    status.textContent = say("copy_failed");
  }
};

const verify = async (passage, status) => {
  status.textContent = say("checking");
  try {
    // What has to be read before the passage must still stand in the source as well.
    const spans = [[passage.start, passage.end], ...passage.beside];
    const states = await Promise.all(spans.map(async ([start, end]) => (await check(passage.doc, start, end)).state));
    status.textContent = say(`check_${states.find((state) => state !== "identical") ?? "identical"}`);
  } catch {
    status.textContent = say("reader_failed_help");
  }
};

/** Show as much of the text around a passage as `level` says: 0 for the passage alone. */
const showAround = async (passage, level, quote) => {
  if (level === 0) {
    quote.replaceChildren(...content(passage));
    return;
  }
  const slice = slicer((await documentOf(passage.doc)).text);
  const [start, end] = passage.context[level - 1];
  const inside = element("span", { class: "was-shown" }, ...marked(slice, passage, passage.start, passage.end));
  const before = passage.beside.every(([first]) => start <= first) ? [] : beside(passage);
  quote.replaceChildren(...before, slice(start, passage.start), inside, slice(passage.end, end));
};

const content = (passage) => {
  const slice = own(passage);
  const plain = allMarked(slice, passage);
  return laidOut(passage, (start, end) => (plain ? [slice(start, end)] : marked(slice, passage, start, end)));
};

const growing = (passage, quote) => {
  let level = 0;
  const more = button(say("more"), () => show(level + 1), { class: "quiet" });
  const less = button(say("less"), () => show(level - 1), { class: "quiet", hidden: true });
  const show = async (wished) => {
    level = wished;
    await showAround(passage, level, quote).catch(() => { level = 0; });
    more.hidden = level >= passage.context.length;
    less.hidden = level === 0;
    (more.hidden ? less : more).focus();
  };
  return passage.context.length ? [more, less] : [];
};

const provenance = (passage) => [
  element("p", { class: "dated" }, passage.date ? say("dated", { date: passage.date }) : say("undated")),
  passage.aged ? element("p", { class: "aged" }, say("aged", { years: passage.aged })) : null,
];

/** The figure of one of an answer's passages; `extra` are further buttons. */
export const quoteOf = (passages, at, extra = []) => {
  const passage = passages[at];
  const quote = element("blockquote", { class: "quote", lang: passage.language || "en" }, ...content(passage));
  const status = element("span", { class: "status", role: "status" });
  const cite = button(passage.citation, () => open(passages, at, cite), {
    class: "cite",
    lang: passage.language === spoken() ? null : passage.language,
    value: `${passage.start}:${passage.end}:${passage.doc}`,
    title: say("open", { citation: passage.title }),
  });
  const actions = [
    button(say("copy"), () => copy(passage, quote, status), { class: "quiet" }),
    ...growing(passage, quote),
    button(say("check"), () => verify(passage, status), { class: "quiet check" }),
    ...extra,
  ];
  return element("figure", { class: "quoted", "aria-label": say("quote_from", { title: passage.title }) },
    quote,
    element("figcaption", {}, cite, ...provenance(passage), element("div", { class: "actions" }, ...actions), status));
};
