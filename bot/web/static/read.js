// The page of one document: /read/DOCUMENT#START-END,START-END marks passages in it.

import { element } from "./dom.js";
import { reading } from "./reader.js";
import { documentOf } from "./server.js";
import { say } from "./words.js";

const spans = () => [...location.hash.slice(1).matchAll(/(\d+)-(\d+)/g)].map(([, start, end]) => [Number(start), Number(end)]);

const show = async () => {
  const page = document.querySelector("main");
  try {
    const found = await documentOf(decodeURIComponent(location.pathname.slice("/read/".length)));
    const parts = reading(found, spans(), { level: 2 });
    document.title = found.title;
    page.replaceChildren(element("h1", {}, found.title), ...parts.about,
      element("div", { class: "reader-links" }, ...parts.links, parts.contents), parts.body);
    parts.show();
  } catch {
    page.replaceChildren(element("h1", {}, say("reader_failed")), element("p", {}, say("reader_failed_help")));
  }
};

addEventListener("hashchange", show);
show();
