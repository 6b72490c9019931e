"""A scored run in, every miss with its kind out."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from bot.analysis import Analyser, stopwords, words
from bot.evaluation.gold import Gold
from bot.evaluation.judging import Judged
from bot.evaluation.predictions import Prediction, Ranked
from bot.evaluation.questions import Question
from bot.evaluation.scoring import Run
from bot.passages import cut_corpus
from bot.records import Corpus, Passage

MissKind = Literal[
    "not verbatim",
    "wrongly answered",
    "wrongly refused",
    "ranked low",
    "split between passages",
    "vocabulary gap",
    "not ranked",
    "not quotable",
]
MEANINGS: dict[MissKind, str] = {
    "not verbatim": "something shown as a quotation is not the source's own words",
    "wrongly answered": "the sources do not answer it, yet an answer was given",
    "wrongly refused": "a right passage stands first in the ranking, yet no answer was given",
    "ranked low": "a right passage is in the ranking, but not first",
    "split between passages": "ranked passages have parts of the answer, none of them half of it",
    "vocabulary gap": "no passage with an answer, nor its headings, has a word that the question turns on",
    "not ranked": "no passage of the ranking touches an answer",
    "not quotable": "the answer stands where no passage is cut: among references, notices or leftovers",
}


# The passages of each document.
Cut = Mapping[str, Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that went wrong with a question.

    `rank` is the place of its first right passage, `confidence` that of the prediction; `lacking` are the
    words that a vocabulary gap is about.
    """

    id: str
    question: str
    kind: MissKind
    group: str
    rank: int | None
    lacking: tuple[str, ...] = ()
    confidence: float | None = None


def misses(run: Run) -> tuple[Miss, ...]:
    """Every question that something went wrong with, in order."""
    analyser, found = Analyser(), []
    cut = cache(lambda: _cut(run))
    for question, judged in zip(run.questions, run.judged, strict=True):
        kind = _kind(question, judged, run.predictions[question.id])
        if kind is None:
            continue
        lacking: tuple[str, ...] = ()
        if kind == "not ranked":
            kind = _unreachable(question, cut) or kind
        if kind == "not ranked":
            lacking = _lacking(question, run, _with_answer(question, cut), analyser)
        told: MissKind = "vocabulary gap" if lacking else kind
        found.append(
            Miss(
                question.id,
                question.question,
                told,
                question.kind,
                judged.rank,
                lacking,
                judged.confidence,
            )
        )
    return tuple(found)


def _unreachable(question: Question, cut: Callable[[], Cut]) -> MissKind | None:
    """Why no ranking can have an answer, if that is so."""
    return None if _with_answer(question, cut) else "not quotable"


def _with_answer(question: Question, cut: Callable[[], Cut]) -> list[Passage]:
    """The passages that have a part of an answer."""
    return [
        passage
        for gold in question.relevant
        for passage in cut().get(gold.doc, ())
        if _touches(Ranked(passage.doc, passage.start, passage.end), gold)
    ]


def _cut(run: Run) -> Cut:
    """The passages of each document, as they are cut here."""
    found: defaultdict[str, list[Passage]] = defaultdict(list)
    for passage in cut_corpus(Corpus(tuple(run.documents.values()), digest="")):
        found[passage.doc].append(passage)
    return found


def _lacking(
    question: Question, run: Run, passages: Sequence[Passage], analyser: Analyser
) -> tuple[str, ...]:
    """The words that the question turns on, if no passage with an answer has any of them; else none.

    An answer may be a mere date: what could have led to it stands around it, in its headings and its title.
    """
    idle = stopwords()
    turning = [word for word in dict.fromkeys(words(question.question)) if word not in idle]
    has = {
        term
        for passage in passages
        for text in (passage.text, *passage.heading, run.documents[passage.doc].title)
        for term in analyser.terms(text)
    }
    return () if any(analyser.term(word) in has for word in turning) else tuple(turning)


def _kind(question: Question, judged: Judged, prediction: Prediction) -> MissKind | None:
    """The gravest thing that went wrong, as far as anybody knows what is right."""
    if judged.violations:
        return "not verbatim"
    if not judged.answerable:
        return "wrongly answered" if judged.refusable and judged.outcome == "answered" else None
    if judged.rank == 1:
        return "wrongly refused" if judged.outcome != "answered" else None
    if judged.rank is not None:
        return "ranked low"
    if judged.found_at is None:
        return "wrongly refused" if judged.outcome != "answered" else None
    return "split between passages" if _touched(question, prediction.ranked or ()) else "not ranked"


def _touched(question: Question, ranking: Sequence[Ranked]) -> bool:
    spans = [gold for gold in question.relevant if gold.spans]
    return any(_touches(passage, gold) for gold in spans for passage in ranking)


def _touches(passage: Ranked, gold: Gold) -> bool:
    if passage.doc != gold.doc:
        return False
    return not gold.spans or any(passage.start < span.end and span.start < passage.end for span in gold.spans)
