// For evaluators alone: what they say of a passage, or of the sources, becomes a line of a question set.

import { button, placeOf, say } from "./dom.js";
import { tellBeside } from "./quote.js";

const VERDICTS = { "do-judge_answers": "right", "do-judge_wrong": "wrong", "do-judge_harmful": "harmful" };

const send = async (judged) => {
  const headers = { "content-type": "application/json" };
  const request = { method: "POST", headers, body: JSON.stringify(judged) };
  return fetch("/evaluate/judgements", request).then((response) => response.json()).catch(() => ({}));
};

const note = async (pressed) => {
  const asked = [...document.querySelectorAll("#chat [data-testid=user]")].map((one) => one.textContent.trim());
  const at = [...document.querySelectorAll("#chat section.answer")].indexOf(pressed.closest("section.answer"));
  const place = pressed.value === "none" ? {} : placeOf(pressed);
  const verdict = Object.entries(VERDICTS).find(([name]) => pressed.classList.contains(name))?.[1] ?? "right";
  const judged = { question: asked[at], history: asked.slice(0, at), ...place, verdict };
  const tell = (said) => tellBeside(pressed, said.said ?? said.error ?? say("reader_failed_help"));
  const said = await send(judged);
  tell(said);
  const back = button(say("judge_back"), async () => tell(await send({ ...judged, back: true })), { class: "quiet" });
  if (said.said) pressed.parentElement.nextElementSibling.append(" ", back);
};

// Patients who reach the same server are not asked to judge.
const session = await fetch("/evaluate/session").catch(() => null);
if (session?.ok) {
  document.documentElement.classList.add("judging");
  document.addEventListener("click", (event) => {
    const control = event.target.closest?.('[class*="do-judge_"]');
    if (control) note(control);
  });
}
