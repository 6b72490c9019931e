"""Rows in, BM25's scores of some of them out, by counting: what needs no postings.

The statistics are those of the whole corpus, worked out when it was indexed, and the operations are those of
`impacts`, so that scores are the same to the bit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bot.index.impacts import Exact, Places, impact
from bot.index.layouts import taken
from bot.index.rows import Rows


@dataclass(frozen=True, slots=True)
class Part:
    """One of the fields that a text is made of: its rows, and the row of each text where that is another."""

    rows: Rows
    row_of: Places | None = None

    def at(self, places: Places) -> Rows:
        """The rows of some texts."""
        return taken(self.rows, places if self.row_of is None else self.row_of[places])

    def whole(self) -> Rows:
        """The rows of all texts."""
        return self.rows if self.row_of is None else taken(self.rows, self.row_of)


@dataclass(frozen=True, slots=True)
class Statistics:
    """What BM25 knows of all texts: `norms` of each, `idf` and `frequencies` of each term, `gain`."""

    gain: Exact
    norms: Exact
    idf: Exact
    frequencies: NDArray[np.int32]

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Those of an engine that `arrays` told of; its postings are not touched."""
        return cls(*(np.asarray(arrays[name]) for name in ("gain", "norms", "idf", "frequencies")))


class Counted:
    """BM25 over texts whose terms are counted whenever they are asked for."""

    def __init__(self, parts: Sequence[Part], statistics: Statistics) -> None:
        self.parts, self.statistics = parts, statistics

    @property
    def size(self) -> int:
        """How many texts there are."""
        return len(self.statistics.norms)

    def idf(self, term: int) -> float:
        """How telling a term is: 0 for one that no text holds."""
        return float(self.statistics.idf[term]) if self.frequency(term) else 0.0

    def frequency(self, term: int) -> int:
        """How many texts hold a term."""
        frequencies = self.statistics.frequencies
        return int(frequencies[term]) if 0 <= term < frequencies.size else 0

    def known(self, weights: Mapping[int, float]) -> dict[int, float]:
        """The weights of terms that some text holds."""
        return {term: weight for term, weight in weights.items() if self.frequency(term)}

    def holds(self, term: int, places: Places) -> NDArray[np.bool_]:
        """Which of some texts hold a term."""
        return np.asarray(self._counts([term], places)[0] > 0)

    def scores_at(self, weights: Mapping[int, float], places: Places) -> Exact:
        """The scores of some texts for weighted terms; 0 where nothing matches."""
        known, total = self.known(weights), np.zeros(places.size)
        if known:
            facts, terms = self.statistics, list(known)
            counts = self._counts(terms, places)
            shares = impact(facts.idf[terms][:, np.newaxis], counts, facts.gain, facts.norms[places])
            for weight, share in zip(known.values(), shares, strict=True):
                total += np.multiply(share, weight, out=share)
        return total

    def _counts(self, terms: Sequence[int], places: Places) -> Exact:
        """How often terms are in some texts: a row a term, a column a text."""
        order = np.argsort(terms)
        ascending = np.asarray(terms)[order]
        found = np.zeros(len(terms) * places.size)
        for part in self.parts:
            rows = part.at(places)
            at = np.minimum(ascending.searchsorted(rows.terms), len(terms) - 1)
            here = ascending[at] == rows.terms
            text = np.repeat(np.arange(places.size), rows.lengths())
            found += np.bincount(order[at[here]] * places.size + text[here], minlength=found.size)
        return found.reshape(len(terms), places.size)
