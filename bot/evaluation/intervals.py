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
    if given.size < 2:
        return None
    random = np.random.default_rng(SEED)
    rows = max(1, NUMBERS_AT_ONCE // given.size)
    found = []
    for first in range(0, RESAMPLES, rows):
        size = (min(rows, RESAMPLES - first), given.size)
        picked = random.integers(given.size, size=size)
        found.append(statistic(given[np.sort(picked, axis=1) if ordered else picked]))
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(np.concatenate(found), [tail, 1 - tail])
    return Interval(float(low), float(high))
