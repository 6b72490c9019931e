import numpy as np
import pytest
from scipy.stats import binomtest

from bot.evaluation.intervals import DIFFERENCE, Interval, interval_of, interval_of_mean, wilson


def names(count: int) -> list[str]:
    return [f"q{place}" for place in range(count)]


@pytest.mark.parametrize("values", [[], [1.0]])
def test_one_value_has_no_interval(values: list[float]) -> None:
    assert interval_of_mean(values, names(len(values))) is None


@pytest.mark.parametrize(("right", "n"), [(0, 7), (7, 7), (3, 7), (58, 80), (1, 2), (999, 1000)])
def test_a_share_has_wilsons_interval_as_scipy_has_it(right: int, n: int) -> None:
    found = interval_of_mean([1.0] * right + [0.0] * (n - right), names(n))
    theirs = binomtest(right, n).proportion_ci(method="wilson")
    assert found is not None
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high))
    assert found.low < found.high


def ends(found: Interval | None) -> tuple[float, float]:
    assert found is not None
    return found.low, found.high


def test_equal_values_leave_room_for_what_was_never_seen() -> None:
    assert ends(interval_of_mean([1.0] * 7, names(7))) == pytest.approx((wilson(1.0, 7).low, 1.0))
    low, high = ends(interval_of_mean([0.5] * 7, names(7)))
    assert low < 0.5 < high
    rare = wilson(0.0, 7).high
    assert ends(interval_of_mean([0.0] * 7, names(7), DIFFERENCE)) == pytest.approx((-rare, rare))
    assert interval_of_mean([300.0] * 7, names(7), None) is None


def test_equal_groups_leave_room_too() -> None:
    found = interval_of_mean([1.0] * 12, ["a", "a", "b", "b", "c", "c"] * 2)
    assert ends(found) == pytest.approx((wilson(1.0, 3).low, 1.0))


def test_a_rerun_is_the_same_to_the_bit() -> None:
    values = [place % 7 / 7 for place in range(1000)]
    assert interval_of_mean(values, names(1000)) == interval_of_mean(values, names(1000))


@pytest.mark.parametrize(("share", "n"), [(0.5, 100), (0.8, 100), (0.97, 60)])
def test_about_95_of_100_intervals_have_the_true_share(share: float, n: int) -> None:
    random = np.random.default_rng(7)
    samples = (random.random(n) < share for _ in range(1000))
    found = [interval_of_mean(sample.astype(float).tolist(), names(n)) for sample in samples]
    covered = sum(one is not None and one.low <= share <= one.high for one in found)
    assert 930 <= covered <= 970


def clustered(random: np.random.Generator, documents: int) -> tuple[list[float], list[str]]:
    """Questions on documents that are easy or hard, 2 to 12 on each; half of all are right."""
    sizes = random.integers(2, 13, size=documents)
    ease = random.beta(1.5, 1.5, size=documents)
    right = [float(random.random() < ease[at]) for at in range(documents) for _ in range(sizes[at])]
    return right, [f"d{at}" for at in range(documents) for _ in range(sizes[at])]


@pytest.mark.parametrize("documents", [20, 50])
def test_about_95_of_100_intervals_over_documents_have_the_true_share(documents: int) -> None:
    random = np.random.default_rng(11)
    samples = [clustered(random, documents) for _ in range(300)]
    found = [interval_of_mean(values, groups) for values, groups in samples]
    covered = sum(one is not None and one.low <= 0.5 <= one.high for one in found)
    # 285 expected; two standard errors are 8. Questions taken apart would cover some 230.
    assert 277 <= covered <= 293
    apart = [interval_of_mean(values, names(len(values))) for values, _ in samples]
    assert sum(one is not None and one.low <= 0.5 <= one.high for one in apart) < 270


def test_copies_of_a_question_make_no_interval_narrower() -> None:
    values = [float(place % 3 == 0) for place in range(60)]
    once = interval_of_mean(values, names(60))
    copied = interval_of_mean(values * 6, names(60) * 6)
    assert once is not None
    assert copied is not None
    assert (copied.low, copied.high) == pytest.approx((once.low, once.high), abs=0.03)


def test_forms_of_a_single_question_have_no_interval() -> None:
    assert interval_of_mean([0.0, 1.0], ["q", "q"]) is None
    assert interval_of_mean([], []) is None
    assert interval_of(lambda weights: weights.mean(axis=1), ["q", "q"]) is None


def test_groups_of_different_sizes_count_by_their_questions() -> None:
    found = interval_of_mean([1.0] * 90 + [0.0] * 10, ["one"] * 90 + ["other"] * 10)
    assert found == Interval(0.0, 1.0)


def test_a_statistic_of_weights_agrees_with_the_mean() -> None:
    values = np.asarray([place % 7 / 7 for place in range(100)])
    groups = [f"g{place // 3}" for place in range(100)]
    found = interval_of(lambda weights: np.asarray(weights @ values / weights.sum(axis=1)), groups)
    mean = interval_of_mean(values.tolist(), groups)
    assert found is not None
    assert mean is not None
    assert (found.low, found.high) == pytest.approx((mean.low, mean.high))
