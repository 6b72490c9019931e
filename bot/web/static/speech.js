// Reading aloud with the browser's own voices; nothing is sent anywhere.

import { button } from "./dom.js";
import { quotedText } from "./rows.js";
import { say, spoken } from "./words.js";

const voice = window.speechSynthesis;

/** The button that reads an answer aloud, or stops; null where the browser has no voice. */
export const listening = (answer) => {
  if (!voice || !answer.passages.length) return null;
  const stop = () => {
    voice.cancel();
    control.textContent = say("listen");
    control.setAttribute("aria-pressed", "false");
  };
  const start = () => {
    voice.cancel();
    const own = [...(answer.decision ? ["decision"] : []), `outcome_${answer.outcome}`];
    const parts = own.map((name) => [say(name), spoken()]);
    for (const passage of answer.passages) parts.push([quotedText(passage), passage.language], [passage.citation, passage.language]);
    for (const [text, language] of parts) {
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.lang = language || "en";
      voice.speak(utterance);
      utterance.onend = () => { if (!voice.speaking && !voice.pending) stop(); };
    }
    control.textContent = say("stop_listening");
    control.setAttribute("aria-pressed", "true");
  };
  const control = button(say("listen"), () => (control.getAttribute("aria-pressed") === "true" ? stop() : start()),
    { class: "quiet listen", "aria-pressed": "false" });
  return control;
};
