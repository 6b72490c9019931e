// One turn of the conversation: the question, how it was understood, and what the documents say.

import { button, element } from "./dom.js";
import { quoteOf } from "./quote.js";
import { listening } from "./speech.js";
import { say, spoken } from "./words.js";

const said = (sentence, kind = "") => element("p", { class: `own ${kind}`.trim() }, sentence);

const offered = (heading, texts, ask) => (texts.length ? [said(heading), element("p", { class: "suggestions" },
  ...texts.map((text) => button(text, () => ask(text), { class: "suggestion", value: text })))] : []);

/** Every reading of the question with a button that takes it back. */
const understanding = (understood, takeBack) => {
  const line = (sentence, label, undo) =>
    element("li", {}, element("span", {}, sentence), " ",
      label ? button(label, () => takeBack(undo), { class: "quiet undo" }) : null);
  const lines = [
    ...understood.corrected.map(([typed, meant]) =>
      line(say("corrected", { typed, meant }), say("undo_corrected", { typed }), { corrected: [typed] })),
    ...understood.added.map(([own, added]) =>
      line(say("added", { own, added }), say("undo_added", { added }), { added: [own] })),
  ];
  if (understood.carried.length) {
    const words = understood.carried.join(", ");
    lines.push(line(say("carried", { words }), say("undo_carried"), { carried: true }));
  }
  if (understood.asked) lines.push(line(say("asked", { asked: understood.asked })));
  return lines.length ? element("ul", { class: "own understood", "aria-label": say("understood") }, ...lines) : null;
};

/** The quotes at these places of an answer, and how many documents answer where several do. */
const quotes = (answer, places, { again, judge }) => {
  const extra = (passage) => (judge ? [button(say("judge_answers"), (event) => judge(passage, event.target), { class: "quiet judge" })] : []);
  const shown = places.map((place) => answer.passages[place]);
  const several = new Set(shown.map((passage) => passage.doc)).size;
  const answering = new Set(shown.filter((passage) => passage.answers).map((passage) => passage.doc)).size;
  const figures = places.map((place) => quoteOf(answer.passages, place, again, extra(answer.passages[place])));
  return [
    answering > 1 ? said(say("both", { count: answering }), "both") : null,
    figures.length ? element("div", { class: several > 1 ? "quotes beside" : "quotes" }, ...figures) : null,
  ];
};

/** What was found, for the whole message or for each of its questions. */
const found = (answer, doing) => {
  const outcome = (name) => said(say(`outcome_${name}`), `outcome ${name}`);
  if (!answer.parts.length) return [outcome(answer.outcome), ...quotes(answer, [...answer.passages.keys()], doing)];
  return [
    ...answer.parts.flatMap((part) => [
      said(say("part", { question: part.question }), "part"), outcome(part.outcome), ...quotes(answer, part.passages, doing)]),
    answer.left.length ? said(say("parts_left", { questions: answer.left.map((text) => `“${text}”`).join(", ") })) : null,
  ];
};

const parts = (turn, doing) => {
  const { answer } = turn;
  const { ask, takeBack } = doing;
  const notice = answer.notice ? element("p", { class: "notice", role: "alert" }, answer.notices[spoken()]) : null;
  if (answer.notice === "crisis") return [notice];
  if (answer.small_talk) return [notice, said(say(answer.small_talk)), ...offered(say("try"), answer.suggestions, ask)];
  if (answer.foreign) {
    const told = element("p", { class: "own foreign", lang: answer.foreign.language, dir: "auto" }, answer.foreign.text);
    return [notice, told, ...offered(say("try"), answer.suggestions, ask)];
  }
  const none = answer.outcome === "none";
  return [
    notice,
    answer.decision ? said(say("decision"), "decision") : null,
    understanding(answer.understood, takeBack),
    ...found(answer, doing),
    answer.missing.length && answer.outcome !== "answered" ? said(say("missing", { words: answer.missing.join(", ") })) : null,
    none ? said(say("none_help")) : null,
    ...offered(say("suggestions"), answer.suggestions, ask),
    ...offered(say("next"), answer.next, ask),
  ];
};

/** The article of one turn; `doing` are the functions behind its buttons. */
export const articleOf = (turn, doing) => {
  const choose = element("input", { type: "checkbox", checked: turn.chosen, change: (event) => { turn.chosen = event.target.checked; } });
  const tools = element("div", { class: "tools" },
    turn.answer.passages.length ? element("label", { class: "choose" }, choose, say("keep_for_print")) : null,
    listening(turn.answer),
    button(say("edit"), doing.edit, { class: "quiet edit" }),
    doing.judge && !turn.answer.small_talk && !turn.answer.foreign
      ? button(say("judge_none"), (event) => doing.judge(null, event.target), { class: "quiet judge" }) : null);
  return element("article", { class: "turn" },
    element("h2", { class: "asked", tabindex: "-1" }, element("span", { class: "visually-hidden" }, `${say("you_asked")}: `), turn.question),
    ...parts(turn, doing).filter(Boolean), tools);
};
