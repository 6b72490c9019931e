"""A scored run in, every miss with its kind out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.analysis import Analyser, words
from bot.evaluation.judging import Judged
from bot.evaluation.predictions import Prediction, Ranked
from bot.evaluation.questions import Question
from bot.evaluation.scoring import Run
from bot.records import Span
from bot.understanding.interpreter import stopwords

MissKind = Literal[
    "not verbatim",
    "wrongly answered",
    "wrongly refused",
    "ranked low",
    "split between passages",
    "vocabulary gap",
    "not ranked",
]
MEANINGS: dict[MissKind, str] = {
    "not verbatim": "something shown as a quotation is not the source's own words",
    "wrongly answered": "the sources do not answer it, yet an answer was given",
    "wrongly refused": "a right passage stands first in the ranking, yet no answer was given",
    "ranked low": "a right passage is in the ranking, but not first",
    "split between passages": "ranked passages have parts of the answer, none of them half of it",
    "vocabulary gap": "the right answers have none of the words that the question turns on",
    "not ranked": "no passage of the ranking touches an answer",
}


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that went wrong with a question.

    `rank` is the place of its first right passage; `lacking` are the words that a vocabulary gap is about.
    """

    id: str
    question: str
    kind: MissKind
    group: str
    rank: int | None
    lacking: tuple[str, ...] = ()


def misses(run: Run) -> tuple[Miss, ...]:
    """Every question that something went wrong with, in order."""
    analyser, found = Analyser(), []
    for question, judged in zip(run.questions, run.judged, strict=True):
        kind = _kind(question, judged, run.predictions[question.id])
        lacking = _lacking(question, run, analyser) if kind == "not ranked" else ()
        if kind is not None:
            told: MissKind = "vocabulary gap" if lacking else kind
            found.append(Miss(question.id, question.question, told, question.kind, judged.rank, lacking))
    return tuple(found)


def _lacking(question: Question, run: Run, analyser: Analyser) -> tuple[str, ...]:
    """The words that the question turns on, if no right answer has any of them; else none."""
    idle = stopwords()
    turning = [word for word in dict.fromkeys(words(question.question)) if word not in idle]
    has = {
        term
        for gold in question.relevant
        for span in gold.spans or (Span(0, len(run.documents[gold.doc].text)),)
        for term in analyser.terms(run.documents[gold.doc].text[span.start : span.end])
    }
    return () if any(analyser.term(word) in has for word in turning) else tuple(turning)


def _kind(question: Question, judged: Judged, prediction: Prediction) -> MissKind | None:
    """The gravest thing that went wrong."""
    if judged.violations:
        return "not verbatim"
    if not judged.answerable:
        return "wrongly answered" if judged.outcome == "answered" else None
    if judged.rank == 1:
        return "wrongly refused" if judged.outcome != "answered" else None
    if judged.rank is not None:
        return "ranked low"
    if judged.found_at is None:
        return "wrongly refused" if judged.outcome != "answered" else None
    return "split between passages" if _touched(question, prediction.ranked or ()) else "not ranked"


def _touched(question: Question, ranking: Sequence[Ranked]) -> bool:
    return any(
        passage.doc == gold.doc and _overlap(passage, span)
        for gold in question.relevant
        for span in gold.spans
        for passage in ranking
    )


def _overlap(passage: Ranked, span: Span) -> bool:
    return passage.start < span.end and span.start < passage.end
