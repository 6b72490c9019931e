"""rank-bm25's scores from impacts computed once: the only module that imports rank_bm25.

`get_scores` walks over every text for every term of a question. The contribution of a (term, text) pair
does not depend on the question, so it is computed here when the index is built, with the same operations
in the same order: the sums are rank-bm25's to the bit (a test holds this).
"""

from collections.abc import Mapping
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Plus

from bot.index.postings import Postings
from bot.index.rows import Rows

Scores = NDArray[np.float64]
Places = NDArray[np.intp]


class Bm25Index:
    """BM25 over one field of the passages, or over the titles of the documents.

    Texts are known by their place, terms by their id. Weights are over 0 and their order is the order of
    the sum. A score over 0 means a match.
    """

    def __init__(
        self,
        size: int,
        starts: NDArray[np.int64],
        places: NDArray[np.int32],
        impacts: Scores,
        idf: Scores,
    ) -> None:
        self.size = size
        self._starts = starts
        self._places = places
        self._impacts = impacts
        self._idf = idf

    @classmethod
    def build(cls, rows: Rows, vocabulary_size: int, *, k1: float = 1.5, b: float = 0.75) -> Self:
        """The index of some rows, whose terms are ids under `vocabulary_size`.

        `b` in [0, 1] is how far long texts are held against, `k1` how soon repeats stop counting
        (Robertson and Zaragoza 2009).
        """
        postings = Postings.of(rows, vocabulary_size)
        frequencies = np.diff(postings.starts)
        idf = _idf(len(rows), frequencies)
        impacts = np.empty(0)
        if postings.places.size:
            norms = k1 * (1 - b + b * rows.lengths() / (int(rows.starts[-1]) / len(rows)))
            saturated = postings.counts * (k1 + 1) / (norms[postings.places] + postings.counts)
            impacts = np.repeat(idf, frequencies) * saturated
        return cls(len(rows), postings.starts, postings.places, impacts, idf)

    def scores(self, weights: Mapping[int, float]) -> Scores:
        """The score of every text for weighted terms, by place; 0 where nothing matches."""
        total = np.zeros(self.size)
        for term, weight in weights.items():
            held = self._of(term)
            total[self._places[held]] += weight * self._impacts[held]
        return total

    def best(self, weights: Mapping[int, float], count: int) -> Places:
        """The places of the `count` best texts that match, the first place first where scores are equal."""
        scores = self.scores(weights)
        matching = np.flatnonzero(scores)
        return matching[np.argsort(-scores[matching], kind="stable")[:count]]

    def scores_at(self, weights: Mapping[int, float], places: Places) -> Scores:
        """The scores of some texts alone, as `scores` has them."""
        total = np.zeros(places.size)
        for term, weight in weights.items():
            holding, at = self._found(term, places)
            total[holding] += weight * self._impacts[at]
        return total

    def idf(self, term: int) -> float:
        """How telling a term is: 0 for one that no text holds."""
        return float(self._idf[term]) if self._knows(term) else 0.0

    def frequency(self, term: int) -> int:
        """How many texts hold a term."""
        held = self._of(term)
        return int(held.stop - held.start)

    def places(self, term: int) -> Places:
        """The texts that hold a term, ascending."""
        return self._places[self._of(term)].astype(np.intp)

    def holds(self, term: int, places: Places) -> NDArray[np.bool_]:
        """Which of some texts hold a term."""
        return self._found(term, places)[0]

    def arrays(self) -> Mapping[str, NDArray[Any]]:
        """What an index is made of, to be kept on disk."""
        return {
            "size": np.array([self.size]),
            "starts": self._starts,
            "places": self._places,
            "impacts": self._impacts,
            "idf": self._idf,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """The index that `arrays` told of; nothing is copied, and arrays read by memory map will do."""
        kept = dict(arrays)
        return cls(int(kept.pop("size")[0]), **kept)

    def _knows(self, term: int) -> bool:
        return 0 <= term < self._idf.size

    def _of(self, term: int) -> slice:
        if not self._knows(term):
            return slice(0, 0)
        return slice(int(self._starts[term]), int(self._starts[term + 1]))

    def _found(self, term: int, places: Places) -> tuple[NDArray[np.bool_], Places]:
        """Which texts hold a term, and where the postings of those that do stand."""
        held = self._of(term)
        own = self._places[held]
        at = np.searchsorted(own, places.astype(np.int32))
        holding = np.zeros(places.size, dtype=np.bool_)
        within = at < own.size
        holding[within] = own[at[within]] == places[within]
        return holding, at[holding] + held.start


class _Idf(BM25Plus):  # type: ignore[misc]
    """rank-bm25's idf of terms whose frequencies are known.

    BM25Plus has an idf that is never negative: in a corpus about one disease Okapi's floor makes the
    disease's name weigh as much as a rare word. rank-bm25 adds `delta` to texts that do not hold the term as
    well, so that it changes no ranking; it is 0 here, so that a score over 0 means a match.
    """

    def __init__(self, size: int, frequencies: Mapping[int, int]) -> None:
        self.corpus_size = size
        self.idf: dict[int, float] = {}
        self._calc_idf(frequencies)


def _idf(size: int, frequencies: NDArray[np.int64]) -> Scores:
    """The idf of each term, 0 for one that no text holds."""
    held = np.flatnonzero(frequencies)
    known = _Idf(size, dict(zip(held.tolist(), frequencies[held].tolist(), strict=True))).idf
    idf = np.zeros(frequencies.size)
    idf[held] = list(known.values())
    return idf
