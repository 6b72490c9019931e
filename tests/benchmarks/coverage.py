"""How often 95 % intervals have what they are of, by simulation: `python -m tests.benchmarks.coverage`.

Sets of questions are drawn again and again from a world in which the true figure is known.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bot.evaluation.discrimination import discrimination
from bot.evaluation.intervals import DIFFERENCE, Interval, Numbers, interval_of_mean
from bot.evaluation.judging import Judged
from bot.evaluation.risk import risk_curve

SEED = 20_240_607
REPEATS = 2000
# What 95 of 100 is held to.
LEAST, MOST = 0.93, 0.97

Draw = Callable[[np.random.Generator], tuple[Interval | None, float]]


def alone(count: int) -> list[str]:
    """Names of questions that do not depend on each other."""
    return [f"q{place}" for place in range(count)]


def share(probability: float, count: int) -> Draw:
    """Right or wrong, as hit@1."""

    def draw(random: np.random.Generator) -> tuple[Interval | None, float]:
        values = (random.random(count) < probability).astype(float)
        return interval_of_mean(values.tolist(), alone(count)), probability

    return draw


def graded(count: int) -> Draw:
    """Between 0 and 1 with many at either end, as nDCG."""

    def draw(random: np.random.Generator) -> tuple[Interval | None, float]:
        kind = random.random(count)
        values = np.where(kind < 0.2, 0.0, np.where(kind < 0.5, 1.0, random.beta(2, 1.5, size=count)))
        return interval_of_mean(values.tolist(), alone(count)), 0.3 + 0.5 * 2 / 3.5

    return draw


def paired(count: int, better: float, worse: float) -> Draw:
    """Differences of right and wrong between two runs, most of them 0."""

    def draw(random: np.random.Generator) -> tuple[Interval | None, float]:
        values = random.choice([1.0, -1.0, 0.0], p=[better, worse, 1 - better - worse], size=count)
        return interval_of_mean(values.tolist(), alone(count), DIFFERENCE), better - worse

    return draw


def clustered(documents: int, ease: tuple[float, float] = (1.5, 1.5)) -> Draw:
    """Two to twelve questions on each document, of which some are easy and some are hard."""

    def draw(random: np.random.Generator) -> tuple[Interval | None, float]:
        sizes = random.integers(2, 13, size=documents)
        each = np.repeat(random.beta(*ease, size=documents), sizes)
        values = (random.random(each.size) < each).astype(float)
        groups = [f"d{place}" for place in np.repeat(np.arange(documents), sizes)]
        return interval_of_mean(values.tolist(), groups), ease[0] / sum(ease)

    return draw


def clustered_differences(documents: int) -> Draw:
    """Differences between two runs that depend on the document."""

    def draw(random: np.random.Generator) -> tuple[Interval | None, float]:
        sizes = random.integers(2, 13, size=documents)
        each = np.repeat(random.beta(1.5, 3, size=documents), sizes)
        values = (random.random(each.size) < each) * random.choice([1.0, -1.0], p=[0.7, 0.3], size=each.size)
        groups = [f"d{place}" for place in np.repeat(np.arange(documents), sizes)]
        return interval_of_mean(values.tolist(), groups, DIFFERENCE), 0.4 / 3

    return draw


def told_apart(count: int) -> Draw:
    """AUROC of confidences of which those of right questions are higher by one standard deviation."""

    def draw(random: np.random.Generator) -> tuple[Interval | None, float]:
        found = [one for one in discrimination(_rated(random, count)) if one.of == "right"]
        # The chance that of two normal variables a standard deviation apart the higher one is higher.
        return (found[0].interval if found else None), 0.760250

    return draw


def risk_area(count: int, true: float) -> Draw:
    """The area under the risk-coverage curve of the same confidences."""

    def draw(random: np.random.Generator) -> tuple[Interval | None, float]:
        curve = risk_curve(_rated(random, count))
        return (curve.interval if curve else None), true

    return draw


def _drawn(random: np.random.Generator, count: int) -> tuple[NDArray[np.bool_], Numbers]:
    right = random.random(count) < 0.6
    logits = random.normal(size=count) + right
    return right, np.asarray(1 / (1 + np.exp(-logits)))


def _rated(random: np.random.Generator, count: int) -> list[Judged]:
    right, confidences = _drawn(random, count)
    return [
        replace(ANY, id=f"q{place}", found_at=(1,) if good else (None,), confidence=float(confidence))
        for place, (good, confidence) in enumerate(zip(right, confidences, strict=True))
    ]


ANY = Judged(
    id="q",
    kind="all",
    answerable=True,
    outcome="answered",
    found_at=(1,),
    shown=1,
    shown_hits=1,
    shown_characters=1,
    violations=(),
    confidence=0.5,
    milliseconds=None,
)


def true_risk_area() -> float:
    """The area that a set of endless size would have."""
    right, confidences = _drawn(np.random.default_rng(1), 1_000_000)
    wrong = ~right[np.argsort(-confidences)]
    return float((np.cumsum(wrong) / np.arange(1, wrong.size + 1)).mean())


def worlds() -> Mapping[str, Draw]:
    """All that is simulated, by name."""
    area = true_risk_area()
    return {
        **{f"share {p}, n = {n}": share(p, n) for p in (0.5, 0.7, 0.9) for n in (40, 80, 200, 1000)},
        **{f"graded, n = {n}": graded(n) for n in (40, 80, 200, 1000)},
        **{f"difference of shares, n = {n}": paired(n, 0.2, 0.1) for n in (40, 80, 200, 1000)},
        **{f"share on {d} documents": clustered(d) for d in (20, 30, 50, 100)},
        **{f"share .8 on {d} documents": clustered(d, (4, 1)) for d in (20, 30, 50, 100)},
        **{f"difference on {d} documents": clustered_differences(d) for d in (20, 30, 50, 100)},
        **{f"AUROC, n = {n}": told_apart(n) for n in (80, 200, 500)},
        **{f"risk-coverage area, n = {n}": risk_area(n, area) for n in (80, 200, 500)},
    }


def coverage(draw: Draw, repeats: int) -> float:
    """How often the interval has the true value."""
    random = np.random.default_rng(SEED)
    held = 0
    for _ in range(repeats):
        interval, true = draw(random)
        held += interval is not None and interval.low <= true <= interval.high
    return held / repeats


def standard_error(repeats: int) -> float:
    """That of a coverage of 95 % as it is simulated."""
    return float(np.sqrt(0.95 * 0.05 / repeats))


def main() -> int:
    """Prints the table; 1 where an interval holds less or more often than it should."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else REPEATS
    slack, off = 2 * standard_error(repeats), 0
    for name, draw in worlds().items():
        held = coverage(draw, repeats)
        out = not LEAST - slack <= held <= MOST + slack
        off += out
        print(f"{name:35} {100 * held:5.1f} %{'  <-' if out else ''}", flush=True)
    return 1 if off else 0


if __name__ == "__main__":
    sys.exit(main())
