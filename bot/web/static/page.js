// The chat page: Gradio brings the question box; the conversation, the menu and the states are made here.

import { articleOf } from "./answer.js";
import { button, element } from "./dom.js";
import { print, save } from "./paper.js";
import { shut } from "./reader.js";
import * as server from "./server.js";
import { languages, learn, say, speak, spoken } from "./words.js";

const BUSY_AFTER = 1000;
const LOOK_AGAIN_AFTER = 2000;
const KEPT_UNDER = "conversation";
const NAME = "#question [data-testid='block-info']";

const state = { settings: { starters: [], evaluator: false }, turns: [], conversation: null, waiting: false };
const header = element("header", { id: "top" });
const chat = element("section", { id: "chat", role: "log", "aria-live": "polite" });
const status = element("div", { id: "status", role: "status" });
const starters = element("section", { id: "starters" });
const early = element("form", { id: "early" });

const box = () => document.querySelector("#early textarea") ?? document.querySelector("#question textarea");

/** Gradio's box is a Svelte component: it believes a value only when it is set as typing sets it. */
const write = (text) => {
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box(), text);
  box().dispatchEvent(new Event("input", { bubbles: true }));
};

const tell = (sentence, ...more) =>
  status.replaceChildren(...(sentence ? [element("p", { class: "own" }, sentence, " ", ...more)] : []));

const refusal = (error) => {
  if (error.status === 429) return say("too_many");
  return say(`error_${error.said?.kind}`, error.said?.values) || error.said?.error || say("reader_failed_help");
};

const waitForServer = async (retry) => {
  tell(say("gone"), button(say("again"), retry));
  while (!(await server.healthy())) await new Promise((done) => setTimeout(done, LOOK_AGAIN_AFTER));
  if (!state.waiting && status.textContent.includes(say("gone"))) tell(say("back"), button(say("again"), retry));
};

/** The server's answer, or null where there was none and the patient was told why. */
const answered = async (question, { insteadOf, undo }) => {
  const slow = setTimeout(() => tell(say("busy")), BUSY_AFTER);
  try {
    return await server.ask({ question, conversation: state.conversation, instead_of: insteadOf, undo });
  } catch (error) {
    if (!box().value) write(question);
    if (error instanceof server.Refused) tell(refusal(error));
    else waitForServer(() => ask(question, { insteadOf, undo }));
    return null;
  } finally {
    clearTimeout(slow);
  }
};

/** Ask, in the place of so many of the latest turns; the question stays in the box until it is answered. */
const ask = async (question, { insteadOf = 0, undo = {} } = {}) => {
  if (state.waiting) return;
  state.waiting = true;
  chat.setAttribute("aria-busy", "true");
  tell("");
  const answer = await answered(question, { insteadOf, undo });
  state.waiting = false;
  chat.removeAttribute("aria-busy");
  if (!answer) return;
  state.conversation = answer.conversation;
  state.turns.splice(state.turns.length - insteadOf, insteadOf, { question, answer, undo, chosen: false });
  keep();
  if (box().value === question) write("");
  tell("");
  render();
  chat.lastElementChild.scrollIntoView({ block: "start" });
};

const merged = (one, other) => ({
  corrected: [...(one.corrected ?? []), ...(other.corrected ?? [])],
  added: [...(one.added ?? []), ...(other.added ?? [])],
  carried: Boolean(one.carried || other.carried),
});

const judge = (turn, at) => async (passage, pressed) => {
  const history = state.turns.slice(0, at).map(({ question }) => question);
  const place = passage ? { doc: passage.doc, start: passage.start, end: passage.end, sha256: passage.sha256 } : {};
  const said = await server.judge({ question: turn.question, history, ...place }).catch((error) => error.said ?? {});
  pressed.after(element("span", { class: "status", role: "status" }, said.said ?? said.error ?? say("reader_failed_help")));
};

const edit = (turn, at) => () => {
  state.editing = state.turns.length - at;
  write(turn.question);
  box().focus();
};

/** Ask a question anew: the last one in its place, an earlier one at the end, so that nothing after it is lost. */
const again = (turn, at) => ask(turn.question, { insteadOf: at === state.turns.length - 1 ? 1 : 0, undo: turn.undo });

const render = () => {
  chat.setAttribute("aria-label", say("answers"));
  const known = [...chat.children];
  const made = state.turns.map((turn, at) => {
    const shown = `${spoken()}:${at}`;
    if (turn.article && turn.shown === shown && known.includes(turn.article)) return turn.article;
    turn.shown = shown;
    turn.article = articleOf(turn, {
      ask,
      takeBack: (undo) => ask(turn.question, { insteadOf: state.turns.length - at, undo: merged(turn.undo, undo) }),
      again: () => again(turn, at),
      edit: edit(turn, at),
      judge: state.settings.evaluator ? judge(turn, at) : null,
    });
    return turn.article;
  });
  for (const old of known) if (!made.includes(old)) old.remove();
  made.forEach((article, at) => { if (chat.children[at] !== article) chat.insertBefore(article, chat.children[at] ?? null); });
  document.documentElement.classList.toggle("begun", made.length > 0);
  renderHeader();
  renderStarters();
};

const renderStarters = () => {
  starters.setAttribute("aria-label", say("try"));
  starters.replaceChildren(...(state.turns.length || !state.settings.starters.length ? [] : [
    element("p", { class: "own" }, say("try")),
    ...state.settings.starters.map((text) => button(text, () => ask(text), { class: "starter", lang: "en" })),
  ]));
};

