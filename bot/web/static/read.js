// The page of one document: /read/DOCUMENT#START-END,START-END marks passages in it.

import { element, language, say } from "./dom.js";
import { opened } from "./reader.js";

const page = document.querySelector("main");
/** The ways on, which stand over the text and below it. */
const ways = (...more) => element("div", { class: "reader-links" }, element("a", { href: `/?lang=${language}` }, say("to_chat")),
  element("a", { href: `/documents?lang=${language}` }, say("to_list")), ...more);

const show = async () => {
  try {
    const spans = [...location.hash.matchAll(/(\d+)-(\d+)/g)].map(([, start, end]) => [Number(start), Number(end)]);
    const parts = await opened(decodeURIComponent(location.pathname.slice("/read/".length)), new URLSearchParams(location.search).get("sha256"), spans, 2);
    if (!parts.body) return page.replaceChildren(element("h1", {}, say("reader_failed")), parts.earlier, ways());
    document.title = parts.title;
    page.replaceChildren(element("h1", {}, parts.title), parts.earlier, ...parts.about, ways(...parts.links, parts.contents), parts.body, ways());
    return parts.show();
  } catch {
    return page.replaceChildren(element("h1", {}, say("reader_failed")), element("p", {}, say("reader_failed_help")), ways());
  }
};

addEventListener("hashchange", show);
show();
