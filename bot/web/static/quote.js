// What can be done with a quote: copied with its source, checked, judged.

import { element, placeOf } from "./dom.js";
import { check, judge } from "./server.js";
import { say } from "./words.js";

const lines = (figure, which) => [...figure.querySelectorAll(`:scope > figcaption > ${which}`)].map((one) => one.innerText);

/** A quote with its source, its dates, what its marks stand for and its review, as text. */
export const written = (figure) => {
  const beside = [...figure.querySelectorAll(":scope > blockquote.beside")].map((one) => one.textContent);
  const quote = figure.querySelector(":scope > blockquote.quote").textContent;
  return [...beside, `“${quote}”`, ...lines(figure, ".cite").map((cited) => `— ${cited}`), ...lines(figure, ".source")].join("\n");
};

const tellBeside = (pressed, sentence) => {
  const actions = pressed.parentElement;
  if (!actions.nextElementSibling?.matches(".told")) actions.after(element("p", { class: "told", role: "status" }));
  actions.nextElementSibling.textContent = sentence;
};

/** Copies, or where the browser does not allow it selects the quote for the patient to copy. */
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
  const { state } = await check(placeOf(pressed.value)).catch(() => ({ state: null }));
  tellBeside(pressed, state ? say(`check_${state}`) : say("reader_failed_help"));
};

/** What an evaluator says of a passage, or of the sources, becomes a line of a question set. */
const note = async (pressed) => {
  const asked = [...document.querySelectorAll("#chat [data-testid=user]")].map((one) => one.innerText);
  const at = [...document.querySelectorAll("#chat section.answer")].indexOf(pressed.closest("section.answer"));
  const place = pressed.value === "none" ? {} : placeOf(pressed.value);
  const said = await judge({ question: asked[at], history: asked.slice(0, at), ...place }).catch((error) => error.said ?? {});
  tellBeside(pressed, said.said ?? said.error ?? say("reader_failed_help"));
};

export const ACTIONS = { "do-copy": copy, "do-check": verify, "do-judge_answers": note, "do-judge_none": note };
