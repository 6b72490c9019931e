"""Values of questions in, 95 % intervals out: Wilson's for shares, otherwise the bootstrap, seeded.

Questions of a group depend on each other, so that whole groups are resampled (Field and Welsh 2007). The
percentiles are moved outwards as far as a t interval is wider than a normal one (Hesterberg 2015).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

# Efron and Tibshirani (1993) ask for 1,000 or more for the ends of a 95 % interval.
RESAMPLES = 2000
SEED = 20240501
LEVEL = 0.95
# So many numbers are drawn at a time: 10,000 questions must not take gigabytes.
NUMBERS_AT_ONCE = 4_000_000
# The standard normal distribution's 97.5th percentile.
Z = 1.959963984540054
# Means that differ by rounding alone are equal.
ROUNDING = 1e-12
# What a share of questions, and a difference of two shares, lies between.
SHARE, DIFFERENCE = (0.0, 1.0), (-1.0, 1.0)

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]
# From resamples (a row each, how often each question was drawn) to one statistic a row.
Statistic = Callable[[Numbers], Numbers]


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval."""

    low: float
    high: float


def wilson(share: float, n: int) -> Interval:
    """The interval of a share of n independent questions (Wilson 1927), never without width."""
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return Interval(max(0.0, middle - half) if share else 0.0, min(1.0, middle + half) if share < 1 else 1.0)


def interval_of_mean(
    values: Sequence[float], groups: Sequence[str], bounds: tuple[float, float] | None = SHARE
) -> Interval | None:
    """The interval of the mean of values within bounds; None for fewer than 2 groups.

    Equal values tell no spread: what else there may be is then as rare as what was never seen among so many
    groups (Wilson). Without bounds they have no interval.
    """
    given = np.asarray(values, dtype=np.float64)
    names, group = np.unique(np.asarray(groups, dtype=np.str_), return_inverse=True)
    if names.size < 2:
        return None
    apart = names.size == given.size
    if bounds == SHARE and apart and np.isin(given, (0.0, 1.0)).all():
        return wilson(float(given.mean()), given.size)
    sums, counts = np.bincount(group, weights=given), np.bincount(group)
    means = sums / counts
    if np.ptp(means) < ROUNDING:
        return _unseen(float(given.mean()), names.size, bounds)
    return _percentiles(names.size, 1, lambda picked: sums[picked].sum(axis=1) / counts[picked].sum(axis=1))


def interval_of(statistic: Statistic, groups: Sequence[str]) -> Interval | None:
    """The interval of a statistic of weighted questions; None for fewer than 2 groups."""
    names, group = np.unique(np.asarray(groups, dtype=np.str_), return_inverse=True)
    size = names.size

    def of_weights(picked: Places) -> Numbers:
        rows = np.arange(len(picked))[:, None] * size
        drawn = np.bincount((picked + rows).ravel(), minlength=len(picked) * size).reshape(-1, size)
        return statistic(drawn[:, group].astype(np.float64))

    return None if size < 2 else _percentiles(size, len(groups) // size + 1, of_weights)


def _unseen(value: float, groups: int, bounds: tuple[float, float] | None) -> Interval | None:
    if bounds is None:
        return None
    lowest, highest = bounds
    share = wilson(0.0, groups).high
    return Interval(value - share * (value - lowest), value + share * (highest - value))


def _percentiles(size: int, wide: int, statistic: Callable[[Places], Numbers]) -> Interval:
    """The interval of a statistic of `size` groups that are picked, with replacement, a row a resample.

    `wide` is how many numbers the statistic works on for each that is picked.
    """
    random = np.random.default_rng(SEED)
    rows = max(1, NUMBERS_AT_ONCE // (size * wide))
    found = [
        statistic(random.integers(size, size=(min(rows, RESAMPLES - first), size)))
        for first in range(0, RESAMPLES, rows)
    ]
    tail = _tail(size)
    low, high = np.quantile(np.concatenate(found), [tail, 1 - tail])
    return Interval(float(low), float(high))


def _tail(size: int) -> float:
    """How much of the resamples is left out at either end, less than 2.5 % where there are few groups."""
    from scipy.special import ndtr, stdtrit

    return float(ndtr(-sqrt(size / (size - 1)) * stdtrit(size - 1, (1 + LEVEL) / 2)))
