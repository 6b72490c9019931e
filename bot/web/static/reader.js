// The reader: a whole document with the cited passage marked, in view and focused.

import { button, element, language, placeOf, say, slicer, wrapped } from "./dom.js";
import { documentOf, path, standingOf } from "./server.js";

/** Where each heading of a document stands: the first line of its section. */
const headings = (found, slice) => found.sections.filter(({ heading }) => heading.length).map(({ start, end, heading }) =>
  [start, start + Array.from(slice(start, end).split("\n", 1)[0]).length, heading]);

/** The parts of an opened document; `spans` are marked, the first of them is scrolled to and focused.
    Marks of Markdown are hidden, not left out. */
export const reading = (found, spans, { level = 3 } = {}) => {
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

const panel = element("dialog", { id: "reader", "aria-labelledby": "reader-title", lang: language });

const place = (title, ...parts) => {
  panel.replaceChildren(element("div", { class: "reader-bar" }, element("h2", { id: "reader-title", tabindex: "-1" }, title),
    button(say("close"), () => panel.close(), { class: "reader-close" })), ...parts);
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
    const found = await documentOf(passage.doc);
    const standing = standingOf(found, passage.sha256);
    const earlier = standing === "identical" ? "" : element("p", { class: "reader-about earlier" }, say(`check_${standing}`));
    if (!found) return place(cites[at].textContent, earlier, cites[at].closest("figure, details").querySelector("blockquote").cloneNode(true));
    const parts = reading(found, earlier ? [] : [[passage.start, passage.end]]);
    const step = (label, to) => button(label, () => open(cites, to), { disabled: !cites[to] });
    const steps = cites.length > 1 ? [step(say("previous"), at - 1), step(say("next_passage"), at + 1)] : [];
    const own = element("a", { href: `/read/${path(passage.doc)}?sha256=${passage.sha256}#${passage.start}-${passage.end}`, target: "_blank" }, say("own_page"));
    place(found.title, earlier, ...parts.about,
      element("nav", { class: "reader-links", "aria-label": say("contents") }, ...steps, ...parts.links, own, parts.contents), parts.body);
    return parts.show();
  } catch {
    return place(say("reader_failed"), element("p", { class: "reader-about" }, say("reader_failed_help")));
  }
};
