"""Questions and predictions in, whether a follow-up brings up what its stand-alone form does out."""

from collections.abc import Mapping, Sequence

from bot.evaluation.gold import Gold
from bot.evaluation.predictions import Prediction
from bot.evaluation.questions import Question


def agreement(questions: Sequence[Question], predictions: Mapping[str, Prediction]) -> Mapping[str, bool]:
    """For each follow-up with a stand-alone form, whether both have the same passage first."""
    return {
        question.id: _first(predictions[question.id]) == _first(predictions[partner])
        for question, partner in pairs(questions)
    }


def pairs(questions: Sequence[Question]) -> list[tuple[Question, str]]:
    """Each follow-up with the id of its stand-alone form.

    That is the question it says it is a form of or, where it says nothing, the only one with the same spans
    as answers: two questions on one whole document, or two on one span, need not be forms of each other.
    """
    alone = [question for question in questions if not question.history]
    named = {question.id: question.id for question in alone}
    same: dict[tuple[Gold, ...], str | None] = {}
    for question in alone:
        if question.answers and all(gold.spans for gold in question.answers):
            same[question.answers] = None if question.answers in same else question.id
    return [
        (question, partner)
        for question in questions
        if question.history
        and (partner := named.get(question.of) if question.of else same.get(question.answers)) is not None
    ]


def _first(prediction: Prediction) -> tuple[str, int, int] | None:
    """What stands first in the ranking or, where that was left out, was shown first."""
    passages = prediction.ranked if prediction.ranked is not None else prediction.passages
    return next(((passage.doc, passage.start, passage.end) for passage in passages), None)
