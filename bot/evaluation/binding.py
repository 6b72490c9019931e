"""Questions and predictions in, an error out where a prediction answers what is not asked any more.

An id may stay while its question is reworded; what was said to the old wording must not be scored as if it
had been said to the new one.
"""

import json
from collections.abc import Iterable, Mapping

from bot.errors import QuestionSetError
from bot.evaluation.origin import MOST_LISTED, digest_of_text
from bot.evaluation.predictions import Prediction
from bot.evaluation.questions import Question
from bot.evaluation.quoting import quoted


def digest_of_asked(question: Question) -> str:
    """The beginning of the SHA-256 digest of a question's text and of the questions before it."""
    return digest_of_text(json.dumps([question.question, *question.history]))


def refuse_stale(questions: Iterable[Question], predictions: Mapping[str, Prediction]) -> None:
    """Raises QuestionSetError that names predictions of questions that were worded otherwise then."""
    stale = [question.id for question in questions if _is_stale(question, predictions.get(question.id))]
    if stale:
        named = ", ".join(map(quoted, stale[:MOST_LISTED])) + (", ..." if len(stale) > MOST_LISTED else "")
        some = "the question" if len(stale) == 1 else f"{len(stale)} questions"
        raise QuestionSetError(
            f"The text or the history of {some} {named} changed since the predictions were made; predict"
            " anew, or name the question set that they were made from."
        )


def on_unbound(predictions: Iterable[Prediction]) -> tuple[str, ...]:
    """A sentence where predictions do not say which wording they answer; else none."""
    known = [prediction.asked is not None for prediction in predictions if prediction.decided]
    if all(known):
        return ()
    return (
        f"{known.count(False)} of {len(known)} predictions carry no digest of their question, so that a"
        " question that was changed since would go unnoticed; predict anew to be sure.",
    )


def _is_stale(question: Question, prediction: Prediction | None) -> bool:
    return prediction is not None and prediction.asked not in {None, digest_of_asked(question)}
