"""Confidences and mistakes in, the risk-coverage curve out (El-Yaniv and Wiener 2010)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.evaluation.intervals import Interval, Numbers, Statistic, interval_of
from bot.evaluation.judging import Judged


@dataclass(frozen=True, slots=True)
class RiskCurve:
    """How much is wrong (`risk`) if only the surest share of questions (`coverage`) is answered.

    A question is answered wrongly where its first ranked passage does not hit, or the sources do not
    answer it; one that is not counted is left out. `area` is the mean risk over all coverages: 0 is best.
    Equal confidences share their risk.
    """

    coverage: tuple[float, ...]
    risk: tuple[float, ...]
    area: float
    interval: Interval | None


def risk_curve(judged: Sequence[Judged]) -> RiskCurve | None:
    """The curve; None where predictions give no confidence or no ranking."""
    rated = [
        (record.confidence, record) for record in judged if record.counted and record.confidence is not None
    ]
    if not rated or any(record.found_at is None for _, record in rated):
        return None
    rated.sort(key=lambda pair: -pair[0])
    wrong = [float(not record.answerable or record.rank != 1) for _, record in rated]
    shared = _ties_shared([confidence for confidence, _ in rated], wrong)
    risk = np.cumsum(shared) / np.arange(1, len(shared) + 1)
    coverage = np.arange(1, len(shared) + 1) / len(shared)
    return RiskCurve(
        tuple(coverage.tolist()),
        tuple(risk.tolist()),
        float(risk.mean()),
        interval_of(_areas(np.asarray(shared)), [record.group for _, record in rated]),
    )


def _areas(wrong: Numbers) -> Statistic:
    """The area of each resample of mistakes in the order of falling confidence."""

    def of(weights: Numbers) -> Numbers:
        answered = np.cumsum(weights, axis=1)
        risks = np.cumsum(weights * wrong, axis=1) / np.maximum(answered, 1)
        return np.asarray((weights * risks).sum(axis=1) / answered[:, -1])

    return of


def _ties_shared(confidences: Sequence[float], wrong: Sequence[float]) -> list[float]:
    """Mistakes averaged over equal confidences, as no order among them means anything."""
    _, group = np.unique(np.asarray(confidences), return_inverse=True)
    means = np.bincount(group, weights=np.asarray(wrong)) / np.bincount(group)
    return [float(value) for value in means[group]]
