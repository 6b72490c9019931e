// What becomes of a question on its way: said beside the box, and nothing typed is lost.

import { button, element, say } from "./dom.js";
import { healthy } from "./server.js";

const BUSY_AFTER = 1000, LOOK_AGAIN_AFTER = 2000;
const EVENT = /\/gradio_api\/run\//;
const plainFetch = window.fetch.bind(window);
const status = element("p", { id: "status", role: "status" });
let after = () => {};

export const box = () => document.querySelector("#question textarea");
const later = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
/** Gradio's fields are Svelte components: they believe a value only when it is set as typing sets it. */
export const write = (field, text) => {
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

export const tell = (sentence, ...more) => {
  if (!status.isConnected) document.querySelector("#dock").prepend(status);
  status.replaceChildren(...(sentence ? [sentence, " ", ...more] : []));
};

export const afterEvent = (done) => { after = done; };

const wait = (waiting) => {
  document.querySelector("#send").disabled = waiting;
  document.querySelector("#chat").setAttribute("aria-busy", waiting);
};

/** Wait until the server is back; false if the patient would rather not. */
const back = async () => {
  let given = false;
  tell(say("gone"), button(say("do_not_send"), () => { given = true; }));
  while (!given && !(await healthy())) await later(LOOK_AGAIN_AFTER);
  tell(say(given ? "not_sent" : "back"));
  return !given;
};

/** What was typed while the answer came would be emptied out with the question. */
const settled = (response, asked) => {
  tell(response.ok ? "" : say(response.status === 413 ? "too_long" : "refused"));
  const typed = box()?.value;
  if (typed && typed !== asked) setTimeout(() => { if (!box().value) write(box(), typed); }, 100);
  after(response);
  return response;
};

const sent = async (address, options) => {
  const asked = box()?.value;
  const slow = setTimeout(() => tell(say("busy")), BUSY_AFTER);
  wait(true);
  try {
    for (;;) {
      const response = await plainFetch(address, options).catch(() => null);
      clearTimeout(slow);
      if ([429, 503].includes(response?.status)) {
        const seconds = Number(response.headers.get("retry-after")) || 1;
        tell(say(response.status === 503 ? "busy" : "too_many", { seconds }));
        await later(seconds * 1000);
      } else if (response) {
        return settled(response, asked);
      } else if (!(await back())) {
        return new Response("{}", { status: 503 });
      }
    }
  } finally {
    clearTimeout(slow);
    wait(false);
  }
};

window.fetch = (address, options) =>
  (EVENT.test(String(address?.url ?? address)) ? sent(address, options) : plainFetch(address, options));
