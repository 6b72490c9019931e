"""A question set, predictions and a corpus in, a scored run out: what the command line and the page show."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bot import __version__
from bot.evaluation.intervals import RESAMPLES, SEED
from bot.evaluation.judging import Judged, judge
from bot.evaluation.predictions import Prediction, load_predictions
from bot.evaluation.questions import Question, QuestionSet
from bot.records import Corpus, Document
from bot.settings import Settings

# Enough of a digest to tell two things apart, short enough to read out.
DIGEST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Signature:
    """What figures depend on: with the same signature a rerun gives the same figures, latency apart.

    `corpus`, `questions` and `predictions` are the beginnings of SHA-256 digests, `settings` that of the
    settings that ship.
    """

    version: str
    corpus: str
    questions: str
    predictions: str
    settings: str
    resamples: int = RESAMPLES
    seed: int = SEED

    def __str__(self) -> str:
        return "|".join(f"{name}:{value}" for name, value in asdict(self).items())


@dataclass(frozen=True, slots=True)
class Run:
    """One scored run: every question with what was predicted and what was right about it."""

    name: str
    questions: tuple[Question, ...]
    predictions: Mapping[str, Prediction]
    documents: Mapping[str, Document]
    judged: tuple[Judged, ...]
    signature: Signature


def score(asked: QuestionSet, predictions: Path, corpus: Corpus) -> Run:
    """Scores a file of predictions. Raises QuestionSetError where it does not match the set."""
    found = load_predictions(predictions)
    documents = {document.id: document for document in corpus.documents}
    return Run(
        name=predictions.stem,
        questions=asked.questions,
        predictions=found,
        documents=documents,
        judged=judge(asked.questions, found, documents),
        signature=Signature(
            version=__version__,
            corpus=corpus.digest[:DIGEST_DIGITS],
            questions=asked.digest[:DIGEST_DIGITS],
            predictions=_digest(
                repr([replace(found[question.id], milliseconds=None) for question in asked.questions])
            ),
            settings=_digest(repr(Settings())),
        ),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:DIGEST_DIGITS]
