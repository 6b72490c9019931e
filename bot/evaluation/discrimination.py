"""Confidences and what came of them in, out how well the one tells right from wrong.

The area under the receiver operating characteristic is how often, of a right and a wrong one drawn by chance,
the right one has the higher confidence (Hanley and McNeil 1982): 0.5 is chance, 1 is best.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.evaluation.intervals import Interval, Numbers, Statistic, interval_of
from bot.evaluation.judging import Judged
from bot.evaluation.reliability import rated_records


@dataclass(frozen=True, slots=True)
class Discrimination:
    """How well confidence tells the `positive` questions, those that are `of` a kind, from the others."""

    of: str
    area: float
    interval: Interval | None
    positive: int
    negative: int


def discrimination(judged: Sequence[Judged]) -> tuple[Discrimination, ...]:
    """How well confidence tells right from wrong, and answerable from not, where there are both."""
    found = (
        _area("right", judged, lambda record: record.answerable and record.rank == 1),
        _area("answerable", judged, lambda record: record.answerable),
    )
    return tuple(each for each in found if each is not None)


def _area(of: str, judged: Sequence[Judged], is_positive: Callable[[Judged], bool]) -> Discrimination | None:
    rated = sorted(rated_records(judged), key=lambda pair: pair[0])
    positive = np.array([is_positive(record) for _, record in rated], dtype=bool)
    if positive.all() or not positive.any():
        return None
    confidences = np.array([confidence for confidence, _ in rated])
    areas = _areas(confidences, positive)
    return Discrimination(
        of,
        float(areas(np.ones((1, len(rated))))[0]),
        interval_of(areas, [record.group for _, record in rated]),
        int(positive.sum()),
        int((~positive).sum()),
    )


def _areas(confidences: Numbers, positive: NDArray[np.bool_]) -> Statistic:
    """The area of each resample of questions in the order of rising confidence; ties count half."""
    starts = np.flatnonzero(np.concatenate(([True], np.diff(confidences) > 0)))

    def of(weights: Numbers) -> Numbers:
        right = np.add.reduceat(weights * positive, starts, axis=1)
        wrong = np.add.reduceat(weights * ~positive, starts, axis=1)
        below = np.cumsum(wrong, axis=1) - wrong
        won = (right * (below + wrong / 2)).sum(axis=1)
        pairs = right.sum(axis=1) * wrong.sum(axis=1)
        # A resample without one of the two tells nothing, which is chance.
        return np.asarray(np.where(pairs > 0, won / np.maximum(pairs, 1), 0.5))

    return of
