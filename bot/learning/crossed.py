"""How well does it do where it has learned nothing? One home after another is left out and measured."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.answering.judge import Calibration, judged
from bot.evaluation.intervals import interval_of_mean
from bot.evaluation.table import aligned
from bot.learning.calibrations import SHOWN, fit_calibrations, ranked
from bot.learning.collected import Asked, Collected
from bot.learning.rankers import fit_ranker
from bot.ranking.ranker import Ranker
from bot.settings import Settings

# `helped`: a right passage is among the first three and they are shown, as an answer or as related; `lost`:
# an answerable question gets nothing; `answered`, `misled`: questions with and without an answer get one.
MEASURED = ("hit@1", "hit@3", "helped", "lost", "answered", "misled", "nothing")


@dataclass(frozen=True, slots=True)
class Measured:
    """One set, each of MEASURED with a value for each question that it is about."""

    name: str
    questions: int
    values: Mapping[str, tuple[float, ...]]


def crossed(collected: Sequence[Collected], *, likeness: bool = True) -> Iterator[Measured]:
    """Every set, measured with what was fitted to the sets of all other homes."""
    for home in dict.fromkeys(one.of.home for one in collected):
        others = [one for one in collected if one.of.home != home and one.of.fit]
        ranker = fit_ranker(others, likeness=likeness)
        models = fit_calibrations(others, ranker)
        for one in collected:
            if one.of.home == home:
                yield _measured(one, ranker, models)


def _measured(one: Collected, ranker: Ranker, models: Mapping[str, Calibration]) -> Measured:
    values: dict[str, list[float]] = {name: [] for name in MEASURED}
    for asked in one.asked:
        for name, value in _question(asked, ranker, models).items():
            values[name].append(float(value))
    return Measured(one.of.name, len(one.asked), {name: tuple(found) for name, found in values.items()})


def _question(asked: Asked, ranker: Ranker, models: Mapping[str, Calibration]) -> dict[str, bool]:
    ranking = ranked(asked, ranker)
    outcome = judged(ranking, models).outcome(Settings())
    if not asked.answerable:
        return {"misled": outcome == "answered", "nothing": outcome == "none"}
    right = asked.right[list(ranking.order)]
    shown = bool(right[:SHOWN].any())
    return {
        "hit@1": bool(right[:1].any()),
        "hit@3": shown,
        "helped": shown and outcome != "none",
        "lost": outcome == "none",
        "answered": outcome == "answered",
    }


def table(found: Sequence[Measured]) -> str:
    """A line a set, means with 95 % intervals."""
    rows = [["left out", "questions", *MEASURED]]
    rows += [[one.name, str(one.questions), *(_cell(one.values[name]) for name in MEASURED)] for one in found]
    return aligned(rows, left=(0,))


def _cell(values: Sequence[float]) -> str:
    if not values:
        return "-"
    ends = interval_of_mean(values, [str(place) for place in range(len(values))])
    return f"{np.mean(values):.3f}" + (f" ({ends.low:.2f}-{ends.high:.2f})" if ends else "")