const begin = (sentence) => {
  state.turns = [];
  state.conversation = null;
  shut();
  keep();
  render();
  tell(sentence);
  box().focus();
};

const forget = async () => {
  const { conversation } = state;
  try {
    if (conversation) await server.forget(conversation);
    const remember = document.querySelector("#remember");
    if (remember) remember.checked = false;
    begin(say("forgotten"));
  } catch {
    tell(say("gone"));
  }
};

const remembering = () => Boolean(document.querySelector("#remember")?.checked);

/** Only a patient who chose so finds the conversation again after a reload. */
const keep = () => {
  if (remembering() && state.conversation) sessionStorage.setItem(KEPT_UNDER, state.conversation);
  else sessionStorage.removeItem(KEPT_UNDER);
};

const chosen = (use) => () => {
  const turns = state.turns.filter((turn) => turn.chosen);
  if (turns.length) use(turns);
  else tell(say("nothing_chosen"));
};

const menu = () => {
  const wasOpen = header.querySelector("details")?.open ?? false;
  const remembered = remembering() || sessionStorage.getItem(KEPT_UNDER) !== null;
  const earlier = state.turns.map((turn) => element("li", {}, button(turn.question, () => {
    turn.article.scrollIntoView({ block: "start" });
    turn.article.querySelector(".asked").focus({ preventScroll: true });
  })));
  const tongue = element("select", { id: "tongue", change: (event) => { speak(event.target.value); label(); render(); } },
    ...languages().map(([name, title]) => element("option", { value: name, selected: name === spoken(), lang: name }, title)));
  return element("details", { id: "menu", open: wasOpen },
    element("summary", {}, say("menu")),
    element("p", {}, element("label", {}, `${say("page_language")} `, tongue)),
    element("p", { class: "actions" },
      button(say("new"), () => begin(""), { id: "new" }), button(say("forget"), forget, { id: "forget" }),
      button(say("print"), chosen(print), { id: "print" }), button(say("save_text"), chosen(save), { id: "save" })),
    element("p", {}, element("label", { class: "choose" },
      element("input", { type: "checkbox", id: "remember", checked: remembered, change: keep }), say("remember"))),
    earlier.length > 1 ? element("nav", { "aria-label": say("jump") }, element("p", {}, say("jump")), element("ol", {}, ...earlier)) : null,
    element("p", { class: "privacy" }, say("privacy")));
};

const renderHeader = () => {
  document.title = say("title");
  header.replaceChildren(
    element("a", { class: "skip", href: "#question", click: (event) => { event.preventDefault(); box().focus(); } }, say("skip")),
    element("h1", {}, say("title")), element("p", { id: "about" }, say("about")), menu());
};

/** The question box's own words in the page's language. */
const label = () => {
  const name = document.querySelector(NAME);
  if (name) name.textContent = say("your_question");
  box().placeholder = say("placeholder");
  const send = document.querySelector("#send");
  if (send) send.textContent = say("ask");
};

const submit = () => {
  const insteadOf = Math.min(state.editing ?? 0, state.turns.length);
  state.editing = 0;
  ask(box().value, { insteadOf });
};

/** Until Gradio has brought its box, a plain one takes the question; what it holds moves over. */
const growUp = () => {
  const grown = document.querySelector("#question textarea");
  // Gradio brings its parts one after the other.
  const whole = grown && document.querySelector("#send") && document.querySelector(NAME);
  if (!whole || !early.isConnected) return;
  const young = early.querySelector("textarea");
  const { value, selectionStart, selectionEnd } = young;
  const focused = document.activeElement === young || document.activeElement === document.body;
  early.remove();
  if (value) write(value);
  if (focused) {
    grown.focus({ preventScroll: true });
    grown.setSelectionRange(selectionStart, selectionEnd);
  }
  label();
};

const listen = () => {
  document.addEventListener("keydown", (event) => {
    if (event.target !== box() || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    submit();
  }, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#send, #early-send")) submit();
  });
  early.addEventListener("submit", (event) => event.preventDefault());
};

const restore = async () => {
  const id = sessionStorage.getItem(KEPT_UNDER);
  if (!id) return;
  try {
    const answers = await server.conversation(id);
    state.conversation = id;
    state.turns = answers.map((answer) => ({ question: answer.question, answer, undo: {}, chosen: false }));
  } catch {
    sessionStorage.removeItem(KEPT_UNDER);
  }
};

const start = async () => {
  early.append(element("textarea", { rows: "2", "aria-label": "Question" }), element("button", { type: "submit", id: "early-send" }, "➤"));
  document.body.prepend(header, chat, starters, status, early);
  new MutationObserver((_, observer) => {
    growUp();
    if (!early.isConnected) observer.disconnect();
  }).observe(document.body, { childList: true, subtree: true });
  growUp();
  listen();
  state.settings = await server.pageSettings();
  // Patients who reach the same server are not asked to judge.
  state.settings.evaluator &&= await server.mayJudge();
  learn(state.settings.words);
  await restore();
  early.querySelector("textarea").setAttribute("aria-label", say("your_question"));
  early.querySelector("button").textContent = say("ask");
  render();
  label();
};

// The script does not wait for Gradio's, so that it may come before there is a body.
const begun = () => (document.body ? start() : requestAnimationFrame(begun));
begun();
