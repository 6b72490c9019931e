// The reader: opens a whole document with the cited passage marked, in view and focused.
// Text from documents only ever reaches the page through textContent.
"use strict";

(() => {
  let opener = null;

  const element = (name, attributes = {}, text = "") => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  };

  const reader = element("section", {
    id: "reader", role: "dialog", "aria-modal": "false", "aria-labelledby": "reader-title", hidden: "",
  });
  const bar = element("div", { class: "reader-bar" });
  const title = element("h2", { id: "reader-title" });
  const close = element("button", { type: "button", class: "reader-close" }, "Close");
  const about = element("p", { class: "reader-about" });
  const body = element("div", { class: "reader-text", tabindex: "0", role: "document" });
  bar.append(title, close);
  reader.append(bar, about, body);

  const shut = () => {
    if (reader.hidden) return;
    reader.hidden = true;
    document.documentElement.classList.remove("reading");
    if (opener && opener.isConnected) opener.focus();
    opener = null;
  };

  const fill = (found, start, end) => {
    title.textContent = found.title;
    const dates = [found.publisher, found.revised || found.published].filter(Boolean);
    about.textContent = dates.join(", ");
    body.setAttribute("lang", found.language || "en");
    // Offsets count code points; JavaScript's strings count UTF-16 units.
    const points = Array.from(found.text);
    const slice = (from, to) => points.slice(from, to).join("");
    const mark = element("mark", { id: "reader-mark", tabindex: "-1" }, slice(start, end));
    body.replaceChildren(slice(0, start), mark, slice(end));
    reader.hidden = false;
    document.documentElement.classList.add("reading");
    mark.scrollIntoView({ block: "center" });
    mark.focus({ preventScroll: true });
  };

  const failed = () => {
    title.textContent = "The document cannot be opened just now";
    about.textContent = "The server did not answer. Please try again in a moment.";
    body.replaceChildren();
    reader.hidden = false;
    close.focus();
  };

  const open = async (button) => {
    const [start, end, ...rest] = button.value.split(":");
    opener = button;
    try {
      const path = rest.join(":").split("/").map(encodeURIComponent).join("/");
      const response = await fetch(`/api/documents/${path}`);
      if (!response.ok) throw new Error(String(response.status));
      fill(await response.json(), Number(start), Number(end));
    } catch {
      failed();
    }
  };

  const ask = (text) => {
    const box = document.querySelector("#question textarea, #question input");
    if (!box) return;
    const prototype = box instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(prototype.prototype, "value").set.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => document.querySelector("#send").click(), 50);
  };

  document.addEventListener("click", (event) => {
    const cite = event.target.closest("button.cite");
    const suggestion = event.target.closest("button.suggestion");
    if (cite) open(cite);
    else if (suggestion) ask(suggestion.value);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") shut();
  });
  close.addEventListener("click", shut);

  // The raw source of a message is no label: a screen reader would read its markup aloud.
  const unlabel = () => {
    for (const message of document.querySelectorAll("#chat [data-testid][aria-label], #chat .message [aria-label]")) {
      if (message.getAttribute("aria-label").includes("&#") || message.getAttribute("aria-label").includes("<")) {
        message.removeAttribute("aria-label");
      }
    }
  };

  const begin = () => {
    document.documentElement.lang = "en";
    document.body.append(reader);
    new MutationObserver(unlabel).observe(document.body, { childList: true, subtree: true });
    unlabel();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
