// The reader: a whole document with the cited passage marked, in view and focused.

import { button, element, language, placeOf, say, slicer, wrapped } from "./dom.js";
import { addressOf, documentOf, standingOf } from "./server.js";

/** Where each heading of a document stands: the first line of its section. */
const headings = (found, slice) => found.sections.filter(({ heading }) => heading.length).map(({ start, end, heading }) =>
  [start, start + Array.from(slice(start, end).split("\n", 1)[0]).length, heading]);

/** The parts of an opened document; `spans` are marked, the first of them is scrolled to and focused.
    Marks of Markdown are hidden, not left out. */
const reading = (found, spans, level) => {
  const slice = slicer(found.text);
  const lines = headings(found, slice);
  const shown = (start, end) => wrapped(start, end, found.markup, (from, to) => [slice(from, to)],
    (from, to) => element("span", { class: "markup" }, slice(from, to)));
  const noted = (start, end) => wrapped(start, end, found.notes, shown, (from, to) => element("span", { class: "reader-note" }, ...shown(from, to)));
  const headed = (start, end) => wrapped(start, end, lines, noted, (from, to, first) =>
    element("span", { class: "reader-heading", role: "heading", "aria-level": level, id: `at-${first}` }, ...shown(from, to)));
  const marks = [...spans].filter(([start, end]) => start < end).sort((one, other) => one[0] - other[0]);
  const body = element("div", { class: "reader-text", tabindex: "0", lang: found.language, dir: "auto" },
    ...wrapped(0, slice.end, marks, headed, (from, to, first) =>
      element("mark", { tabindex: "-1", id: first === spans[0][0] ? "reader-mark" : null }, ...headed(from, to))));
  const contents = lines.map(([start, , path]) => element("li", { class: `depth-${Math.min(path.length, 4)}` },
    button(path.at(-1), () => body.querySelector(`#at-${start}`).scrollIntoView({ block: "start" }))));
  const outside = (href, label) => element("a", { href, target: "_blank", rel: "noopener noreferrer" }, label);
  const page = marks.length ? found.pages.filter((start) => start <= spans[0][0]).length : 0;
  const pdf = found.original && outside(page ? `${found.original}#page=${page}` : found.original, say(page ? "original_pdf_at" : "original_pdf", { page }));
  return {
    about: found.about.map((line) => element("p", { class: "reader-about" }, line)),
    body,
    links: [pdf, found.address && outside(found.address, say("original"))].filter(Boolean),
    contents: contents.length > 1 ? element("details", { class: "contents" }, element("summary", {}, say("contents")), element("ul", {}, ...contents)) : null,
    show: () => {
      const first = body.querySelector("#reader-mark");
      first?.scrollIntoView({ block: "center" });
      first?.focus({ preventScroll: true });
    },
  };
};

/** A document as it is now, with its passages marked; `earlier` says where it is no longer what was quoted. */
export const opened = async (doc, sha256, spans, level) => {
  const found = await documentOf(doc);
  const standing = standingOf(found, sha256 ?? found?.sha256);
  const earlier = standing === "identical" ? "" : element("p", { class: "reader-about earlier" }, say(`check_${standing}`));
  return { title: found?.title, earlier, ...(found && reading(found, earlier ? [] : spans, level)) };
};

const panel = element("dialog", { id: "reader", "aria-labelledby": "reader-title", lang: language });

const place = (title, own, ...parts) => {
  panel.replaceChildren(element("div", { class: "reader-bar" }, element("h2", { id: "reader-title", tabindex: "-1" }, title),
    own, button(say("close"), () => panel.close(), { class: "reader-close" })), ...parts);
  if (panel.open) return;
  if (!panel.isConnected) document.body.append(panel);
  panel.showModal();
  // The Back of a phone closes the reader, as it closes whatever lies over a page.
  history.pushState({ reader: true }, "");
};

panel.addEventListener("close", () => { if (history.state?.reader) history.back(); });
addEventListener("popstate", () => panel.close());

/** Open one of several passages, each told by the button that cites it. */
export const open = async (cites, at) => {
  const passage = placeOf(cites[at]);
  try {
    const parts = await opened(passage.doc, passage.sha256, [[passage.start, passage.end]], 3);
    if (!parts.body) return place(cites[at].textContent, null, parts.earlier, cites[at].closest("figure, details").querySelector("blockquote").cloneNode(true));
    const step = (label, to) => button(label, () => open(cites, to), { disabled: !cites[to] });
    const steps = cites.length > 1 ? [step(say("previous"), at - 1), step(say("next_passage"), at + 1)] : [];
    place(parts.title, element("a", { href: addressOf(passage), target: "_blank" }, say("own_page")), parts.earlier, ...parts.about,
      element("nav", { class: "reader-links", "aria-label": say("contents") }, ...steps, ...parts.links, parts.contents), parts.body);
    return parts.show();
  } catch {
    return place(say("reader_failed"), null, element("p", { class: "reader-about" }, say("reader_failed_help")));
  }
};
