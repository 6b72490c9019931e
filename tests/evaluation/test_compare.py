from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.evaluation.compare import compare, holm, randomisation_p
from bot.evaluation.judging import Judged
from tests.evaluation.test_metrics import FIRST, LOST


def run(right: Sequence[bool]) -> list[Judged]:
    return [replace(FIRST if hit else LOST, id=f"q{place}") for place, hit in enumerate(right)]


def test_holm_corrects_as_in_the_textbook() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert holm([0.9, 0.8]) == (1.0, 1.0)
    assert holm([]) == ()


@pytest.mark.parametrize(
    ("differences", "p"),
    [([], 1.0), ([0.0, 0.0], 1.0), ([1.0, -1.0], 1.0), ([1.0] * 4, 2 / 16), ([0.5] * 6 + [0.0], 2 / 64)],
)
def test_p_values_agree_with_counting_all_cases(differences: list[float], p: float) -> None:
    assert randomisation_p(differences) == pytest.approx(p, abs=0.01)


def test_wins_and_losses_are_listed() -> None:
    found = {
        difference.measure: difference
        for difference in compare({"a": run([True, False, False, True]), "b": run([True, True, True, False])})
    }["hit@1"]
    assert (found.n, found.mean) == (4, 0.25)
    assert (found.wins, found.losses) == (("q1", "q2"), ("q3",))
    assert found.p <= found.corrected <= 1


def test_every_pair_of_runs_is_compared() -> None:
    runs = {name: run([True, False]) for name in "abc"}
    pairs = {(difference.first, difference.second) for difference in compare(runs)}
    assert pairs == {("a", "b"), ("a", "c"), ("b", "c")}
    assert all(difference.p == 1.0 for difference in compare(runs))
