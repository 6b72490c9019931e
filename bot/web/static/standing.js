// How a quote stands to its document as it is now: spans of a document count in the text that was quoted, and in no other.

import { button, element } from "./dom.js";
import { say } from "./words.js";

/** "identical", "changed" or "gone"; `found` is the document as it is now, null where there is none. */
export const standingOf = (found, sha256) => {
  if (!found) return "gone";
  return found.sha256 === sha256 ? "identical" : "changed";
};

/** What is said of a quote from an earlier version, with a button that asks again where there is somebody to ask. */
export const earlier = (standing, again) =>
  element("p", { class: "own earlier" }, say(`check_${standing}`), " ",
    again ? button(say("ask_again"), again, { class: "quiet ask-again" }) : null);
