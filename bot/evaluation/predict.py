"""Questions in, predictions out: the same assistant that patients get, asked one after the other."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TextIO

from bot.errors import QuestionError
from bot.evaluation.questions import Question
from bot.prediction import as_prediction
from bot.records import Answer, Turn

# Shorter runs need no progress bar.
SECONDS_BEFORE_PROGRESS = 2.0


class Answering(Protocol):
    """What is asked: the assistant, or in tests something that stands in for it."""

    def ask(self, question: str, history: Sequence[Turn] = ..., *, depth: int = ...) -> Answer:
        """What is said to a question; raises QuestionError for one that cannot be looked up."""

    def replay(self, questions: Sequence[str]) -> tuple[Turn, ...]:
        """The turns of a conversation in which these were asked in order."""


def predict(
    assistant: Answering, questions: Sequence[Question], *, depth: int = 10, progress: bool = False
) -> Iterator[dict[str, object]]:
    """One prediction for each question, in order; depth 0 leaves the ranking out.

    A question that cannot be looked up at all gets the outcome "none".
    """
    for question in _with_progress(questions, shown=progress):
        answer = _answer(assistant, question, depth)
        yield as_prediction(answer, question_id=question.id, ranked=depth > 0)


def write_predictions(predictions: Iterable[Mapping[str, object]], file: TextIO) -> int:
    """Writes one prediction a line and returns how many there were."""
    count = 0
    for prediction in predictions:
        file.write(json.dumps(prediction) + "\n")
        count += 1
    return count


def _answer(assistant: Answering, question: Question, depth: int) -> Answer:
    try:
        history = assistant.replay(question.history) if question.history else ()
        return assistant.ask(question.question, history, depth=depth)
    except QuestionError:
        return Answer(question=question.question, outcome="none")


def _with_progress(questions: Sequence[Question], *, shown: bool) -> Iterable[Question]:
    if not shown:
        return questions
    from tqdm import tqdm

    return tqdm(questions, desc="Asking", unit="question", delay=SECONDS_BEFORE_PROGRESS, leave=False)
