import numpy as np
import pytest

from bot.evaluation.intervals import Interval, interval, interval_of_mean


@pytest.mark.parametrize("values", [[], [1.0]])
def test_one_value_has_no_interval(values: list[float]) -> None:
    assert interval(values) is None


def test_equal_values_have_an_interval_of_no_width() -> None:
    assert interval([0.5] * 10) == Interval(0.5, 0.5)


def test_a_proportion_has_the_interval_that_theory_gives() -> None:
    found = interval([1.0] * 200 + [0.0] * 200)
    assert found is not None
    assert found.low == pytest.approx(0.5 - 1.96 * 0.025, abs=0.005)
    assert found.high == pytest.approx(0.5 + 1.96 * 0.025, abs=0.005)


def test_a_rerun_is_the_same_to_the_bit() -> None:
    values = [place % 7 / 7 for place in range(1000)]
    assert interval(values) == interval(values)


@pytest.mark.parametrize("share", [0.5, 0.8])
def test_about_95_of_100_intervals_have_the_true_share(share: float) -> None:
    random = np.random.default_rng(7)
    samples = (random.random(100) < share for _ in range(200))
    found = [interval(sample.astype(float).tolist()) for sample in samples]
    covered = sum(one is not None and one.low <= share <= one.high for one in found)
    # 190 expected; the percentile bootstrap of shares is known to fall a little short.
    assert 178 <= covered <= 198


def test_copies_of_a_question_make_no_interval_narrower() -> None:
    values = [float(place % 3 == 0) for place in range(60)]
    names = [f"q{place}" for place in range(60)]
    once = interval_of_mean(values, names)
    assert once == interval(values)
    copied = interval_of_mean(values * 6, names * 6)
    assert once is not None
    assert copied is not None
    assert (copied.low, copied.high) == pytest.approx((once.low, once.high), abs=0.02)


def test_forms_of_a_single_question_have_no_interval() -> None:
    assert interval_of_mean([0.0, 1.0], ["q", "q"]) is None
    assert interval_of_mean([], []) is None


def test_groups_of_different_sizes_count_by_their_questions() -> None:
    found = interval_of_mean([1.0] * 90 + [0.0] * 10, ["one"] * 90 + ["other"] * 10)
    assert found == Interval(0.0, 1.0)
