"""Training sets in, out what the bot has to go by for each question before anything is weighed."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.assistant import Assistant
from bot.errors import QuestionError
from bot.evaluation.hitting import hits
from bot.evaluation.predictions import Ranked
from bot.evaluation.questions import Question, load_questions
from bot.learning.made import HEADINGS, TITLES, made_questions
from bot.learning.sets import TrainingSet
from bot.queries import Query
from bot.ranking.features import Signals, circumstances, features
from bot.records import Passage


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with what speaks for each candidate (rows) and which of them is right.

    `judged` tells which candidates somebody has looked at: of the others it is not known whether they answer.
    `near` is whether the sources have something near the question, None where nobody has said.
    """

    query: Query
    places: NDArray[np.intp]
    signals: Signals
    rows: NDArray[np.float64]
    circumstances: NDArray[np.float64]
    right: NDArray[np.bool_]
    judged: NDArray[np.bool_]
    answerable: bool
    near: bool | None


@dataclass(frozen=True, slots=True)
class Collected:
    """A training set with what was collected of its questions."""

    of: TrainingSet
    asked: tuple[Asked, ...]


def collect(sets: Sequence[TrainingSet], *, encoder: Path | None) -> Iterator[Collected]:
    """What there is to go by in every set; each corpus is read once."""
    assistants: dict[Path, Assistant] = {}
    for one in sets:
        if one.corpus not in assistants:
            assistants[one.corpus] = Assistant.open(one.corpus, encoder=encoder, progress=True)
        yield Collected(one, tuple(_collected(assistants[one.corpus], one)))


def _collected(assistant: Assistant, of: TrainingSet) -> Iterator[Asked]:
    made = of.questions.name in (TITLES, HEADINGS)
    questions = (
        made_questions(of.questions.name, assistant.corpus, assistant.passages)
        if made
        else load_questions(of.questions, assistant.corpus)
    )
    count = min(of.most or len(questions), len(questions))
    looked_at = {} if made else _looked_at(of.questions)
    by_document: dict[str, list[Passage]] = {}
    for passage in assistant.passages:
        by_document.setdefault(passage.doc, []).append(passage)
    for place in range(count):
        question = questions[place * len(questions) // count]
        try:
            query = assistant.query(question.question, assistant.replay(question.history))
        except QuestionError:
            continue
        places, signals = assistant.retriever.signals(query)
        passages = [assistant.passages[int(at)] for at in places]
        right = _right(question, by_document)
        known = looked_at.get(question.id)
        answerable = bool(question.relevant)
        yield Asked(
            query=query,
            places=places,
            signals=signals,
            rows=features(signals),
            circumstances=circumstances(signals),
            right=np.array([passage.index in right for passage in passages]),
            judged=np.array([known is None or (p.doc, p.start) in known for p in passages]),
            answerable=answerable,
            near=True
            if answerable
            else {"near": True, "none": False, "far": False}.get(question.kind, of.near),
        )


def _right(question: Question, by_document: Mapping[str, Sequence[Passage]]) -> set[int]:
    return {
        passage.index
        for gold in question.relevant
        for passage in by_document.get(gold.doc, ())
        if hits(Ranked(passage.doc, passage.start, passage.end), gold)
    }


def _looked_at(path: Path) -> dict[str, set[tuple[str, int]]]:
    """The passages that were looked at for each question, where the set names them (its field `shown`)."""
    found = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line) if line.strip() else {}
        if "shown" in row:
            found[str(row["id"])] = {(span["doc"], span["start"]) for span in row["shown"]}
    return found
