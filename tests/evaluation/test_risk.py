from dataclasses import replace

import pytest

from bot.evaluation.judging import Judged
from bot.evaluation.latency import Latency, latency
from bot.evaluation.risk import risk_curve
from tests.evaluation.test_metrics import AWAY, FIRST, LOST


def rated(record: Judged, confidence: float | None) -> Judged:
    return replace(record, confidence=confidence)


def test_the_curve_agrees_with_the_hand() -> None:
    curve = risk_curve([rated(LOST, 0.5), rated(FIRST, 0.9), rated(AWAY, 0.1), rated(FIRST, 0.3)])
    assert curve is not None
    assert curve.coverage == (0.25, 0.5, 0.75, 1.0)
    assert curve.risk == (0.0, 1 / 2, 1 / 3, 2 / 4)
    assert curve.area == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)


def test_equal_confidences_share_their_mistakes_in_any_order() -> None:
    one = risk_curve([rated(LOST, 0.5), rated(FIRST, 0.5)])
    other = risk_curve([rated(FIRST, 0.5), rated(LOST, 0.5)])
    assert one == other
    assert one is not None
    assert one.risk == (0.5, 0.5)


@pytest.mark.parametrize("record", [rated(FIRST, None), replace(FIRST, found_at=None)])
def test_without_confidence_or_ranking_there_is_no_curve(record: Judged) -> None:
    assert risk_curve([record]) is None


def test_latencies_come_as_percentiles() -> None:
    records = [replace(FIRST, milliseconds=float(time)) for time in range(101)]
    assert latency(records) == Latency(50.0, 95.0, 99.0, 101)
    assert latency([replace(FIRST, milliseconds=None)]) is None
