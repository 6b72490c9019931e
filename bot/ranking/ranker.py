"""Features in, scores out: a linear ranker whose coefficients are in readable tables.

The coefficients are fitted by `python -m bot.learning` as a conditional logit: the probability that a right
passage comes first is a softmax over the candidates (McFadden 1974; ListNet, Cao et al. 2007, for top one).
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from bot.ranking.features import CIRCUMSTANCES, FEATURES, Signals, circumstances, features

WITH_ENCODER, WORDS_ALONE = "ranker.tsv", "ranker_words.tsv"


@dataclass(frozen=True, slots=True)
class Ranker:
    """A coefficient for each of FEATURES (rows) and each of CIRCUMSTANCES (columns)."""

    coefficients: NDArray[np.float64]

    @classmethod
    def from_table(cls, table: str) -> "Ranker":
        """Read a tab-separated table with a header; raises KeyError for one that lacks a feature."""
        lines = [line.split("\t") for line in table.splitlines()[1:]]
        rows = {name: [float(value) for value in values] for name, *values in lines}
        return cls(np.array([rows[name] for name in FEATURES]))

    def table(self) -> str:
        """The table that `from_table` reads."""
        lines = ["\t".join(("feature", *CIRCUMSTANCES))]
        lines += [
            "\t".join([name, *(f"{value:.3f}" for value in row)])
            for name, row in zip(FEATURES, self.coefficients, strict=True)
        ]
        return "\n".join(lines) + "\n"

    def scores(self, signals: Signals) -> NDArray[np.float64]:
        """The score of each candidate."""
        return np.asarray(self.shares(signals).sum(axis=1))

    def shares(self, signals: Signals) -> NDArray[np.float64]:
        """What each of FEATURES (columns) adds to the score of each candidate (rows)."""
        return np.asarray(features(signals) * (self.coefficients @ circumstances(signals)))


@cache
def shipped(name: str) -> Ranker:
    """The ranker of WITH_ENCODER or WORDS_ALONE."""
    return Ranker.from_table(files("bot.ranking").joinpath(name).read_text("utf-8"))
