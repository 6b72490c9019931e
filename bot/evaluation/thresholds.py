"""Two scored runs in, out a threshold of confidence chosen on the one and what it does on the other.

A threshold that is chosen and reported on the same questions looks better than it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.errors import QuestionSetError
from bot.evaluation.judging import Judged
from bot.evaluation.metrics import MEASURES, Figure, figures
from bot.evaluation.reliability import rated_records
from bot.evaluation.scoring import Run

# What a threshold changes, and what it leaves as it is beside them.
SHOWN = ("answered", "helped", "lost", "misled")


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What comes of one set at the threshold; `well` is the share of its questions that are treated well."""

    name: str
    figures: tuple[Figure, ...]
    well: float


@dataclass(frozen=True, slots=True)
class Threshold:
    """The confidence from which on questions are answered, and what that does to either set.

    It is the one at which most questions are treated well: answered where the first passage is right, not
    answered where it is wrong or the sources do not answer. `as_predicted` is what the run itself did.
    """

    value: float
    chosen_on: Outcomes
    reported_on: Outcomes
    as_predicted: Outcomes


def threshold(chosen_on: Run, reported_on: Run) -> Threshold:
    """The threshold and what it does. Raises QuestionSetError where confidences or rankings are missing."""
    value = _best(_rated(chosen_on))
    _rated(reported_on)
    return Threshold(
        value,
        _outcomes(chosen_on.name, at(chosen_on.judged, value)),
        _outcomes(reported_on.name, at(reported_on.judged, value)),
        _outcomes(reported_on.name, reported_on.judged),
    )


def at(judged: Sequence[Judged], value: float) -> tuple[Judged, ...]:
    """The records as if all questions of at least that confidence, and no others, had been answered."""
    return tuple(_decided(record, value) for record in judged)


def _decided(record: Judged, value: float) -> Judged:
    if record.confidence is not None and record.confidence >= value:
        return replace(record, outcome="answered")
    return replace(record, outcome="related") if record.outcome == "answered" else record


def _rated(run: Run) -> list[tuple[float, Judged]]:
    rated = rated_records(run.judged)
    if not rated:
        raise QuestionSetError(
            f"{run.name}: a threshold needs predictions that give a confidence and a ranking, for questions"
            " that somebody judged; predict anew."
        )
    return rated


def _best(rated: Sequence[tuple[float, Judged]]) -> float:
    """The highest of the best thresholds, halfway between two confidences that occur."""
    confidences = np.array([confidence for confidence, _ in rated])
    right = np.array([_is_right(record) for _, record in rated])
    steps = np.unique(confidences)
    candidates: list[float] = [0.0, *((steps[1:] + steps[:-1]) / 2).tolist(), float(steps[-1]) + 1e-6]
    well = [int(((confidences >= value) == right).sum()) for value in candidates]
    return max(value for value, count in zip(candidates, well, strict=True) if count == max(well))


def _is_right(record: Judged) -> bool:
    return record.answerable and record.rank == 1


def _outcomes(name: str, judged: Sequence[Judged]) -> Outcomes:
    counted = [record for record in judged if record.counted]
    well = sum((record.outcome == "answered") is _is_right(record) for record in counted) / len(counted)
    return Outcomes(name, figures(judged, [one for one in MEASURES if one.name in SHOWN]), well)
