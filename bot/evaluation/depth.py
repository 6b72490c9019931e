"""Questions and predictions in, how far down rankings can be judged out, counted in what they rank.

What is ranked are whole documents where a question's answers are whole documents, passages otherwise. A
figure at a depth that the rankings do not reach would only say where they were cut.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from bot.evaluation.predictions import Prediction, Ranked
from bot.evaluation.questions import Question

Unit = Literal["passage", "document"]


def unit_of(question: Question) -> Unit:
    """What is ranked for a question."""
    whole = bool(question.answers) and not any(gold.spans for gold in question.answers)
    return "document" if whole else "passage"


def first_units(ranking: Sequence[Ranked], unit: Unit) -> list[Ranked]:
    """The ranking of units: each document at its best passage, or all passages."""
    if unit == "passage":
        return list(ranking)
    best: dict[str, Ranked] = {}
    for passage in ranking:
        best.setdefault(passage.doc, passage)
    return list(best.values())


def depth_of(questions: Sequence[Question], predictions: Mapping[str, Prediction]) -> int | None:
    """How many units deep all rankings can be judged; None where nothing was ranked.

    A ranking shorter than it was to be has ended by itself and can be judged at any depth. Where predictions
    do not say how long they were to be, the longest of them tells.
    """
    longest = max((len(said.ranked) for said in predictions.values() if said.ranked), default=0)
    reached = [
        _reached(unit_of(question), predictions[question.id], longest)
        for question in questions
        if question.answerable and predictions[question.id].ranked is not None
    ]
    return min(reached, default=longest) if longest else None


def _reached(unit: Unit, said: Prediction, longest: int) -> int:
    ranking, wanted = said.ranked or (), said.depth or longest
    if unit == "passage" or said.unit == "document" or len(ranking) < wanted:
        return wanted
    return len(first_units(ranking, unit))
