// The page of one document: /read/DOCUMENT#START-END,START-END marks passages in it, /read/DOCUMENT?sha256=DIGEST#...
// only if its text still has that digest.

import { element } from "./dom.js";
import { reading } from "./reader.js";
import { documentOf, pageSettings } from "./server.js";
import { earlier, standingOf } from "./standing.js";
import { learn, say } from "./words.js";

const spans = () =>
  [...location.hash.slice(1).matchAll(/(\d+)-(\d+)/g)].map(([, start, end]) => [Number(start), Number(end)]);

const show = async () => {
  const page = document.querySelector("main");
  learn((await pageSettings()).words);
  try {
    const doc = decodeURIComponent(location.pathname.slice("/read/".length));
    const found = await documentOf(doc);
    if (!found) {
      page.replaceChildren(element("h1", {}, doc), earlier("gone"));
      return;
    }
    const standing = standingOf(found, new URLSearchParams(location.search).get("sha256") ?? found.sha256);
    const notice = standing === "identical" ? [] : [earlier(standing)];
    const parts = reading(found, notice.length ? [] : spans(), { level: 2 });
    document.title = found.title;
    page.replaceChildren(element("h1", {}, found.title), ...notice, element("p", { class: "reader-about" }, parts.about),
      element("div", { class: "reader-links" }, ...parts.links, ...(parts.contents ? [parts.contents] : [])), parts.body);
    parts.show();
  } catch {
    page.replaceChildren(element("h1", {}, say("reader_failed")), element("p", {}, say("reader_failed_help")));
  }
};

addEventListener("hashchange", show);
show();
