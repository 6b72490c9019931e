// The page of one document: /read/DOCUMENT#START-END,START-END marks passages in it.

import { element, say } from "./dom.js";
import { reading } from "./reader.js";
import { documentOf } from "./server.js";

const show = async () => {
  const page = document.querySelector("main");
  try {
    const found = await documentOf(decodeURIComponent(location.pathname.slice("/read/".length)));
    const spans = [...location.hash.matchAll(/(\d+)-(\d+)/g)].map(([, start, end]) => [Number(start), Number(end)]);
    const parts = reading(found, spans, { level: 2 });
    document.title = found.title;
    const links = element("div", { class: "reader-links" }, ...parts.links, parts.contents);
    page.replaceChildren(element("h1", {}, found.title), ...parts.about, links, parts.body);
    parts.show();
  } catch {
    page.replaceChildren(element("h1", {}, say("reader_failed")), element("p", {}, say("reader_failed_help")));
  }
};

addEventListener("hashchange", show);
show();
