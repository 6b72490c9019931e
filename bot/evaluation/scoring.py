"""A question set, predictions and a corpus in, a scored run out: what the command line and the page show."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bot import __version__
from bot.evaluation.baselines import USUAL_DEPTH, Baseline, Task, plain_bm25
from bot.evaluation.binding import on_unbound, refuse_stale
from bot.evaluation.compare import Difference, compare_with
from bot.evaluation.intervals import RESAMPLES, SEED
from bot.evaluation.judging import Judged, judge
from bot.evaluation.origin import DIGEST_DIGITS, MOST_LISTED, digest_of_text, doubts
from bot.evaluation.predictions import Prediction, load_predictions
from bot.evaluation.questions import Question, QuestionSet
from bot.evaluation.trec_reading import is_trec_run, read_trec_run
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
    on what does not fit together, `notes` those on the question set; `baselines` are simpler rankings of the
    same passages for the same questions, plain BM25 first, and `differences` how much better the run is.
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
    baselines: tuple[Baseline, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def task(self) -> Task:
        """What baselines are asked to be compared with it."""
        corpus = Corpus(tuple(self.documents.values()), digest="")
        return Task(self.questions, corpus, self.judged[0].depth or USUAL_DEPTH)


def beside(run: Run, baselines: Iterable[Baseline | None]) -> Run:
    """The run with more baselines beside it, and how much better than each it ranks."""
    every = (*run.baselines, *(baseline for baseline in baselines if baseline is not None))
    return replace(run, baselines=every, differences=compare_with(run.judged, every, name=run.name))


def score(
    asked: QuestionSet, predictions: Path, corpus: Corpus, *, baseline: bool = True, progress: bool = False
) -> Run:
    """Scores a file of predictions, beside plain BM25 unless there is to be no baseline.

    Raises QuestionSetError where the predictions do not match the set, also where a question was asked in
    other words then than it has now.
    """
    documents = {document.id: document for document in corpus.documents}
    found = predictions_of(predictions, asked, documents)
    refuse_stale(asked.questions, found)
    signatures = [prediction.signature for prediction in found.values()]
    run = Run(
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
    return beside(run, [plain_bm25(run.task, progress=progress)]) if baseline else run


def predictions_of(
    path: Path, asked: QuestionSet, documents: Mapping[str, Document]
) -> dict[str, Prediction]:
    """The predictions of a file, ours or a TREC run of whatever system. Raises QuestionSetError."""
    if not is_trec_run(path):
        return load_predictions(path)
    return read_trec_run(path, [question.id for question in asked.questions], documents)


def _digest(asked: QuestionSet, found: Mapping[str, Prediction]) -> str:
    """A digest of what was predicted, whatever made it and however long it took."""
    said = [found[question.id] for question in asked.questions if question.id in found]
    return digest_of_text(repr([replace(one, milliseconds=None, signature=None, asked=None) for one in said]))
