"""The questions of a run and what evaluators said of them in, a question set in JSON Lines out."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import chain

from bot.evaluation.formats.jsonl import HIGHEST_GRADE
from bot.evaluation.hitting import hits
from bot.evaluation.predictions import Ranked
from bot.evaluation.questions import Question
from bot.records import Document
from bot.web.evaluate.kept import LONGEST_WORDS, KeptGold, KeptQuestion, kept_gold
from bot.web.evaluate.verdicts import NOTHING, Asked, Held, JudgedPassage, Verdicts

Answer = dict[str, object]
# What counts as right in JSON Lines, whatever it was in the judgements that the set came with.
LEAST_GRADE = 2


def judged_set(
    questions: Sequence[KeptQuestion], said: Mapping[Asked, Verdicts], *, only_judged: bool
) -> Iterator[str]:
    """A line for each question, or each that somebody has judged, with the answers that follow."""
    for kept in questions:
        verdicts = said.get(asked_of(kept), NOTHING)
        if verdicts.held or not only_judged:
            yield json.dumps(_judged_line(kept, verdicts)) + "\n"


def asked_of(kept: KeptQuestion) -> Asked:
    """The question as verdicts know it."""
    return Asked(kept.question, kept.history)


def answers_of(kept: KeptQuestion, verdicts: Verdicts) -> list[Answer] | None:
    """The right answers after what evaluators said, none if the documents do not answer; None if unknown.

    A passage that is wrong or harmful takes the right answers with it that it holds, unless one that is right
    holds them too. Of "right" and "should refuse" the later counts.
    """
    right = [one for one in verdicts.held if one.verdict == "right" and one.passage]
    refuse = next((one for one in verdicts.held if one.verdict == "should refuse"), None)
    if refuse and all(one.line < refuse.line for one in right):
        return []
    bad = [one for one in verdicts.held if one.verdict in ("wrong", "harmful") and one.passage]
    golds = [
        gold
        for gold in kept.golds
        # One bad passage does not make a whole document wrong.
        if not gold.gold.spans or _held_by(gold, right) or not _held_by(gold, bad)
    ]
    new = [one.passage for one in right if one.passage and not _holds_any(one.passage, golds)]
    answers = [*chain.from_iterable(map(_answers, golds)), *map(_answer, new)]
    return answers if answers or kept.judged.refusable else None


def plain_set(questions: Sequence[Question], documents: Mapping[str, Document]) -> Iterator[str]:
    """A line for each question of a set, whatever format it came in."""
    for question in questions:
        golds = [kept_gold(gold, documents[gold.doc]) for gold in question.relevant]
        answers = list(chain.from_iterable(map(_answers, golds)))
        yield json.dumps(_line(question, answers if question.counted else None)) + "\n"


def _line(question: Question, answers: list[Answer] | None) -> dict[str, object]:
    line: dict[str, object] = {"id": question.id, "question": question.question, "kind": question.kind}
    line |= {"history": list(question.history)} if question.history else {}
    line |= {"of": question.of} if question.of else {}
    return line | {"answers": answers}


def _judged_line(kept: KeptQuestion, verdicts: Verdicts) -> dict[str, object]:
    line = _line(kept.as_asked, answers_of(kept, verdicts))
    return line | ({"verdicts": [_verdict(one) for one in verdicts.held]} if verdicts.held else {})


def _verdict(one: Held) -> Answer:
    return {"verdict": one.verdict, "at": one.at} | (asdict(one.passage) if one.passage else {})


def _held_by(gold: KeptGold, said: Sequence[Held]) -> bool:
    return any(one.passage is not None and _holds(one.passage, gold) for one in said)


def _holds_any(passage: JudgedPassage, golds: Sequence[KeptGold]) -> bool:
    return any(_holds(passage, gold) for gold in golds)


def _holds(passage: JudgedPassage, gold: KeptGold) -> bool:
    """Whether a passage has a right answer: by its place or, where that has moved since, by its words."""
    if passage.doc != gold.gold.doc:
        return False
    if hits(Ranked(passage.doc, passage.start, passage.end), gold.gold):
        return True
    return bool(gold.words.strip()) and (gold.words in passage.text or passage.text in gold.words)


def _answer(passage: JudgedPassage) -> Answer:
    return {"doc": passage.doc, "text": passage.text}


def _answers(gold: KeptGold) -> list[Answer]:
    """A right answer by its words, so that it is found again when documents change; else by its places."""
    spans, doc = gold.gold.spans, gold.gold.doc
    if not spans:
        return [{"doc": doc, "grade": max(LEAST_GRADE, min(gold.gold.grade, HIGHEST_GRADE))}]
    if len(gold.same) == 1 and 0 < len(gold.words) < LONGEST_WORDS:
        return [{"doc": doc, "text": gold.words}]
    return [{"doc": doc, "start": span.start, "end": span.end} for span in spans]
