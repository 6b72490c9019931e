"""Confidences and mistakes in, the risk-coverage curve out (El-Yaniv and Wiener 2010)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.evaluation.intervals import Interval, Numbers, Statistic, interval_of
from bot.evaluation.judging import Judged
from bot.evaluation.reliability import rated_records


@dataclass(frozen=True, slots=True)
class RiskCurve:
    """How much is wrong (`risk`) if only the surest share of questions (`coverage`) is answered.

    A question is answered wrongly where its first ranked passage does not hit, or the sources do not
    answer it; one that is not counted is left out. `area` is the mean risk over all coverages: 0 is best.
    Equal confidences share their risk.

    The area falls with the mistakes themselves, whatever the confidences are worth. So `skill` is where it
    lies between that of confidences drawn by `chance` (0) and that of an `oracle` that puts every mistake
    last (1); None where all is right or all wrong.
    """

    coverage: tuple[float, ...]
    risk: tuple[float, ...]
    area: float
    interval: Interval | None
    oracle: float
    chance: float
    skill: float | None
    skill_interval: Interval | None


def risk_curve(judged: Sequence[Judged]) -> RiskCurve | None:
    """The curve; None where predictions give no confidence or no ranking."""
    rated = sorted(rated_records(judged), key=lambda pair: -pair[0])
    if not rated:
        return None
    wrong = np.array([float(not record.answerable or record.rank != 1) for _, record in rated])
    shared = _ties_shared([confidence for confidence, _ in rated], wrong)
    groups = [record.group for _, record in rated]
    risk = np.cumsum(shared) / np.arange(1, len(shared) + 1)
    coverage = np.arange(1, len(shared) + 1) / len(shared)
    once = np.ones((1, len(rated)))
    mixed = 0 < wrong.sum() < len(wrong)
    skills = _skills(shared, wrong)
    return RiskCurve(
        tuple(coverage.tolist()),
        tuple(risk.tolist()),
        float(risk.mean()),
        interval_of(_areas(shared), groups),
        oracle=float(_best(once, wrong)[0]),
        chance=float(wrong.mean()),
        skill=float(skills(once)[0]) if mixed else None,
        skill_interval=interval_of(skills, groups) if mixed else None,
    )


def _areas(wrong: Numbers) -> Statistic:
    """The area of each resample of mistakes in the order of falling confidence."""

    def of(weights: Numbers) -> Numbers:
        answered = np.cumsum(weights, axis=1)
        risks = np.cumsum(weights * wrong, axis=1) / np.maximum(answered, 1)
        return np.asarray((weights * risks).sum(axis=1) / answered[:, -1])

    return of


def _skills(shared: Numbers, wrong: Numbers) -> Statistic:
    areas = _areas(shared)

    def of(weights: Numbers) -> Numbers:
        chance = weights @ wrong / weights.sum(axis=1)
        room = chance - _best(weights, wrong)
        # A resample that is all right or all wrong leaves no room for skill.
        return np.asarray(np.where(room > 0, (chance - areas(weights)) / np.where(room > 0, room, 1), 0.0))

    return of


def _best(weights: Numbers, wrong: Numbers) -> Numbers:
    """The area of each resample if its mistakes came last: (i - right) / i summed over the places beyond."""
    size = weights.sum(axis=1).astype(int)
    right = size - (weights @ wrong).astype(int)
    harmonic = np.concatenate(([0.0], np.cumsum(1 / np.arange(1, max(int(size.max()), 1) + 1))))
    return np.asarray((size - right - right * (harmonic[size] - harmonic[right])) / size)


def _ties_shared(confidences: Sequence[float], wrong: Numbers) -> Numbers:
    """Mistakes averaged over equal confidences, as no order among them means anything."""
    _, group = np.unique(np.asarray(confidences), return_inverse=True)
    return np.asarray((np.bincount(group, weights=wrong) / np.bincount(group))[group])
