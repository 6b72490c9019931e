"""The questions of a run in, how simpler rankings of the same passages do on them out.

A figure says little by itself: what matters is how much better than the simplest thing it is. So plain BM25
stands in every report. The encoder alone and words alone have to be asked for, as they take as long as a run.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.evaluation.depth import unit_of
from bot.evaluation.judging import Judged, judge
from bot.evaluation.plain_bm25 import PlainBm25
from bot.evaluation.predict import answer_to
from bot.evaluation.predictions import Prediction, Ranked
from bot.evaluation.questions import Question
from bot.meaning import Vectors
from bot.passages import cut_corpus
from bot.records import Corpus, Passage

if TYPE_CHECKING:
    from bot.assistant import Assistant

PLAIN_BM25 = "plain BM25"
ENCODER_ALONE = "encoder alone"
WORDS_ALONE = "words alone"
# How deep is ranked where a run does not tell how deep it was.
USUAL_DEPTH = 10
# So many vectors are looked at together.
ROWS_AT_ONCE = 50_000
# Shorter work needs no progress bar.
SECONDS_BEFORE_PROGRESS = 2.0

# From a question to its ranking, the best first, as long as it goes.
Ranking = Callable[[Question], Iterable[Ranked]]


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked of a corpus, and how deep it is to be ranked, in what each question ranks."""

    questions: Sequence[Question]
    corpus: Corpus
    depth: int = USUAL_DEPTH


@dataclass(frozen=True, slots=True)
class Baseline:
    """A simpler ranking and what was right about it, question by question in the order of the run's."""

    name: str
    judged: tuple[Judged, ...]


def plain_bm25(task: Task, *, progress: bool = False) -> Baseline:
    """BM25 over the bare words of the passages, asked each question without those before it."""
    passages = cut_corpus(task.corpus)
    engine = PlainBm25(passages)

    def ranking(question: Question) -> Iterator[Ranked]:
        places, scores = engine.ranked(question.question)
        return (_ranked(passages[at], score) for at, score in zip(places, scores, strict=True))

    return ranked_by(PLAIN_BM25, ranking, task, progress=progress)


def encoder_alone(assistant: "Assistant", task: Task) -> Baseline | None:
    """Passages by how alike their bare text is to the question's; None without an encoder."""
    vectors, passages = assistant.retriever.vectors, cut_corpus(task.corpus)
    if vectors is None:
        return None

    def ranking(question: Question) -> Iterator[Ranked]:
        likeness = _cosines(vectors.bare, vectors.encoder.question(question.question))
        order = np.argsort(-likeness, kind="stable")
        return (_ranked(passages[at], likeness[at]) for at in order)

    return ranked_by(ENCODER_ALONE, ranking, task, progress=True)


def words_alone(assistant: "Assistant", task: Task) -> Baseline:
    """The whole bot, of which `assistant` is one that was opened without an encoder."""

    def ranking(question: Question) -> Iterator[Ranked]:
        hits = answer_to(assistant, question, task.depth).ranked
        return (_ranked(hit.passage, hit.score) for hit in hits)

    return ranked_by(WORDS_ALONE, ranking, task, progress=True)


def ranked_by(name: str, ranking: Ranking, task: Task, *, progress: bool) -> Baseline:
    """What was right about a ranking of the passages."""
    from tqdm import tqdm

    asked = tqdm(
        task.questions,
        desc=name.capitalize(),
        unit="question",
        delay=SECONDS_BEFORE_PROGRESS,
        leave=False,
        disable=not progress,
    )
    said = {question.id: _prediction(question, ranking(question), task.depth) for question in asked}
    documents = {document.id: document for document in task.corpus.documents}
    return Baseline(name, judge(task.questions, said, documents))


def _prediction(question: Question, ranking: Iterable[Ranked], depth: int) -> Prediction:
    unit = unit_of(question)
    taken: list[Ranked] = []
    seen: set[object] = set()
    for passage in ranking:
        taken.append(passage)
        seen.add(passage.doc if unit == "document" else passage)
        if len(seen) >= depth:
            break
    return Prediction(question.id, "related", ranked=tuple(taken), depth=depth, unit=unit, decided=False)


def _cosines(rows: NDArray[np.floating], question: Vectors) -> NDArray[np.float32]:
    """How alike each row is to a question; a part of them at a time, as they are kept in half precision."""
    starts = range(0, len(rows), ROWS_AT_ONCE)
    return np.concatenate([rows[at : at + ROWS_AT_ONCE].astype(np.float32) @ question for at in starts])


def _ranked(passage: Passage, score: float) -> Ranked:
    return Ranked(passage.doc, passage.start, passage.end, float(score))
