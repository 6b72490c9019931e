// The evaluators' pages work without this: it moves the progress bar, tells at once that a file is too large,
// and has keys for judging.
"use strict";

(() => {
  const MOST_BYTES = 64 * 1024 * 1024;
  const EVERY_MILLISECONDS = 1000;

  const watch = (place) => {
    const bar = place.querySelector("progress");
    const count = document.getElementById("count");
    const status = document.getElementById("status");
    const look = async () => {
      try {
        const answer = await fetch(`/evaluate/runs/${place.dataset.run}/progress`);
        const { state, done, total } = await answer.json();
        if (!answer.ok || (state !== "waiting" && state !== "running")) {
          location.reload();
          return;
        }
        bar.value = done;
        count.textContent = `${done} of ${total}`;
        status.textContent = done === total ? "Working out the figures…" : "";
      } catch {
        status.textContent = "The server does not answer just now; this page keeps trying.";
      }
      setTimeout(look, EVERY_MILLISECONDS);
    };
    setTimeout(look, EVERY_MILLISECONDS);
  };

  const checkSize = (form) => {
    const problem = document.getElementById("file-problem");
    form.addEventListener("submit", (event) => {
      const [file] = form.elements.file.files;
      const large = file && file.size > MOST_BYTES;
      problem.hidden = !large;
      problem.textContent = large ? `${file.name} is larger than 64 MB; split it into smaller files.` : "";
      if (large) event.preventDefault();
    });
  };

  const KEYS_OFF = "evaluator-keys-off";
  const VERDICTS = { r: "right", w: "wrong", h: "harmful", u: "back" };

  const judgeByKey = (hint) => {
    const switched = document.getElementById("keys");
    const passages = [...document.querySelectorAll(".judged-passage, details[id^=ranked-]")];
    const question = document.querySelector("form.verdict");
    const press = (form, verdict) => form?.querySelector(`button[value="${verdict}"]`)?.click();
    const here = () => passages.findIndex((passage) => passage.contains(document.activeElement));
    const go = (to) => {
      const passage = passages[Math.min(Math.max(to, 0), passages.length - 1)];
      if (passage?.tagName === "DETAILS") passage.open = true;
      passage?.focus();
    };
    const actions = {
      j: () => go(here() + 1),
      k: () => go(here() - 1),
      s: () => press(question, "should refuse"),
      n: () => document.querySelector("a[rel=next]")?.click(),
      p: () => document.querySelector("a[rel=prev]")?.click(),
    };
    hint.hidden = false;
    switched.checked = localStorage.getItem(KEYS_OFF) === null;
    switched.addEventListener("change", () => {
      if (switched.checked) localStorage.removeItem(KEYS_OFF);
      else localStorage.setItem(KEYS_OFF, "yes");
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea");
      if (!switched.checked || typing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      const passage = passages[here()]?.querySelector("form.verdict");
      if (Object.hasOwn(VERDICTS, event.key)) press(passage ?? question, VERDICTS[event.key]);
      else if (Object.hasOwn(actions, event.key)) actions[event.key]();
    });
  };

  const hint = document.querySelector(".keys");
  if (hint) judgeByKey(hint);
  const progress = document.getElementById("progress");
  if (progress) watch(progress);
  const upload = document.getElementById("upload");
  if (upload) checkSize(upload);
})();
