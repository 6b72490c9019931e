"""Collected questions and a ranker in, out how surely a passage answers and whether anything is near."""

from collections.abc import Mapping, Sequence

import numpy as np

from bot.answering.judge import Calibration, found
from bot.errors import SettingsError
from bot.learning.collected import Asked, Collected
from bot.ranking.ranker import Ranker
from bot.records import Hit, Passage
from bot.retrieval import Ranking

# scikit-learn's inverse penalty, on values of unit variance.
INVERSE_PENALTY = 0.1
# What a question without an answer counts beside one with, for a wrong answer is worse than a careful one.
# Where all documents are about one thing every question is near them, and sets of such folders are small.
CAUTION, CAUTION_ON_TOPIC = 1.2, 5.0
# An answer is among the first so many, or it is not shown.
SHOWN = 3
MODELS = ("answered", "near")


def fit_calibrations(collected: Sequence[Collected], ranker: Ranker) -> Mapping[str, Calibration]:
    """Whether a right passage is among the first, and whether anything is near."""
    answered: list[tuple[Mapping[str, float], bool, float]] = []
    near: list[tuple[Mapping[str, float], bool, float]] = []
    for one in collected:
        weight = one.of.weight / max(len(one.asked), 1)
        for asked in one.asked:
            values, hit = judged_first(asked, ranker)
            caution = CAUTION_ON_TOPIC if asked.signals.topic else CAUTION
            answered.append((values, asked.answerable and hit, weight * (1 if asked.answerable else caution)))
            if asked.near is not None:
                near.append((values, asked.near, weight))
    return {"answered": _fitted(answered), "near": _fitted(near)}


def judged_first(asked: Asked, ranker: Ranker) -> tuple[Mapping[str, float], bool]:
    """What speaks for the first passage, and whether a right one is among those shown."""
    ranking = ranked(asked, ranker)
    return found(ranking, 0), bool(asked.right[list(ranking.order[:SHOWN])].any())


def ranked(asked: Asked, ranker: Ranker) -> Ranking:
    """The ranking of a question; its passages are told by their places alone."""
    scores = ranker.scores(asked.signals)
    order = tuple(int(at) for at in np.argsort(-scores, kind="stable"))
    ordered = tuple(float(scores[at]) for at in order)
    hits = tuple(Hit(_bare(int(asked.places[at])), score) for at, score in zip(order, ordered, strict=True))
    return Ranking(asked.query, hits, ordered, asked.signals, order, ranker)


def as_table(models: Mapping[str, Calibration]) -> str:
    """The table that `bot.answering.judge.calibrations` reads."""
    lines = ["\t".join(("evidence", *MODELS))]
    lines.append("\t".join(["intercept", *(f"{models[name].intercept:.3f}" for name in MODELS)]))
    names = dict.fromkeys(name for model in models.values() for name in model.coefficients)
    lines += [
        "\t".join([name, *(f"{models[model].coefficients.get(name, 0.0):.3f}" for model in MODELS)])
        for name in names
    ]
    return "\n".join(lines) + "\n"


def _fitted(told: Sequence[tuple[Mapping[str, float], bool, float]]) -> Calibration:
    from sklearn.linear_model import LogisticRegression  # only whoever fits needs scikit-learn

    if len({yes for _, yes, _ in told}) < 2:
        raise SettingsError(
            "Refusing cannot be learned from questions of one kind; name sets with and without answers,"
            " and sets that say whether something is near."
        )
    names = list(told[0][0])
    rows = np.array([[values[name] for name in names] for values, _, _ in told])
    yes = np.array([answer for _, answer, _ in told])
    scale = rows.std(axis=0) + 1e-6
    model = LogisticRegression(C=INVERSE_PENALTY, max_iter=2000)
    weights = np.array([weight for _, _, weight in told])
    model.fit(rows / scale, yes, sample_weight=weights * len(weights) / weights.sum())
    coefficients = dict(zip(names, (model.coef_[0] / scale).tolist(), strict=True))
    return Calibration(float(model.intercept_[0]), coefficients)


def _bare(place: int) -> Passage:
    return Passage(place, "", 0, 0, "", (), ())
