"""Records of two or more runs in, paired differences out.

Two runs are compared question by question with a randomisation test (Smucker, Allan and Carterette 2007):
if neither is better, each difference could as well have had the other sign. Questions that depend on each
other are one case. All p-values of one report are
corrected together by Holm's method.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations

import numpy as np

from bot.evaluation.baselines import Baseline
from bot.evaluation.intervals import DIFFERENCE, NUMBERS_AT_ONCE, SEED, Interval, Numbers, interval_of_mean
from bot.evaluation.judging import Judged
from bot.evaluation.metrics import MEASURES, Measure

# Two to the power of so many signs are tried at once.
MOST_TRIED = 20
# 13 runs make some 600 p-values: Holm's correction must be able to leave one of them below 0.05.
MOST_DRAWN = 200_000
DRAWN_AT_ONCE = 10_000
# A p-value that rests on so many cases has a standard error of a twentieth of itself.
ENOUGH = 400
# Sums that differ by rounding alone are equal.
ROUNDING = 1e-9
# What is tested: few, since each more makes the others harder to show.
COMPARED = ("hit@1", "hit@3", "MRR@10", "nDCG@10", "answered", "helped", "refused", "word-F1")
# What a mere ranking can be compared in.
RANKED = ("hit@1", "hit@3", "MRR@10", "nDCG@10")


@dataclass(frozen=True, slots=True)
class Difference:
    """How much better (above 0) or worse the second run is than the first in one measure.

    `p` is the two-sided p-value, `corrected` the same after Holm's correction; `wins` and `losses` are the
    ids of the questions in which the second run is better or worse; `before` is the first run's mean,
    `after` the second's.
    """

    first: str
    second: str
    measure: str
    n: int
    before: float
    after: float
    mean: float
    interval: Interval | None
    p: float
    corrected: float
    wins: tuple[str, ...]
    losses: tuple[str, ...]


def compare(
    runs: Mapping[str, Sequence[Judged]], *, against: str | None = None, names: Sequence[str] = COMPARED
) -> tuple[Difference, ...]:
    """The differences of runs over the same questions, in every measure of these names that applies.

    Of every pair, or of every other run `against` a named one: fewer tests, so that each is easier to pass.
    """
    measures = [measure for measure in MEASURES if measure.name in names]
    pairs = (
        combinations(runs, 2) if against is None else ((against, name) for name in runs if name != against)
    )
    found = [
        difference
        for first, second in pairs
        for measure in measures
        if (difference := _difference(first, second, runs, measure)) is not None
    ]
    return _corrected(found)


def compare_with(
    judged: Sequence[Judged], baselines: Iterable[Baseline], *, name: str
) -> tuple[Difference, ...]:
    """How much better than each baseline a run ranks, all corrected together."""
    found = [
        difference
        for baseline in baselines
        for difference in compare(
            {baseline.name: baseline.judged, name: judged}, against=baseline.name, names=RANKED
        )
    ]
    return _corrected(found)


def _corrected(found: Sequence[Difference]) -> tuple[Difference, ...]:
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
    """The two-sided p-value of paired differences; never 0, as the runs themselves are one of the cases.

    It is exact where differences are whole (for right and wrong it is the sign test) or few.
    """
    moved = np.asarray([difference for difference in differences if difference != 0], dtype=np.float64)
    if moved.size == 0:
        return 1.0
    whole = np.rint(moved)
    if np.abs(moved - whole).max() < ROUNDING:
        return _counted(np.abs(whole).astype(np.int64).tolist(), abs(int(whole.sum())))
    return _tried(moved) if moved.size <= MOST_TRIED else _drawn(moved)


def _counted(sizes: Sequence[int], observed: int) -> float:
    """The share of all signs that sum up to as much, by counting the ways to every sum."""
    total = sum(sizes)
    ways = np.zeros(total + 1)
    ways[0] = 1.0
    for size in sizes:
        # Half of all cases have this difference among those above 0.
        ways = (ways + np.concatenate((np.zeros(size), ways[: total + 1 - size]))) / 2
    sums = np.abs(2 * np.arange(total + 1) - total)
    return min(1.0, float(ways[sums >= observed].sum()))


def _tried(moved: Numbers) -> float:
    """The same for a few differences of any size, by trying all signs."""
    sums = moved[:1]
    for size in moved[1:]:
        # The first keeps its sign, as turning all signs changes no sum's size.
        sums = np.concatenate((sums + size, sums - size))
    return float(np.mean(np.abs(sums) >= abs(moved.sum()) - ROUNDING))


def _drawn(moved: Numbers) -> float:
    """The same for many, by drawing signs until enough sums are as large (Besag and Clifford 1991)."""
    random = np.random.default_rng(SEED)
    least = abs(moved.sum()) - ROUNDING
    rows = min(DRAWN_AT_ONCE, max(1, NUMBERS_AT_ONCE // moved.size))
    extreme = drawn = 0
    while drawn < MOST_DRAWN and extreme < ENOUGH:
        signs = random.integers(0, 2, size=(rows, moved.size), dtype=np.int8) * 2 - 1
        extreme += int(np.count_nonzero(np.abs(signs @ moved) >= least))
        drawn += rows
    return (1 + extreme) / (1 + drawn)


def _together(differences: Sequence[float], groups: Sequence[str]) -> list[float]:
    """The sum of each group, whose differences would change their signs together."""
    sums: dict[str, float] = {}
    for group, difference in zip(groups, differences, strict=True):
        sums[group] = sums.get(group, 0.0) + difference
    return list(sums.values())


def _difference(
    first: str, second: str, runs: Mapping[str, Sequence[Judged]], measure: Measure
) -> Difference | None:
    found = [
        (record, before, after)
        for record, other in zip(runs[first], runs[second], strict=True)
        if (before := measure.of(record)) is not None and (after := measure.of(other)) is not None
    ]
    if not found:
        return None
    pairs = [(record, after - before) for record, before, after in found]
    differences, groups = [value for _, value in pairs], [record.group for record, _ in pairs]
    p = randomisation_p(_together(differences, groups))
    return Difference(
        first,
        second,
        measure.name,
        len(pairs),
        math.fsum(before for _, before, _ in found) / len(found),
        math.fsum(after for _, _, after in found) / len(found),
        sum(differences) / len(differences),
        interval_of_mean(differences, groups, DIFFERENCE),
        p,
        p,
        wins=tuple(record.id for record, value in pairs if value > 0),
        losses=tuple(record.id for record, value in pairs if value < 0),
    )


def as_json(runs: Mapping[str, str], differences: Sequence[Difference]) -> str:
    """The differences as a file, with the signature of each run by its name."""
    return json.dumps({"runs": runs, "differences": [asdict(one) for one in differences]}, indent=1) + "\n"
