from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from bot.answering.judge import Calibration
from bot.errors import BotError
from bot.learning import crossed as module
from bot.learning.calibrations import MODELS
from bot.learning.collected import Asked, Collected
from bot.learning.crossed import MEASURED, Measured, crossed, table
from bot.learning.sets import TrainingSet
from bot.ranking.features import CIRCUMSTANCES, FEATURES
from bot.ranking.ranker import Ranker

AskedOf = Callable[..., Asked]
CollectedOf = Callable[..., Collected]
RANKER = Ranker(np.outer([name == "words" for name in FEATURES], [1.0] + [0.0] * (len(CIRCUMSTANCES) - 1)))
# By what is told surely of a first passage: that it answers, and that something is near.
SURE = {"answered": (9.0, 9.0), "related": (-9.0, 9.0), "none": (-9.0, -9.0)}
SET = TrainingSet("a", Path("corpus"), Path("set.jsonl"), 1.0, 0, None, True)


@dataclass
class Fits:
    """What was fitted to which sets, by name, and with likeness or not; `intercepts` are what came out."""

    rankers: list[list[str]] = field(default_factory=list)
    calibrations: list[list[str]] = field(default_factory=list)
    likeness: list[bool] = field(default_factory=list)
    intercepts: tuple[float, float] = SURE["answered"]

    def ranker(self, collected: Sequence[Collected], *, likeness: bool) -> Ranker:
        self.rankers.append([one.of.name for one in collected])
        self.likeness.append(likeness)
        return RANKER

    def models(self, collected: Sequence[Collected], _: Ranker) -> dict[str, Calibration]:
        self.calibrations.append([one.of.name for one in collected])
        return {name: Calibration(at, {}) for name, at in zip(MODELS, self.intercepts, strict=True)}


@pytest.fixture
def fits(monkeypatch: pytest.MonkeyPatch) -> Fits:
    """Nothing is fitted, but what would have been is written down."""
    fits = Fits()
    monkeypatch.setattr(module, "fit_ranker", fits.ranker)
    monkeypatch.setattr(module, "fit_calibrations", fits.models)
    return fits


def test_nothing_is_fitted_to_the_home_that_is_measured(collected_of: CollectedOf, fits: Fits) -> None:
    sets = [collected_of(home=home, questions=f"{at}.jsonl") for at, home in enumerate("abac")]
    assert [one.name for one in crossed(sets)] == ["a 0", "a 2", "b 1", "c 3"]
    assert fits.rankers == [["b 1", "c 3"], ["a 0", "a 2", "c 3"], ["a 0", "b 1", "a 2"]]
    assert fits.calibrations == fits.rankers


def test_a_set_that_is_not_for_fitting_is_only_measured(collected_of: CollectedOf, fits: Fits) -> None:
    sets = [collected_of(home="a"), collected_of(home="b"), collected_of(home="c", fit=False)]
    assert [one.name for one in crossed(sets)] == ["a set", "b set", "c set"]
    assert fits.rankers == fits.calibrations == [["b set"], ["a set"], ["a set", "b set"]]


@pytest.mark.parametrize("likeness", [True, False])
def test_likeness_is_fitted_only_where_it_is_asked_for(
    collected_of: CollectedOf, fits: Fits, likeness: bool
) -> None:
    list(crossed([collected_of(home="a"), collected_of(home="b")], likeness=likeness))
    assert fits.likeness == [likeness, likeness]


def test_one_home_alone_is_an_error_that_says_so(asked_of: AskedOf, collected_of: CollectedOf) -> None:
    pytest.importorskip("scipy")
    with pytest.raises(BotError):
        list(crossed([collected_of(asked_of((0.9, 0.1), 0))]))


@pytest.mark.parametrize(
    ("right", "outcome", "values"),
    [
        ((0,), "answered", {"hit@1": 1, "hit@3": 1, "helped": 1, "lost": 0, "answered": 1}),
        ((2,), "related", {"hit@1": 0, "hit@3": 1, "helped": 1, "lost": 0, "answered": 0}),
        ((2,), "none", {"hit@1": 0, "hit@3": 1, "helped": 0, "lost": 1, "answered": 0}),
        ((3,), "answered", {"hit@1": 0, "hit@3": 0, "helped": 0, "lost": 0, "answered": 1}),
        ((), "answered", {"misled": 1, "nothing": 0}),
        ((), "related", {"misled": 0, "nothing": 0}),
        ((), "none", {"misled": 0, "nothing": 1}),
    ],
)
def test_a_question_is_measured_by_what_it_is_about(
    asked_of: AskedOf, fits: Fits, right: tuple[int, ...], outcome: str, values: dict[str, int]
) -> None:
    fits.intercepts = SURE[outcome]
    (measured,) = crossed([Collected(SET, (asked_of((0.9, 0.7, 0.5, 0.3), *right),))])
    assert measured.questions == 1
    assert {name: found[0] for name, found in measured.values.items() if found} == values


def test_the_table_has_a_line_a_set_and_a_dash_where_nothing_was_measured() -> None:
    values = {name: (1.0, 0.0, 1.0, 1.0) if name == "hit@1" else () for name in MEASURED}
    head, *lines = table([Measured("a set", 4, values), Measured("b set", 4, values)]).splitlines()
    (first, second) = [line for line in lines if " set " in line]
    assert all(name in head for name in MEASURED)
    assert first.split()[2:4] == ["4", "0.750"]
    assert first.count(" -") == second.count(" -") == len(MEASURED) - 1
