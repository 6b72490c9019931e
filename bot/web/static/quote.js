// What can be done with a quote: copied with its source, checked.

import { element, placeOf, say } from "./dom.js";
import { check } from "./server.js";

const lines = (figure, which) => [...figure.querySelectorAll(`:scope > figcaption > ${which}`)].map((one) => one.textContent);

/** A quote with its source, its dates, what its marks stand for and its review, as text. */
export const written = (figure) => {
  const quote = figure.querySelector(":scope > blockquote.quote").textContent;
  return [`“${quote}”`, ...lines(figure, ".cite").map((cited) => `— ${cited}`), ...lines(figure, ".source")].join("\n");
};

export const tellBeside = (pressed, sentence) => {
  const actions = pressed.parentElement;
  if (!actions.nextElementSibling?.matches(".told")) actions.after(element("p", { class: "told", role: "status" }));
  actions.nextElementSibling.textContent = sentence;
};

/** Copies; where the browser does not allow it, the quote is selected to be copied by hand. */
const copy = async (pressed) => {
  const figure = pressed.closest("figure");
  try {
    await navigator.clipboard.writeText(written(figure));
    tellBeside(pressed, say("copied"));
  } catch {
    getSelection().selectAllChildren(figure.querySelector("blockquote.quote"));
    tellBeside(pressed, say("copy_failed"));
  }
};

const verify = async (pressed) => {
  tellBeside(pressed, say("checking"));
  const state = await check(placeOf(pressed)).then((found) => found?.state ?? "gone", () => null);
  tellBeside(pressed, say(state ? `check_${state}` : "reader_failed_help"));
};

export const ACTIONS = { "do-copy": copy, "do-check": verify };
