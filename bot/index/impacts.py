"""What each term adds to the score of each text: to the bit for some texts, rounded for all of them.

Most terms have postings: the places of the texts that hold them, ascending. The few that many texts hold
have a column instead, a count for every text: it is smaller, and a count is looked up in it at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Exact = NDArray[np.float64]
Rounded = NDArray[np.float32]
Places = NDArray[np.intp]

# Texts whose shares of a column are computed at once, so that they stay in the processor's cache.
_AT_ONCE = 1 << 14


@dataclass(frozen=True, slots=True)
class Impacts:
    """The impacts of a field's terms, in arrays that may be read by memory map.

    Of each text there is its `norms`, of each term its `idf`, its `frequencies` (how many texts hold it), the
    highest of its impacts in `bounds`, and its place in `columns` in `column_of`, -1 where it has postings:
    those are `starts[term]:starts[term + 1]` in `places`, `counts` and `rounded`, its impacts.
    """

    gain: Exact
    norms: Exact
    idf: Exact
    frequencies: NDArray[np.int32]
    bounds: Exact
    column_of: NDArray[np.int32]
    columns: NDArray[np.unsignedinteger[Any]]
    starts: NDArray[np.int64]
    places: NDArray[np.int32]
    counts: NDArray[np.unsignedinteger[Any]]
    rounded: Rounded

    @property
    def size(self) -> int:
        """How many texts there are."""
        return int(self.norms.size)

    def known(self, weights: Mapping[int, float]) -> dict[int, float]:
        """The weights of terms that some text holds."""
        return {term: weight for term, weight in weights.items() if self.frequency(term)}

    def frequency(self, term: int) -> int:
        """How many texts hold a term."""
        return self.frequencies.item(term) if 0 <= term < self.frequencies.size else 0

    def has_column(self, term: int) -> bool:
        """Whether a known term has a column, and no postings."""
        return self.column_of.item(term) >= 0

    def holding(self, term: int) -> tuple[Places, NDArray[np.unsignedinteger[Any]]]:
        """The texts that hold a known term, ascending, and how often each does."""
        if self.has_column(term):
            column = self.columns[self.column_of[term]]
            places = np.flatnonzero(column)
            return places, column[places]
        own = self._postings(term)
        return self.places[own].astype(np.intp), self.counts[own]

    def exact(self, term: int) -> tuple[Places, Exact]:
        """The texts that hold a known term, and what it adds to the score of each."""
        places, counts = self.holding(term)
        return places, impact(float(self.idf[term]), counts, self.gain, self.norms.take(places))

    def spread(self, term: int) -> tuple[Places | slice, Exact]:
        """The same, or all texts where a known term has a column, with 0 for those that do not hold it."""
        if not self.has_column(term):
            return self.exact(term)
        counts = self.columns[self.column_of[term]].astype(np.float64)
        return slice(None), impact(float(self.idf[term]), counts, self.gain, self.norms)

    def posted(self, term: int) -> tuple[Places, Rounded]:
        """The texts that hold a term with postings, and what it adds to the score of each, rounded."""
        own = self._postings(term)
        return self.places[own].astype(np.intp), self.rounded[own]

    def add_column(self, term: int, weight: float, total: Rounded) -> None:
        """Add to the total of every text what a term with a column adds, rounded."""
        column = self.columns[self.column_of[term]]
        factor = np.float32(weight * float(self.idf[term]) * float(self.gain[0]))
        for start in range(0, self.size, _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            counts = column[some].astype(np.float32)
            share = self.norms[some].astype(np.float32)
            share += counts
            np.divide(counts, share, out=share)
            share *= factor
            total[some] += share

    def counts_at(self, terms: Sequence[int], places: Places) -> Exact:
        """How often known terms are in some texts: a row a term, a column a text."""
        found, narrow = np.empty((len(terms), places.size)), places.astype(np.int32)
        for row, term in zip(found, terms, strict=True):
            if self.has_column(term):
                row[:] = self.columns[self.column_of[term]].take(places)
            else:
                own = self._postings(term)
                at = self.places[own].searchsorted(narrow)
                np.minimum(at, own.stop - own.start - 1, out=at)
                at += own.start
                np.multiply(self.counts.take(at), self.places.take(at) == narrow, out=row)
        return found

    def shares_at(self, weights: Mapping[int, float], places: Places) -> Iterator[Exact]:
        """What each known term adds to the scores of some texts, term by term."""
        terms = list(weights)
        counts = self.counts_at(terms, places)
        shares = impact(self.idf[terms][:, np.newaxis], counts, self.gain, self.norms[places])
        for weight, share in zip(weights.values(), shares, strict=True):
            yield np.multiply(share, weight, out=share)

    def _postings(self, term: int) -> slice:
        return slice(self.starts.item(term), self.starts.item(term + 1))


def impact(idf: Exact | float, counts: NDArray[Any], gain: Exact, norms: Exact) -> Exact:
    """What a term adds to scores: rank-bm25's operations in its order."""
    shares = counts * gain
    shares /= norms + counts
    shares *= idf
    return np.asarray(shares)
