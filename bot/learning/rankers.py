"""Collected questions in, a ranker's coefficients out: a conditional logit with a ridge penalty."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.errors import SettingsError
from bot.learning.collected import Asked, Collected
from bot.ranking.features import CIRCUMSTANCES, FEATURES, LIKENESS
from bot.ranking.ranker import Ranker

# The penalties of a coefficient and of what it gains by circumstance, on features of unit variance; chosen by
# leaving out one home after another.
RIDGE, CIRCUMSTANCE_RIDGE = 2.0, 4.0


def fit_ranker(collected: Sequence[Collected], *, likeness: bool = True) -> Ranker:
    """The coefficients that make right passages likeliest to come first, over all sets by their weights.

    Raises SettingsError where no question has a right candidate.
    """
    from scipy.optimize import minimize  # only whoever fits needs scipy

    asked, weights = _weighted(collected)
    if not asked:
        raise SettingsError(
            "There is nothing to learn a ranking from; name sets of two homes or more whose questions have a"
            " right passage among the candidates."
        )
    kept = [at for at, name in enumerate(FEATURES) if likeness or name not in LIKENESS]
    blocks = [_expanded(one, kept)[one.judged] for one in asked]
    right = np.concatenate([one.right[one.judged] for one in asked]).astype(float)
    sizes = [len(block) for block in blocks]
    rows, starts = np.concatenate(blocks), np.r_[0, np.cumsum(sizes)[:-1]]
    question = np.repeat(np.arange(len(asked)), sizes)
    scale = np.tile(rows[:, : len(kept)].std(axis=0) + 1e-6, len(CIRCUMSTANCES))
    rows = rows / scale
    ridge = np.r_[
        np.full(len(kept), RIDGE), np.full(len(kept) * (len(CIRCUMSTANCES) - 1), CIRCUMSTANCE_RIDGE)
    ]

    def loss(beta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = rows @ beta
        raised = np.exp(scores - np.maximum.reduceat(scores, starts)[question])
        whole, hit = np.add.reduceat(raised, starts), np.add.reduceat(raised * right, starts) + 1e-12
        pull = raised / whole[question] - raised * right / hit[question]
        value = float((weights * np.log(whole / hit)).sum() + (ridge * beta * beta).sum())
        return value, (pull * weights[question]) @ rows + 2 * ridge * beta

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    coefficients = np.zeros((len(FEATURES), len(CIRCUMSTANCES)))
    coefficients[kept] = (found.x / scale).reshape(len(CIRCUMSTANCES), len(kept)).T
    return Ranker(coefficients)


def _weighted(collected: Sequence[Collected]) -> tuple[list[Asked], NDArray[np.float64]]:
    """The questions with a right candidate; a set's weight is spread over its questions, 1 on the average."""
    asked: list[Asked] = []
    weights: list[float] = []
    for one in collected:
        useful = [of for of in one.asked if of.right[of.judged].any()]
        asked += useful
        weights += [one.of.weight / max(len(useful), 1)] * len(useful)
    found = np.array(weights)
    return asked, found * len(asked) / found.sum()


def _expanded(one: Asked, kept: Sequence[int]) -> NDArray[np.float64]:
    rows = one.rows[:, kept]
    return np.concatenate([rows * value for value in one.circumstances], axis=1)
