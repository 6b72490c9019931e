// The list of documents: what is typed leaves those that have it in their title or headings. Nothing is sent.

import { say } from "./dom.js";

const FEW = 5;
const field = document.querySelector("#find"), all = [...document.querySelectorAll("main > section")];
const find = () => {
  const words = field.value.toLowerCase().split(/\s+/);
  const found = all.filter((one) => words.every((word) => one.textContent.toLowerCase().includes(word)));
  for (const one of all) one.hidden = !found.includes(one);
  for (const one of found) one.querySelector("details").open = found.length <= FEW;
  document.querySelector("#found").textContent = field.value && say("found", { count: found.length, all: all.length });
};

field.addEventListener("input", find);
field.form.addEventListener("submit", (event) => event.preventDefault());
