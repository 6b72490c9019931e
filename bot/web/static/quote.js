// One quoted passage: its words, where they stand, and what can be done with them.

import { button, element, slicer, wrapped } from "./dom.js";
import { open } from "./reader.js";
import { beside, laidOut, quotedText } from "./rows.js";
import { check, documentOf } from "./server.js";
import { earlier, standingOf } from "./standing.js";
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

const verify = async (passage, status, again) => {
  status.textContent = say("checking");
  const { state } = await check(passage).catch(() => ({ state: null }));
  passage.standing = state ?? passage.standing;
  if (state && state !== "identical") status.replaceChildren(earlier(state, again));
  else status.textContent = say(state ? "check_identical" : "reader_failed_help");
};

/** Show as much of the text around a passage as `level` says, 0 for the passage alone; false where it is another text now. */
const showAround = async (passage, level, quote) => {
  if (level === 0) {
    quote.replaceChildren(...content(passage));
    return true;
  }
  const found = await documentOf(passage.doc);
  passage.standing = standingOf(found, passage.sha256);
  if (passage.standing !== "identical") return false;
  const slice = slicer(found.text);
  const [start, end] = passage.context[level - 1];
  const inside = element("span", { class: "was-shown" }, ...marked(slice, passage, passage.start, passage.end));
  const before = passage.beside.every(([first]) => start <= first) ? [] : beside(passage);
  quote.replaceChildren(...before, slice(start, passage.start), inside, slice(passage.end, end));
  return true;
};

const content = (passage) => {
  const slice = own(passage);
  const plain = allMarked(slice, passage);
  return laidOut(passage, (start, end) => (plain ? [slice(start, end)] : marked(slice, passage, start, end)));
};

const growing = (passage, quote, status, again) => {
  let level = 0;
  const more = button(say("more"), () => show(level + 1), { class: "quiet" });
  const less = button(say("less"), () => show(level - 1), { class: "quiet", hidden: true });
  const show = async (wished) => {
    level = wished;
    const same = await showAround(passage, level, quote).catch(() => { level = 0; });
    if (same === false) {
      level = 0;
      quote.replaceChildren(...content(passage));
      status.replaceChildren(earlier(passage.standing, again));
    }
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

/** The figure of one of an answer's passages; `again` asks its question again, `extra` are further buttons. */
export const quoteOf = (passages, at, again, extra = []) => {
  const passage = passages[at];
  const quote = element("blockquote", { class: "quote", lang: passage.language || "en" }, ...content(passage));
  const status = element("div", { class: "status", role: "status" });
  if (passage.standing !== "identical") status.append(earlier(passage.standing, again));
  const cite = button(passage.citation, () => open(passages, at, cite, again), {
    class: "cite",
    lang: passage.language === spoken() ? null : passage.language,
    value: `${passage.start}:${passage.end}:${passage.doc}`,
    title: say("open", { citation: passage.title }),
  });
  const actions = [
    button(say("copy"), () => copy(passage, quote, status), { class: "quiet" }),
    ...growing(passage, quote, status, again),
    button(say("check"), () => verify(passage, status, again), { class: "quiet check" }),
    ...extra,
  ];
  return element("figure", { class: "quoted", "aria-label": say("quote_from", { title: passage.title }) },
    quote,
    element("figcaption", {}, cite, ...provenance(passage), element("div", { class: "actions" }, ...actions), status));
};
