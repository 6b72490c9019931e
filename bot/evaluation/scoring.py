"""A question set, predictions and a corpus in, a scored run out: what the command line and the page show."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bot import __version__
from bot.evaluation.binding import on_unbound, refuse_stale
from bot.evaluation.intervals import RESAMPLES, SEED
from bot.evaluation.judging import Judged, judge
from bot.evaluation.origin import DIGEST_DIGITS, MOST_LISTED, digest_of_text, doubts
from bot.evaluation.predictions import Prediction, load_predictions
from bot.evaluation.questions import Question, QuestionSet
from bot.records import Corpus, Document
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Signature:
    """What figures depend on: with the same signature a rerun gives the same figures, latency apart.

    `corpus`, `questions` and `predictions` are the beginnings of SHA-256 digests, `settings` that of the
    settings that ship. What made the predictions is in `Run.origins`.
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
    """One scored run: every question with what was predicted and what was right about it.

    `origins` are the first few signatures of the predictions, where they have any; `doubts` are sentences
    on what does not fit together, `notes` those on the question set.
    """

    name: str
    questions: tuple[Question, ...]
    predictions: Mapping[str, Prediction]
    documents: Mapping[str, Document]
    judged: tuple[Judged, ...]
    signature: Signature
    origins: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def score(asked: QuestionSet, predictions: Path, corpus: Corpus) -> Run:
    """Scores a file of predictions. Raises QuestionSetError where it does not match the set.

    That is also so where a question was asked in other words then than it has now.
    """
    found = load_predictions(predictions)
    refuse_stale(asked.questions, found)
    documents = {document.id: document for document in corpus.documents}
    signatures = [prediction.signature for prediction in found.values()]
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
            predictions=_digest(asked, found),
            settings=digest_of_text(repr(Settings())),
        ),
        origins=tuple(dict.fromkeys(filter(None, signatures)))[:MOST_LISTED],
        doubts=(*doubts(signatures, corpus), *on_unbound(found.values())),
        notes=asked.notes,
    )


def _digest(asked: QuestionSet, found: Mapping[str, Prediction]) -> str:
    """A digest of what was predicted, whatever made it and however long it took."""
    said = [found[question.id] for question in asked.questions if question.id in found]
    return digest_of_text(repr([replace(one, milliseconds=None, signature=None, asked=None) for one in said]))
