// Wires what Gradio's chat has not: whose conversation it is, names for its controls, and our own buttons.

import { button, element, evaluator, language, say } from "./dom.js";
import { listen, preparePaper, save } from "./paper.js";
import { ACTIONS } from "./quote.js";
import { open } from "./reader.js";
import { afterEvent, box, write } from "./states.js";

const all = (which, within = document) => [...within.querySelectorAll(which)];
const random = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** What stays as long as the browser, and as long as the tab; some browsers keep nothing. */
const [lasting, passing] = (() => { try { return [localStorage, sessionStorage]; } catch { return [{}, {}]; } })();

/** Tell the server which conversation this is; a tab's number is kept once it has one, so that a loss is known. */
let tab = passing.tab ?? random();
const name = () => {
  lasting.browser ??= random();
  write(document.querySelector("#key textarea"), `${lasting.browser}.${tab}${passing.tab ? ".expected" : ""}`);
};

/** Once everything is forgotten, browser and tab are others. */
const forget = () => {
  delete lasting.browser;
  delete passing.tab;
  tab = random();
  name();
};

/** Gradio's icons get names in the page's language, and its regions the roles that they have here. */
const nameControls = (chat) => {
  for (const log of all("[role=log]", chat)) log.ariaLabel = say("answers");
  for (const aside of all("[role=complementary], [role=list]", chat)) aside.removeAttribute("role");
  for (const said of all("[data-testid][aria-label], button.example[aria-label]", chat)) said.removeAttribute("aria-label");
  for (const asked of all("[data-testid=user]", chat)) {
    Object.assign(asked, { role: "heading", ariaLevel: "2" });
    if (asked.scrollHeight > asked.clientHeight + 4 && !asked.nextElementSibling?.matches(".unfold")) {
      asked.after(button(say("whole"), (event) => { asked.classList.add("whole"); event.target.remove(); }, { class: "unfold" }));
    }
  }
  for (const quoted of all("figure.quoted:not([aria-label])", chat)) quoted.ariaLabel = quoted.querySelector(".cite").textContent;
  // While a question is being changed, its field stands where its heading was.
  for (const held of all(".user-row .message > .message", chat)) {
    const field = held.querySelector(".edit-textarea");
    Object.assign(held, { role: field && "heading", ariaLevel: field && "2" });
  }
  // Gradio opens every link in a new tab; these lead on within the page.
  for (const link of all("#head a, #foot a, a.phone")) link.removeAttribute("target");
  const label = (which, names) => all(which, chat).forEach((one, at) => { one.ariaLabel = one.title = say(names[at % names.length]); });
  const known = chat.querySelector(".options p"); // Gradio keeps it from one answer to the next.
  const offered = all(".bot-row", chat).at(-1)?.querySelector(".offered")?.textContent ?? "";
  if (known && known.textContent !== offered) known.remove();
  if (offered) chat.querySelector(".options:not(:has(p))")?.prepend(element("p", { class: "own" }, offered));
  label(".top-panel button", ["clear"]);
  label(".bot-row .message-buttons button", ["retry", "undo"]);
  label(".user-row:not(:has(.edit-textarea)) .message-buttons button", ["edit"]);
  label(".user-row:has(.edit-textarea) .message-buttons button", ["edit_done", "edit_cancel"]);
  for (const field of all(".edit-textarea:not([aria-label])", chat)) {
    // Gradio puts the message as it was written for it into the field.
    Object.assign(field, { ariaLabel: say("edit_box"), autocomplete: "off" });
    write(field, new DOMParser().parseFromString(field.value, "text/html").body.textContent);
    field.focus();
    field.onkeydown = (event) => event.shiftKey || all(".user-row:has(.edit-textarea) .message-buttons button", chat)[["Enter", "Escape"].indexOf(event.key)]?.click();
  }
};

/** The newest question comes to the top, and the words that answer into view. */
const showNewest = (chat) => {
  const answer = all(".bot-row", chat).at(-1), notice = answer?.querySelector(".notice");
  (notice ?? all(".user-row", chat).at(-1))?.scrollIntoView({ block: "start" });
  const [line] = (notice ? null : answer?.querySelector("mark, blockquote.quote:not(:has(mark))"))?.getClientRects() ?? [];
  if (line) scrollBy(0, Math.max(0, line.bottom + 8 - document.querySelector("#dock").getBoundingClientRect().top));
};

/** What our own buttons in the messages do, by their class. */
const DONE = { ...ACTIONS, listen, cite: (control) => {
  const cites = control.closest(".terms") ? [control] : all("figure > figcaption > .cite", control.closest("section.answer"));
  open(cites, cites.indexOf(control));
}, jump: (control) => {
  const part = all("h3.part", control.closest("section.answer"))[control.value];
  part.focus();
  part.scrollIntoView();
} };

/** A question that a link brings along. */
const askLinked = () => {
  const asked = new URLSearchParams(location.hash.slice(1)).get("ask");
  if (!asked) return;
  history.replaceState(null, "", location.pathname + location.search);
  write(box(), asked);
  setTimeout(() => document.querySelector("#send").click());
};

const start = () => {
  document.documentElement.lang = language;
  document.body.prepend(element("a", { class: "skip", href: "#question", click: (event) => { event.preventDefault(); box().focus(); } }, say("skip")));
  document.querySelector("#said").setAttribute("role", "status");
  Object.assign(document.querySelector("#ask-row"), { role: "search", ariaLabel: say("ask") });
  Object.assign(document.querySelector("#tools"), { role: "region", ariaLabel: say("tools") });
  document.querySelector("#tools").append(button(say("print"), () => print(), { id: "print" }), button(say("save_text"), save, { id: "save" }));
  const chat = document.querySelector("#chat");
  let count = 0, forgetting = false, renewing = false, restored = false;
  // Gradio goes on arranging for a while after an answer is there.
  const newest = () => [0, 150, 450].forEach((wait) => setTimeout(showNewest, wait, chat));
  new MutationObserver(() => {
    nameControls(chat);
    const now = all("section.answer", chat).length;
    if (now > count) passing.tab = tab;
    if (now > count && (restored || now === 1)) newest();
    count = now;
  }).observe(chat, { childList: true, subtree: true, characterData: true });
  nameControls(chat);
  afterEvent((response) => {
    if (forgetting && response.ok) forget();
    if (renewing && response.ok) newest();
    if (!restored) setTimeout(() => { restored = true; askLinked(); }, 100);
    forgetting = renewing = false;
  });
  document.addEventListener("click", (event) => {
    const control = event.target.closest?.("button");
    forgetting ||= control?.id === "forget-yes";
    renewing ||= control?.matches(".options button") || control?.title === say("retry");
    DONE[Object.keys(DONE).find((one) => control?.classList.contains(one))]?.(control);
  });
  // The other tabs of the browser show what is left: nothing.
  addEventListener("storage", (event) => { if (event.key === "browser") { delete passing.tab; location.reload(); } });
  if (evaluator) import("./judge.js");
  preparePaper();
  name();
};

// The script does not wait for Gradio's, so that it may come before there is a page.
const begun = () => (document.querySelector("#key textarea") && document.querySelector("#send") && document.querySelector("#tools") ? start() : setTimeout(begun, 30));
begun();
