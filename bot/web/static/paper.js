// What is taken along: on paper, as a text file, or read aloud. What is ticked, or everything where nothing is.

import { element } from "./dom.js";
import { written } from "./quote.js";
import { language, say } from "./words.js";

const NOTE_LINES = 12;
const voice = window.speechSynthesis;
const today = () => new Date().toLocaleDateString(language, { dateStyle: "long" });
const answers = () => [...document.querySelectorAll("#chat section.answer")];
const rowOf = (answer) => answer.closest(".message-row");
const questionOf = (answer) => rowOf(answer).previousElementSibling?.querySelector("[data-testid=user]")?.textContent.trim() ?? "";

const chosen = () => {
  const ticked = answers().filter((answer) => answer.querySelector(".keep:checked"));
  return ticked.length ? ticked : answers();
};

/** The parts of an answer in their order: a notice, sentences of the page's own, quotes. */
const parts = (answer) => [...answer.querySelectorAll(".notice, .own:not(.offered, .understood), figure.quoted")];

const asText = (answer) => [questionOf(answer), "",
  ...parts(answer).flatMap((part) => [part.matches("figure") ? written(part) : part.textContent, ""])].join("\n");

/** Hand the answers over as a text file, made in the page. */
export const save = () => {
  const text = [say("print_title"), say("print_about"), say("print_date", { date: today() }), "",
    ...chosen().map(asText), `${say("notes")}:`, ""].join("\n");
  const href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  element("a", { href, download: `${say("print_title")}.txt` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
};

/** Ctrl+P prints the conversation too: all that is folded is opened for the paper, and then folded again. */
export const preparePaper = () => {
  const head = element("div", { class: "paper" });
  const notes = element("div", { class: "paper" }, element("h2", {}, say("notes")),
    ...Array.from({ length: NOTE_LINES }, () => element("div", { class: "note-line" })));
  let opened = [];
  addEventListener("beforeprint", () => {
    head.replaceChildren(element("h1", {}, say("print_title")), element("p", {}, say("print_about")), element("p", {}, say("print_date", { date: today() })));
    document.body.prepend(head);
    document.body.append(notes);
    const kept = chosen();
    for (const answer of answers()) {
      for (const row of [rowOf(answer), rowOf(answer).previousElementSibling]) row?.classList.toggle("left-out", !kept.includes(answer));
    }
    opened = [...document.querySelectorAll("#chat details.further:not([open])")];
    for (const folded of opened) folded.open = true;
  });
  addEventListener("afterprint", () => {
    head.remove();
    notes.remove();
    for (const folded of opened) folded.open = false;
  });
};

/** Read an answer aloud with the browser's own voices, or stop; nothing is sent anywhere. */
export const listen = (pressed) => {
  const stop = () => { pressed.textContent = say("listen"); pressed.removeAttribute("aria-pressed"); };
  voice.cancel();
  if (pressed.ariaPressed === "true") return stop();
  const said = parts(pressed.closest("section.answer")).flatMap((part) =>
    (part.matches("figure") ? [...part.querySelectorAll(":scope > blockquote, :scope > figcaption > :is(.cite, .source)")] : [part]));
  for (const part of said) {
    const utterance = new SpeechSynthesisUtterance(part.innerText);
    utterance.lang = part.closest("[lang]")?.lang || language;
    utterance.onend = () => { if (!voice.speaking && !voice.pending) stop(); };
    voice.speak(utterance);
  }
  pressed.textContent = say("stop_listening");
  pressed.setAttribute("aria-pressed", "true");
};
