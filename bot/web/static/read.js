// The page of one document: /read/DOCUMENT#START-END,START-END marks passages in it.

import { element, language, say } from "./dom.js";
import { reading } from "./reader.js";
import { documentOf, standingOf } from "./server.js";

const show = async () => {
  const page = document.querySelector("main");
  try {
    const found = await documentOf(decodeURIComponent(location.pathname.slice("/read/".length)));
    const spans = [...location.hash.matchAll(/(\d+)-(\d+)/g)].map(([, start, end]) => [Number(start), Number(end)]);
    const standing = standingOf(found, new URLSearchParams(location.search).get("sha256") ?? found?.sha256);
    const earlier = standing === "identical" ? "" : element("p", { class: "earlier" }, say(`check_${standing}`));
    if (!found) return page.replaceChildren(element("h1", {}, say("reader_failed")), earlier);
    const parts = reading(found, earlier ? [] : spans, { level: 2 });
    document.title = found.title;
    page.replaceChildren(element("h1", {}, found.title), earlier, ...parts.about, element("div", { class: "reader-links" }, element("a", { href: `/?lang=${language}` }, say("to_chat")), ...parts.links, parts.contents), parts.body);
    return parts.show();
  } catch {
    return page.replaceChildren(element("h1", {}, say("reader_failed")), element("p", {}, say("reader_failed_help")));
  }
};

addEventListener("hashchange", show);
show();
