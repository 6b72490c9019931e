"""Records of two or more runs in, paired differences out.

Two runs are compared question by question with a randomisation test (Smucker, Allan and Carterette 2007):
if neither is better, each difference could as well have had the other sign. All p-values of one report are
corrected together by Holm's method.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from bot.evaluation.intervals import NUMBERS_AT_ONCE, SEED, Interval, interval_of_mean
from bot.evaluation.judging import Judged
from bot.evaluation.metrics import MEASURES, Measure

# With so many a p-value of 0.05 has a standard error of 0.002.
PERMUTATIONS = 10_000
# Sums that differ by rounding alone are equal.
ROUNDING = 1e-9
# What is tested: few, since each more makes the others harder to show.
COMPARED = ("hit@1", "hit@3", "MRR@10", "nDCG@10", "answered", "shown-hit", "refused", "word-F1")


@dataclass(frozen=True, slots=True)
class Difference:
    """How much better (above 0) or worse the second run is than the first in one measure.

    `p` is the two-sided p-value, `corrected` the same after Holm's correction; `wins` and `losses` are the
    ids of the questions in which the second run is better or worse.
    """

    first: str
    second: str
    measure: str
    n: int
    mean: float
    interval: Interval | None
    p: float
    corrected: float
    wins: tuple[str, ...]
    losses: tuple[str, ...]


def compare(runs: Mapping[str, Sequence[Judged]]) -> tuple[Difference, ...]:
    """The differences of every pair of runs over the same questions, in every measure that applies."""
    measures = [measure for measure in MEASURES if measure.name in COMPARED]
    found = [
        difference
        for first, second in combinations(runs, 2)
        for measure in measures
        if (difference := _difference(first, second, runs, measure)) is not None
    ]
    corrected = holm([difference.p for difference in found])
    return tuple(replace(difference, corrected=p) for difference, p in zip(found, corrected, strict=True))


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """P-values corrected for their number (Holm 1979), in their order."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    corrected, highest = [0.0] * len(p_values), 0.0
    for step, place in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - step) * p_values[place]))
        corrected[place] = highest
    return tuple(corrected)


def randomisation_p(differences: Sequence[float]) -> float:
    """The two-sided p-value of paired differences; never 0, as the runs themselves are one of the cases."""
    moved = np.asarray([difference for difference in differences if difference != 0], dtype=np.float64)
    if moved.size == 0:
        return 1.0
    random = np.random.default_rng(SEED)
    least = abs(moved.sum()) - ROUNDING
    rows = max(1, NUMBERS_AT_ONCE // moved.size)
    extreme = 0
    for first in range(0, PERMUTATIONS, rows):
        size = (min(rows, PERMUTATIONS - first), moved.size)
        signs = random.integers(0, 2, size=size, dtype=np.int8) * 2 - 1
        extreme += int(np.count_nonzero(np.abs(signs @ moved) >= least))
    return (1 + extreme) / (1 + PERMUTATIONS)


def _together(differences: Sequence[float], groups: Sequence[str]) -> list[float]:
    """The sum of each group: forms of one question would change their signs together."""
    sums: dict[str, float] = {}
    for group, difference in zip(groups, differences, strict=True):
        sums[group] = sums.get(group, 0.0) + difference
    return list(sums.values())


def _difference(
    first: str, second: str, runs: Mapping[str, Sequence[Judged]], measure: Measure
) -> Difference | None:
    pairs = [
        (record, after - before)
        for record, other in zip(runs[first], runs[second], strict=True)
        if (before := measure.of(record)) is not None and (after := measure.of(other)) is not None
    ]
    if not pairs:
        return None
    differences, groups = [value for _, value in pairs], [record.group for record, _ in pairs]
    p = randomisation_p(_together(differences, groups))
    return Difference(
        first,
        second,
        measure.name,
        len(pairs),
        sum(differences) / len(differences),
        interval_of_mean(differences, groups),
        p,
        p,
        wins=tuple(record.id for record, value in pairs if value > 0),
        losses=tuple(record.id for record, value in pairs if value < 0),
    )
