"""rank-bm25's scores from what was computed once: the only module that imports rank_bm25.

`get_scores` walks over every text for every term of a question. What a term adds to a text's score does not
depend on the question, so that it is kept (`impacts`), and only texts that can be among the best are looked
at (`best`). Scores come of the same operations in the same order: they are rank-bm25's to the bit (a test
holds this).
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Plus

from bot.index.adding import Adding
from bot.index.arrays import Room, in_memory
from bot.index.best import Search
from bot.index.building import Formula, impacts_of
from bot.index.impacts import Exact, Impacts, Places
from bot.index.rows import Rows


class Bm25Index:
    """BM25 over one field of the passages, or over the titles of the documents.

    Texts are known by their place, terms by their id. Weights are over 0 and their order is the order of
    the sum. A score over 0 means a match.
    """

    def __init__(self, impacts: Impacts) -> None:
        self._impacts = impacts
        self._adding, self._search = Adding(impacts), Search(impacts)

    @classmethod
    def build(
        cls, rows: Rows, vocabulary_size: int, *, k1: float = 1.5, b: float = 0.75, room: Room = in_memory
    ) -> Self:
        """The index of some rows, whose terms are ids under `vocabulary_size`.

        `b` in [0, 1] is how far long texts are held against, `k1` how soon repeats stop counting
        (Robertson and Zaragoza 2009). Its arrays are put where there is `room` for them.
        """
        return cls(impacts_of(rows, vocabulary_size, Formula(k1, b, _idf), room))

    @property
    def size(self) -> int:
        """How many texts there are."""
        return self._impacts.size

    def scores(self, weights: Mapping[int, float]) -> Exact:
        """The score of every text for weighted terms, by place; 0 where nothing matches."""
        total = np.zeros(self.size)
        for term, weight in self._impacts.known(weights).items():
            places, shares = self._impacts.exact(term)
            total[places] += weight * shares
        return total

    def best(self, weights: Mapping[int, float], count: int) -> Places:
        """The places of the `count` best texts that match, the first place first where scores are equal."""
        known = self._impacts.known(weights)
        if not known or count < 1:
            return np.empty(0, dtype=np.intp)
        if self._adding.suits(known):
            return self._adding.best(known, count)
        places = self._search.candidates(known, count)
        return places[(-self.scores_at(known, places)).argsort(kind="stable")[:count]]

    def scores_at(self, weights: Mapping[int, float], places: Places) -> Exact:
        """The scores of some texts alone, as `scores` has them."""
        total = np.zeros(places.size)
        for share in self._impacts.shares_at(self._impacts.known(weights), places):
            total += share
        return total

    def idf(self, term: int) -> float:
        """How telling a term is: 0 for one that no text holds."""
        return float(self._impacts.idf[term]) if self.frequency(term) else 0.0

    def frequency(self, term: int) -> int:
        """How many texts hold a term."""
        return self._impacts.frequency(term)

    def places(self, term: int) -> Places:
        """The texts that hold a term, ascending."""
        return self._impacts.holding(term)[0] if self.frequency(term) else np.empty(0, dtype=np.intp)

    def holds(self, term: int, places: Places) -> NDArray[np.bool_]:
        """Which of some texts hold a term."""
        if not self.frequency(term):
            return np.zeros(places.size, dtype=np.bool_)
        return np.asarray(self._impacts.counts_at([term], places)[0] > 0)

    def arrays(self) -> Mapping[str, NDArray[Any]]:
        """What an index is made of, to be kept on disk."""
        return {field.name: getattr(self._impacts, field.name) for field in fields(Impacts)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """The index that `arrays` told of; nothing is copied, and arrays read by memory map will do."""
        # A memory map's own class makes every slice of it slow.
        return cls(Impacts(**{name: np.asarray(array) for name, array in arrays.items()}))


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


def _idf(size: int, frequencies: NDArray[np.int32]) -> Exact:
    """The idf of each term, 0 for one that no text holds."""
    held = np.flatnonzero(frequencies)
    known = _Idf(size, dict(zip(held.tolist(), frequencies[held].tolist(), strict=True))).idf
    idf = np.zeros(frequencies.size)
    idf[held] = list(known.values())
    return idf
