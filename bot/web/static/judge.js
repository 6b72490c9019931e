// For evaluators alone: what they say of a passage, or of the sources, becomes a line of a question set.

import { placeOf, say } from "./dom.js";
import { tellBeside } from "./quote.js";

const note = async (pressed) => {
  const asked = [...document.querySelectorAll("#chat [data-testid=user]")].map((one) => one.textContent.trim());
  const at = [...document.querySelectorAll("#chat section.answer")].indexOf(pressed.closest("section.answer"));
  const place = pressed.value === "none" ? {} : placeOf(pressed);
  const body = JSON.stringify({ question: asked[at], history: asked.slice(0, at), ...place });
  const headers = { "content-type": "application/json" };
  const said = await fetch("/evaluate/judgements", { method: "POST", headers, body }).then((response) => response.json()).catch(() => ({}));
  tellBeside(pressed, said.said ?? said.error ?? say("reader_failed_help"));
};

// Patients who reach the same server are not asked to judge.
const session = await fetch("/evaluate/session").catch(() => null);
if (session?.ok) {
  document.documentElement.classList.add("judging");
  document.addEventListener("click", (event) => {
    const control = event.target.closest?.(".do-judge_answers, .do-judge_none");
    if (control) note(control);
  });
}
