"""Figures in, coordinates of plots out; the report's template draws them as SVG."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.evaluation.judging import Judged
from bot.evaluation.metrics import ALL, Figure
from bot.evaluation.reliability import Bin

# The drawing area of a plot in SVG units.
WIDTH, HEIGHT = 520.0, 180.0
BAR_HEIGHT = 16.0
BINS = 20
# A curve of 10,000 questions has no more to show than one of these points.
MOST_POINTS = 400


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its interval, as lengths in SVG units, and what it says of so many questions."""

    label: str
    questions: int
    value: str
    length: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a histogram in SVG units, `y` counted from the top."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a reliability diagram in SVG units, with its interval, and what it says."""

    x: float
    y: float
    low: float
    high: float
    said: str


def points(bins: Sequence[Bin]) -> tuple[Point, ...]:
    """A point for each bin: its mean confidence to the right, the share that is right upwards."""
    return tuple(
        Point(
            one.confidence * WIDTH,
            (1 - one.right) * HEIGHT,
            (1 - (one.interval.low if one.interval else one.right)) * HEIGHT,
            (1 - (one.interval.high if one.interval else one.right)) * HEIGHT,
            f"{one.n} questions with a mean confidence of {one.confidence:.2f}, {one.right:.2f} right",
        )
        for one in bins
    )


def oracle_line(wrong: float, count: int) -> str:
    """The points of the risk-coverage curve on which all mistakes come last."""
    right = round((1 - wrong) * count)
    coverage = [(at + 1) / count for at in range(count)]
    return line(coverage, [max(0, at + 1 - right) / (at + 1) for at in range(count)])


def bars(table: Mapping[str, Sequence[Figure]], measure: str) -> tuple[Bar, ...]:
    """One bar for each kind that the measure, a share from 0 to 1, applies to."""
    found = []
    for kind, row in table.items():
        figure = next(figure for figure in row if figure.measure == measure)
        if figure.value is not None:
            low = figure.interval.low if figure.interval else figure.value
            high = figure.interval.high if figure.interval else figure.value
            found.append(
                Bar(
                    "all questions" if kind == ALL else kind,
                    figure.n,
                    f"{figure.value:.3f}",
                    figure.value * WIDTH,
                    low * WIDTH,
                    high * WIDTH,
                )
            )
    return tuple(found)


def line(xs: Sequence[float], ys: Sequence[float]) -> str:
    """The points of an SVG polyline for values from 0 to 1, thinned out where there are many."""
    step = max(1, len(xs) // MOST_POINTS)
    places = [*range(0, len(xs), step), len(xs) - 1]
    return " ".join(f"{xs[at] * WIDTH:.1f},{(1 - ys[at]) * HEIGHT:.1f}" for at in places)


def histogram(values: Sequence[float], *, highest: float) -> tuple[Column, ...]:
    """How often values from 0 to `highest` occur; higher ones count in the last column."""
    given = np.minimum(np.asarray(values, dtype=np.float64), highest)
    counts, _ = np.histogram(given, bins=BINS, range=(0.0, highest))
    tallest, width = max(int(counts.max()), 1), WIDTH / BINS
    return tuple(
        Column(place * width, HEIGHT * (1 - count / tallest), width - 1, HEIGHT * count / tallest)
        for place, count in enumerate(counts.tolist())
    )


def confidences(judged: Sequence[Judged], *, right: bool) -> list[float]:
    """The confidences of questions whose first ranked passage is right, or is not."""
    return [
        record.confidence
        for record in judged
        if record.counted
        and record.confidence is not None
        and (record.answerable and record.rank == 1) is right
    ]
