"""Whether confidences can be relied on, worked out by hand and by scipy."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import mannwhitneyu

from bot.evaluation.discrimination import discrimination
from bot.evaluation.judge_table import judge_lines
from bot.evaluation.judging import Judged
from bot.evaluation.reliability import reliability
from bot.evaluation.risk import risk_curve
from tests.evaluation.test_metrics import AWAY, FIRST, LOST


def drawn(seed: int, count: int = 60) -> list[Judged]:
    """Records of which the surer are the likelier to be right, some of equal confidence."""
    random = np.random.default_rng(seed)
    found = []
    for place in range(count):
        confidence = float(np.round(random.random(), 1))
        record = FIRST if random.random() < confidence else (LOST if random.random() < 0.5 else AWAY)
        found.append(replace(record, id=f"q{place}", confidence=confidence))
    return found


@pytest.mark.parametrize("seed", range(5))
def test_auroc_is_the_share_of_pairs_that_a_rank_sum_test_counts(seed: int) -> None:
    records = drawn(seed)
    confidences = np.array([record.confidence for record in records])
    for found, positive in zip(
        discrimination(records),
        (
            np.array([record.answerable and record.rank == 1 for record in records]),
            np.array([record.answerable for record in records]),
        ),
        strict=True,
    ):
        pairs = mannwhitneyu(confidences[positive], confidences[~positive]).statistic
        assert found.area == pytest.approx(pairs / (positive.sum() * (~positive).sum()))
        assert found.interval is not None
        assert found.interval.low < found.area < found.interval.high


def test_where_all_are_right_nothing_is_told_apart() -> None:
    assert discrimination([FIRST, replace(FIRST, id="b")]) == ()
    assert discrimination([replace(FIRST, confidence=None)]) == ()


@pytest.mark.parametrize("seed", range(5))
def test_skill_is_one_for_an_oracle_and_nothing_for_confidences_without_meaning(seed: int) -> None:
    records = drawn(seed)
    oracle = [
        replace(one, confidence=float(one.answerable and one.rank == 1) + place / 1000)
        for place, one in enumerate(records)
    ]
    best, none = risk_curve(oracle), risk_curve([replace(one, confidence=0.5) for one in records])
    assert best is not None
    assert none is not None
    assert best.skill == pytest.approx(1.0)
    assert best.oracle == pytest.approx(best.area)
    assert none.skill == pytest.approx(0.0)
    assert none.area == pytest.approx(none.chance)


def test_the_oracles_area_agrees_with_the_hand() -> None:
    curve = risk_curve(
        [replace(LOST, confidence=0.9), replace(FIRST, confidence=0.5), replace(FIRST, id="x")]
    )
    assert curve is not None
    assert curve.oracle == pytest.approx((0 + 0 + 1 / 3) / 3)
    assert curve.chance == pytest.approx(1 / 3)


def test_without_mistakes_there_is_no_skill_to_speak_of() -> None:
    curve = risk_curve([FIRST, replace(FIRST, id="b")])
    assert curve is not None
    assert (curve.skill, curve.skill_interval) == (None, None)


def test_a_diagram_agrees_with_the_hand() -> None:
    records = [
        replace(FIRST, confidence=0.81),
        replace(FIRST, id="b", confidence=0.89),
        replace(LOST, confidence=0.85),
        replace(AWAY, confidence=0.1),
        replace(FIRST, id="e", confidence=1.0, found_at=(3,)),
    ]
    first, among = reliability(records)
    low, high, last = first.bins
    assert (low.n, low.right, low.low, low.high) == (1, 0.0, 0.1, 0.2)
    assert high.n == 3
    assert [high.right, high.confidence] == pytest.approx([2 / 3, 0.85])
    assert (last.n, last.right) == (1, 0.0)
    assert among.bins[-1].right == 1.0
    assert first.error == pytest.approx((0.1 + 3 * (0.85 - 2 / 3) + 1.0) / 5)
    assert first.brier == pytest.approx((0.19**2 + 0.11**2 + 0.85**2 + 0.1**2 + 1.0) / 5)


def test_confidences_that_are_what_they_say_have_no_error() -> None:
    records = [replace(FIRST if place < 7 else LOST, id=f"q{place}", confidence=0.7) for place in range(10)]
    assert reliability(records)[0].error == pytest.approx(0.0)


def test_the_terminal_tells_all_of_it() -> None:
    text = "\n".join(judge_lines(drawn(1)))
    for said in ("AUROC of confidence for right", "for answerable", "risk-coverage skill", "Brier score"):
        assert said in text
    assert judge_lines([replace(FIRST, confidence=None)]) == []
