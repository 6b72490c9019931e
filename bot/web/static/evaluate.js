// The evaluators' pages work without this: it moves the progress bar and tells at once that a file is too large.
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

  const progress = document.getElementById("progress");
  if (progress) watch(progress);
  const upload = document.getElementById("upload");
  if (upload) checkSize(upload);
})();
