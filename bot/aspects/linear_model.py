"""Logistic regression applied from a readable table of features and weights."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.aspects.inventory import ASPECTS, Distribution


@dataclass(frozen=True, slots=True)
class LinearModel:
    """One weight for each feature and aspect, and an intercept for each aspect.

    The table it is read from has a header `feature` and the aspects, then a line a feature; an empty
    cell is a weight of 0. The line "(intercept)" comes first.
    """

    aspects: tuple[str, ...]
    rows: Mapping[str, int]
    weights: NDArray[np.float32]
    intercept: NDArray[np.float32]

    @classmethod
    def from_table(cls, table: str) -> "LinearModel":
        """Read the tab-separated table."""
        header, first, *lines = table.rstrip("\n").split("\n")
        aspects = tuple(header.split("\t")[1:])
        rows: dict[str, int] = {}
        cells: list[str] = []
        for at, line in enumerate(lines):
            feature, *row = line.split("\t")
            rows[feature] = at
            cells += row
        values = [float(cell) if cell else 0.0 for cell in cells]
        weights = np.array(values, dtype=np.float32).reshape(len(lines), len(aspects))
        intercept = np.array([float(cell or 0) for cell in first.split("\t")[1:]], dtype=np.float32)
        return cls(aspects, rows, weights, intercept)

    def probabilities(self, texts: Sequence[Iterable[str]]) -> Distribution:
        """A row of probabilities, in the order of ASPECTS, for each set of features.

        A text's features are scaled to unit length; an aspect that the table lacks gets 0.
        """
        logits = np.stack([self._logits(features) for features in texts])
        exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
        rows = np.zeros((len(texts), len(ASPECTS)))
        rows[:, [ASPECTS.index(aspect) for aspect in self.aspects]] = exponentials
        return np.asarray(rows / rows.sum(axis=1, keepdims=True))

    def _logits(self, features: Iterable[str]) -> NDArray[np.float32]:
        # Sorted: the order of a set, and with it the last bit of a sum, changes from run to run.
        known = sorted(self.rows[feature] for feature in features if feature in self.rows)
        if not known:
            return self.intercept
        summed = self.weights[known].sum(axis=0) / np.float32(np.sqrt(len(known)))
        return np.asarray(self.intercept + summed)
