"""Labelled texts in, readable tables of weights out: logistic regression with balanced classes."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.aspects.inventory import ASPECTS

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

INTERCEPT = "(intercept)"


@dataclass(frozen=True, slots=True)
class Example:
    """The features of one text, the aspect it tells or asks about, and how much it counts."""

    features: frozenset[str]
    aspect: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Fit:
    """How a model is fitted.

    `inverse_penalty` is scikit-learn's C; a feature must stand in `least_count` texts; a feature whose
    weights are all nearer to 0 than `least_weight` is left out of the table.
    """

    inverse_penalty: float
    least_count: int
    least_weight: float


QUESTIONS = Fit(inverse_penalty=20.0, least_count=2, least_weight=0.3)
PASSAGES = Fit(inverse_penalty=4.0, least_count=3, least_weight=0.5)


def fit_table(examples: Sequence[Example], how: Fit) -> str:
    """The tab-separated table that `bot.aspects.linear_model.LinearModel` reads.

    Every aspect has the same total weight, however many examples it has.
    """
    from sklearn.linear_model import LogisticRegression  # only whoever fits needs scikit-learn

    rows = _vocabulary((example.features for example in examples), how.least_count)
    totals: Counter[str] = Counter()
    for example in examples:
        totals[example.aspect] += example.weight  # type: ignore[assignment]
    share = sum(totals.values()) / len(totals)
    weights = [example.weight * share / totals[example.aspect] for example in examples]
    model = LogisticRegression(C=how.inverse_penalty, max_iter=600)
    model.fit(_matrix(examples, rows), [example.aspect for example in examples], sample_weight=weights)
    return _table(list(rows), list(model.classes_), model.coef_.T, model.intercept_, how.least_weight)


def _vocabulary(texts: Iterable[Collection[str]], least_count: int) -> dict[str, int]:
    counts = Counter(feature for features in texts for feature in features)
    kept = sorted(feature for feature, count in counts.items() if count >= least_count)
    return {feature: row for row, feature in enumerate(kept)}


def _matrix(examples: Sequence[Example], rows: dict[str, int]) -> "csr_matrix":
    from scipy.sparse import csr_matrix

    places: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for place, example in enumerate(examples):
        known = sorted(rows[feature] for feature in example.features if feature in rows)
        places.extend([place] * len(known))
        columns.extend(known)
        values.extend(1 / math.sqrt(len(known)) for _ in known)
    return csr_matrix((values, (places, columns)), shape=(len(examples), len(rows)))


def _table(
    features: Sequence[str],
    classes: Sequence[str],
    weights: Sequence[Sequence[float]],
    intercepts: Sequence[float],
    least_weight: float,
) -> str:
    order = [classes.index(aspect) for aspect in ASPECTS if aspect in classes]
    lines = ["\t".join(["feature", *(classes[column] for column in order)])]
    lines.append("\t".join([INTERCEPT, *(f"{intercepts[column]:.2f}" for column in order)]))
    for feature, row in zip(features, weights, strict=True):
        if max(abs(weight) for weight in row) >= least_weight:
            lines.append("\t".join([feature, *(_cell(row[column]) for column in order)]))
    return "\n".join(lines) + "\n"


def _cell(weight: float) -> str:
    return f"{weight:.1f}" if abs(weight) >= 0.05 else ""
