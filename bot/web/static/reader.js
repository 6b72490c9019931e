// The reader: a whole document with the cited passage marked, in view and focused.

import { button, element, slicer, wrapped } from "./dom.js";
import { documentOf, readAddress } from "./server.js";
import { earlier, standingOf } from "./standing.js";
import { say } from "./words.js";

// So many words at either end of a passage tell a browser where it stands in a live page.
const FRAGMENT_WORDS = 6;

/** Where each heading of a document stands: the first line of its section. */
const headings = (found, slice) =>
  found.sections.filter((section) => section.heading.length).map((section) => {
    const line = slice(section.start, section.end).split("\n", 1)[0];
    return [section.start, section.start + Array.from(line).length, section.heading];
  });

const fragment = (text) => {
  const words = text.trim().split(/\s+/);
  const part = (some) => encodeURIComponent(some.join(" ")).replaceAll("-", "%2D");
  const long = words.length > 2 * FRAGMENT_WORDS;
  const ends = long ? [words.slice(0, FRAGMENT_WORDS), words.slice(-FRAGMENT_WORDS)] : [words];
  return `#:~:text=${ends.map(part).join(",")}`;
};

const outside = (address, label) =>
  element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label);

/** The link to a document's own PDF, at the page that an offset is on. */
const pdfLink = (found, at) => {
  const page = at === null ? 0 : found.pages.filter((start) => start <= at).length;
  return page
    ? outside(`${found.original}#page=${page}`, say("original_pdf_at", { page }))
    : outside(found.original, say("original_pdf"));
};

/** The parts of an opened document; `spans` are marked, the first of them is scrolled to and focused.
    Its headings are of a level below that of its title. */
export const reading = (found, spans, { level = 3 } = {}) => {
  const slice = slicer(found.text);
  const lines = headings(found, slice);
  const heading = (text, start) =>
    element("span", { class: "reader-heading", role: "heading", "aria-level": level, id: `at-${start}` }, text);
  const headed = new Set(lines.map(([start]) => start));
  const parted = [...lines, ...found.notes.filter(([start]) => !headed.has(start))].sort((one, other) => one[0] - other[0]);
  const part = (text, start) => (headed.has(start) ? heading(text, start) : element("span", { class: "reader-note" }, text));
  const plain = (start, end) => wrapped(slice, start, end, parted, part);
  const body = element("div", { class: "reader-text", tabindex: "0", role: "document", lang: found.language });
  let at = 0;
  let first = null;
  for (const [start, end] of [...spans].sort((one, other) => one[0] - other[0])) {
    if (start < at || end <= start) continue;
    const mark = element("mark", { tabindex: "-1" }, ...plain(start, end));
    if (start === spans[0][0]) first = mark;
    body.append(...plain(at, start), mark);
    at = end;
  }
  body.append(...plain(at, Array.from(found.text).length));
  if (first) first.id = "reader-mark";
  const contents = lines.map(([start, , path]) =>
    element("li", { class: `depth-${Math.min(path.length, 4)}` },
      button(path.at(-1), () => body.querySelector(`#at-${start}`).scrollIntoView({ block: "start" }))));
  const links = found.original ? [pdfLink(found, first ? spans[0][0] : null)] : [];
  if (found.address) {
    links.push(outside(found.address, say("original")));
    if (first) links.push(outside(found.address.split("#")[0] + fragment(slice(...spans[0])), say("original_at")));
  }
  return {
    about: [found.publisher, found.revised || found.published].filter(Boolean).join(", "),
    body,
    links,
    contents: contents.length > 1 ? element("details", { class: "contents" },
      element("summary", {}, say("contents")), element("ul", {}, ...contents)) : null,
    show: () => {
      if (!first) return;
      first.scrollIntoView({ block: "center" });
      first.focus({ preventScroll: true });
    },
  };
};

let panel = null;
let opener = null;

export const shut = () => {
  if (!panel) return;
  panel.remove();
  panel = null;
  document.documentElement.classList.remove("reading");
  if (opener?.isConnected) opener.focus();
  opener = null;
};

const place = (title, ...parts) => {
  panel?.remove();
  panel = element("section", { id: "reader", role: "dialog", "aria-modal": "false", "aria-labelledby": "reader-title" },
    element("div", { class: "reader-bar" }, element("h2", { id: "reader-title" }, title),
      button(say("close"), shut, { class: "reader-close" })),
    ...parts.filter(Boolean));
  document.body.append(panel);
  document.documentElement.classList.add("reading");
};

/** A quote whose document is no longer there: what was quoted, and that it is of an earlier version. */
const placeQuote = (passage, notice) => {
  place(passage.title, notice, element("blockquote", { class: "quote", lang: passage.language }, passage.text),
    element("p", { class: "reader-about" }, passage.citation));
  panel.querySelector(".reader-close").focus();
};

/** Open one of the passages of an answer; `from` gets the focus back, `again` asks its question again.
    In a document that has changed nothing is marked: the spans of the quote count in its earlier text. */
export const open = async (passages, at, from, again) => {
  opener = from;
  const passage = passages[at];
  try {
    const found = await documentOf(passage.doc);
    passage.standing = standingOf(found, passage.sha256);
    const anew = again && (() => { shut(); again(); });
    const notice = passage.standing === "identical" ? null : earlier(passage.standing, anew);
    if (!found) {
      placeQuote(passage, notice);
      return;
    }
    const parts = reading(found, notice ? [] : [[passage.start, passage.end]]);
    const step = (label, to) => button(label, () => open(passages, to, opener, again), { disabled: !passages[to] });
    const steps = passages.length > 1
      ? [step(say("previous"), at - 1), step(say("next_passage"), at + 1)] : [];
    const own = element("a", { href: readAddress(passage), target: "_blank" }, say("own_page"));
    place(found.title, notice, element("p", { class: "reader-about" }, parts.about),
      element("nav", { class: "reader-links", "aria-label": say("contents") }, ...steps, ...parts.links, own, parts.contents),
      parts.body);
    parts.show();
    if (notice) panel.querySelector(".reader-close").focus();
  } catch {
    place(say("reader_failed"), element("p", { class: "reader-about" }, say("reader_failed_help")));
    panel.querySelector(".reader-close").focus();
  }
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") shut();
});
