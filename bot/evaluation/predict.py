"""Questions in, predictions out: the same assistant that patients get, asked one after the other."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol, TextIO

from bot.assistant import Assistant
from bot.errors import QuestionError
from bot.evaluation.binding import digest_of_asked
from bot.evaluation.depth import unit_of
from bot.evaluation.origin import Origin
from bot.evaluation.questions import Question
from bot.opening import Opening
from bot.records import Answer, Hit, Turn
from bot.rendering.prediction import as_prediction

# Shorter runs need no progress bar.
SECONDS_BEFORE_PROGRESS = 2.0
# So many questions are handed to a process at a time: few enough to lose little when killed.
CHUNK = 8
# No ranking is as long.
EVERYTHING = 1_000_000


class Answering(Protocol):
    """What is asked: the assistant, or in tests something that stands in for it."""

    def ask(self, question: str, history: Sequence[Turn] = ..., *, depth: int = ...) -> Answer:
        """What is said to a question; raises QuestionError for one that cannot be looked up."""

    def replay(self, questions: Sequence[str]) -> tuple[Turn, ...]:
        """The turns of a conversation in which these were asked in order."""


def predict(
    assistant: Answering, questions: Iterable[Question], *, depth: int = 10
) -> Iterator[dict[str, object]]:
    """One prediction for each question, in order, bound to its wording.

    The ranking is `depth` long, in documents where the answers are whole documents; 0 leaves it out.
    """
    for question in questions:
        answer = answer_to(assistant, question, depth)
        said = as_prediction(answer, question_id=question.id, ranked=depth > 0)
        ranked = {"depth": depth, "unit": unit_of(question)} if depth > 0 else {}
        yield {**said, **ranked, "asked": digest_of_asked(question)}


@dataclass(frozen=True, slots=True)
class Apart:
    """What each of several processes opens and how deep it ranks."""

    opening: Opening
    depth: int = 10


def predict_apart(
    how: Apart, questions: Sequence[Question], *, processes: int
) -> Iterator[dict[str, object]]:
    """The same from several processes, each of which reads the corpus folder for itself."""
    from multiprocessing import get_context

    # A fresh interpreter each: forking a process that has threads may hang.
    with get_context("spawn").Pool(processes) as pool:
        tasks = ((how, question) for question in questions)
        yield from pool.imap(_predicted, tasks, chunksize=CHUNK)


def _predicted(task: tuple[Apart, Question]) -> dict[str, object]:
    how, question = task
    (prediction,) = predict(_opened(how), [question], depth=how.depth)
    return prediction


@cache
def _opened(how: Apart) -> Assistant:
    return how.opening.assistant()


def with_progress(
    predictions: Iterable[dict[str, object]], *, total: int, done: int = 0
) -> Iterable[dict[str, object]]:
    """The same predictions, counted in a bar on standard error once it takes a while."""
    from tqdm import tqdm

    return tqdm(
        predictions,
        desc="Asking",
        unit="question",
        total=total,
        initial=done,
        delay=SECONDS_BEFORE_PROGRESS,
        leave=False,
    )


def write_predictions(
    predictions: Iterable[Mapping[str, object]], file: TextIO, *, origin: Origin | None = None
) -> int:
    """Writes one prediction a line, each signed with what made it, and returns how many there were."""
    signature = {} if origin is None else {"signature": str(origin)}
    count = 0
    for prediction in predictions:
        file.write(json.dumps({**prediction, **signature}) + "\n")
        count += 1
    return count


def answer_to(assistant: Answering, question: Question, depth: int) -> Answer:
    """What a question gets after its history; one that cannot be looked up gets the outcome "none".

    Where documents are ranked, the ranking goes on until it has passages of `depth` of them.
    """
    whole = unit_of(question) == "document" and depth > 0
    try:
        history = assistant.replay(question.history) if question.history else ()
        answer = assistant.ask(question.question, history, depth=EVERYTHING if whole else depth)
        return replace(answer, ranked=_of_documents(answer.ranked, depth)) if whole else answer
    except QuestionError:
        return Answer(question=question.question, outcome="none")


def _of_documents(hits: Sequence[Hit], depth: int) -> tuple[Hit, ...]:
    """The ranking up to the first passage of its last document."""
    seen: set[str] = set()
    for place, hit in enumerate(hits):
        seen.add(hit.passage.doc)
        if len(seen) == depth:
            return tuple(hits[: place + 1])
    return tuple(hits)
