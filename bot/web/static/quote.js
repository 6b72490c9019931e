// What can be done with a quote: copied with its source, checked.

import { element, placeOf, say } from "./dom.js";
import { addressOf, check } from "./server.js";

const lines = (figure, which) => [...figure.querySelectorAll(`:scope > figcaption > ${which}`)].map((one) => one.textContent);

/** A quote with its source, its dates, what its marks stand for, its review and its address on the web, as text. */
export const written = (figure) => {
  const quote = figure.querySelector(":scope > blockquote.quote").textContent;
  const address = figure.querySelector(":scope > figcaption > .actions > .original")?.href.split("#", 1) ?? [];
  return [`“${quote}”`, ...lines(figure, ".cite").map((cited) => `— ${cited}`), ...lines(figure, ".source"), ...address].join("\n");
};

export const tellBeside = (pressed, ...said) => {
  const actions = pressed.parentElement;
  if (!actions.nextElementSibling?.matches(".told")) actions.after(element("p", { class: "told", role: "status" }));
  actions.nextElementSibling.replaceChildren(...said);
};

/** Copies; where the browser does not allow it, the text is shown and selected to be copied by hand. */
const copy = async (pressed, text) => {
  const allowed = await navigator.clipboard?.writeText(text).then(() => true, () => false);
  const shown = element("span", { class: "to-copy" }, text);
  tellBeside(pressed, say(allowed ? "copied" : "copy_failed"), ...(allowed ? [] : [shown]));
  if (!allowed) getSelection().selectAllChildren(shown);
};

const verify = async (pressed) => {
  tellBeside(pressed, say("checking"));
  const state = await check(placeOf(pressed)).then((found) => found?.state ?? "gone", () => null);
  tellBeside(pressed, say(state ? `check_${state}` : "reader_failed_help"));
};

export const ACTIONS = {
  "do-copy": (pressed) => copy(pressed, written(pressed.closest("figure"))),
  "do-link": (pressed) => copy(pressed, new URL(addressOf(placeOf(pressed)), location).href),
  "do-check": verify,
};
