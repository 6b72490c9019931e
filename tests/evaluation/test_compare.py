import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, permutation_test

from bot.evaluation.compare import as_json, compare, holm, randomisation_p
from bot.evaluation.judging import Judged
from tests.evaluation.test_metrics import FIRST, LOST

MOVED = 10
# All ways to turn so many signs, the first of which turns none.
SIGNS = list(product((1, -1), repeat=MOVED))


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
    assert randomisation_p(differences) == pytest.approx(p)


def counted_p(differences: Sequence[float]) -> float:
    """The p-value by going through every way to turn the signs."""
    sums = [abs(sum(s * d for s, d in zip(signs, differences, strict=True))) for signs in SIGNS]
    return sum(one >= sums[0] - 1e-9 for one in sums) / len(sums)


@pytest.mark.parametrize("seed", range(6))
def test_p_values_of_uneven_differences_agree_with_counting_all_cases(seed: int) -> None:
    random = np.random.default_rng(seed)
    differences = (random.normal(0.3, 1.0, MOVED)).round(2).tolist()
    assert randomisation_p(differences) == pytest.approx(counted_p(differences))


@pytest.mark.parametrize(("won", "lost"), [(10, 22), (22, 10), (0, 5), (3, 3), (130, 90), (900, 1100)])
def test_p_values_of_right_and_wrong_are_those_of_the_sign_test(won: int, lost: int) -> None:
    differences = [1.0] * won + [-1.0] * lost + [0.0] * 9
    assert randomisation_p(differences) == pytest.approx(binomtest(won, won + lost).pvalue)


@pytest.mark.parametrize("seed", range(4))
def test_p_values_of_whole_sums_agree_with_counting_all_cases(seed: int) -> None:
    random = np.random.default_rng(seed)
    differences = random.integers(-4, 6, MOVED).astype(float)
    differences[0] = 3.0
    moved = [value for value in differences.tolist() if value]
    sums = [
        abs(sum(s * d for s, d in zip(signs, moved, strict=True)))
        for signs in product((1, -1), repeat=len(moved))
    ]
    p = sum(one >= sums[0] for one in sums) / len(sums)
    assert randomisation_p(differences.tolist()) == pytest.approx(p)


def test_p_values_of_many_uneven_differences_agree_with_scipys_permutations() -> None:
    differences = np.random.default_rng(5).normal(0.3, 1.0, 60)
    theirs = permutation_test(
        (differences, np.zeros(60)),
        lambda one, other: (one - other).mean(),
        permutation_type="samples",
        n_resamples=20_000,
        random_state=np.random.default_rng(1),
    ).pvalue
    assert randomisation_p(differences.tolist()) == pytest.approx(theirs, rel=0.25)


def test_among_13_runs_one_that_differs_is_found() -> None:
    runs = {f"run {name}": run([True] * 20 + [False] * 20) for name in range(12)}
    runs["better"] = run([True] * 40)
    found = [one for one in compare(runs) if one.second == "better" and one.measure == "hit@1"]
    assert len(found) == 12
    assert all(one.corrected < 0.05 for one in found)


def test_differences_are_written_as_json() -> None:
    runs = {"a": run([True, False]), "b": run([True, True])}
    report = json.loads(as_json({"a": "x", "b": "y"}, compare(runs)))
    assert report["runs"] == {"a": "x", "b": "y"}
    assert [one["mean"] for one in report["differences"] if one["measure"] == "hit@1"] == [0.5]


def test_p_values_of_runs_that_do_not_differ_are_spread_evenly() -> None:
    random = np.random.default_rng(3)
    found = [randomisation_p(random.normal(0.0, 1.0, 40).tolist()) for _ in range(100)]
    assert 0 <= sum(p <= 0.05 for p in found) <= 12
    assert 35 <= sum(p <= 0.5 for p in found) <= 65


@settings(deadline=None)
@given(st.lists(st.floats(0.0, 1.0), max_size=12))
def test_holm_rejects_what_going_down_the_steps_rejects(p_values: list[float]) -> None:
    corrected = holm(p_values)
    for level in (0.01, 0.05, 0.2):
        rejected = set()
        for step, place in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
            if (len(p_values) - step) * p_values[place] > level:
                break
            rejected.add(place)
        assert {place for place, p in enumerate(corrected) if p <= level} == rejected


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


def test_forms_of_one_question_are_one_case_of_the_test() -> None:
    before, after = run([False] * 8), run([True] * 8)
    alone = {found.measure: found for found in compare({"a": before, "b": after})}["hit@1"]
    forms = {
        name: [replace(record, of="q") for record in records]
        for name, records in {"a": before, "b": after}.items()
    }
    together = {found.measure: found for found in compare(forms)}["hit@1"]
    assert alone.p < 0.02
    assert together.p == 1.0
    assert together.interval is None
    assert together.n == alone.n == 8
