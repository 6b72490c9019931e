"""Values of questions in, intervals out: the percentile bootstrap, seeded and vectorised."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Efron and Tibshirani (1993) ask for 1,000 or more for the ends of a 95 % interval.
RESAMPLES = 2000
SEED = 20240501
LEVEL = 0.95
# So many numbers are drawn at a time: 10,000 questions must not take gigabytes.
NUMBERS_AT_ONCE = 4_000_000

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]
# From resamples (a row each, its questions in their order) to one statistic a row.
Statistic = Callable[[Numbers], Numbers]


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval."""

    low: float
    high: float


def mean(resamples: Numbers) -> Numbers:
    """The mean of each row."""
    return np.asarray(resamples.mean(axis=1))


def interval(
    values: Sequence[float], statistic: Statistic = mean, *, ordered: bool = False
) -> Interval | None:
    """The interval of a statistic over resampled questions; None for fewer than 2 values.

    `ordered` keeps the questions of each resample in their order, for statistics that depend on it.
    """
    given = np.asarray(values, dtype=np.float64)
    return _interval(
        given.size, lambda picked: statistic(given[np.sort(picked, axis=1) if ordered else picked])
    )


def interval_of_mean(values: Sequence[float], groups: Sequence[str]) -> Interval | None:
    """The interval of the mean where the values of a group, forms of one question, depend on each other.

    Whole groups are resampled (Field and Welsh 2007); None for fewer than 2 groups.
    """
    names, group = np.unique(np.asarray(groups, dtype=np.str_), return_inverse=True)
    if names.size == len(values):
        return interval(values)
    sums, counts = np.bincount(group, weights=np.asarray(values, dtype=np.float64)), np.bincount(group)
    return _interval(names.size, lambda picked: sums[picked].sum(axis=1) / counts[picked].sum(axis=1))


def _interval(size: int, statistic: Callable[[Places], Numbers]) -> Interval | None:
    """The interval of a statistic of the places that are picked, with replacement, a row a resample."""
    if size < 2:
        return None
    random = np.random.default_rng(SEED)
    rows = max(1, NUMBERS_AT_ONCE // size)
    found = [
        statistic(random.integers(size, size=(min(rows, RESAMPLES - first), size)))
        for first in range(0, RESAMPLES, rows)
    ]
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(np.concatenate(found), [tail, 1 - tail])
    return Interval(float(low), float(high))
