"""Confidences and what came of them in, out how far the one can be taken at the other's word.

Of the questions that are answered with a confidence of 0.7, seven in ten should be right (Murphy 1973).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.evaluation.intervals import Interval, interval_of_mean
from bot.evaluation.judging import Judged

# Wide enough that a hundred questions leave some in most of them.
BINS = 10
# The confidence is that a right passage is among the first ones.
AMONG_THE_FIRST = 3


@dataclass(frozen=True, slots=True)
class Bin:
    """The `n` questions with confidences from `low` to `high`: the mean one, and the share that is right."""

    low: float
    high: float
    n: int
    confidence: float
    right: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Reliability:
    """A reliability diagram; `of` says what is to be right.

    `error` is how far confidence and share right are apart, on average over the questions (Naeini et al.
    2015); `brier` the mean squared difference of confidence and outcome (Brier 1950). Of both, 0 is best.
    """

    of: str
    bins: tuple[Bin, ...]
    error: float
    brier: float


def reliability(judged: Sequence[Judged]) -> tuple[Reliability, ...]:
    """The diagrams for a right first passage and for one among the first; none without confidences."""
    rated = rated_records(judged)
    if not rated:
        return ()
    return (
        _diagram("first passage right", rated, lambda record: record.rank == 1),
        _diagram(
            f"a right passage among the first {AMONG_THE_FIRST}",
            rated,
            lambda record: record.rank is not None and record.rank <= AMONG_THE_FIRST,
        ),
    )


def rated_records(judged: Sequence[Judged]) -> list[tuple[float, Judged]]:
    """The counted records with their confidences; none at all where predictions have no ranking."""
    rated = [
        (record.confidence, record) for record in judged if record.counted and record.confidence is not None
    ]
    return [] if any(record.found_at is None for _, record in rated) else rated


def _diagram(
    of: str, rated: Sequence[tuple[float, Judged]], is_right: Callable[[Judged], bool]
) -> Reliability:
    confidences = np.array([confidence for confidence, _ in rated])
    right = np.array([float(record.answerable and is_right(record)) for _, record in rated])
    place = np.clip((confidences * BINS).astype(int), 0, BINS - 1)
    bins = []
    for at in np.unique(place):
        inside = np.flatnonzero(place == at)
        bins.append(
            Bin(
                float(at / BINS),
                float((at + 1) / BINS),
                inside.size,
                float(confidences[inside].mean()),
                float(right[inside].mean()),
                interval_of_mean(
                    right[inside].tolist(), [rated[where][1].group for where in inside.tolist()]
                ),
            )
        )
    error = sum(each.n * abs(each.confidence - each.right) for each in bins) / len(rated)
    return Reliability(of, tuple(bins), error, float(np.mean((confidences - right) ** 2)))
