"""rank-bm25's scores from impacts computed once: the only module that imports rank_bm25.

`get_scores` walks over every passage for every term of a question. The contribution of a (term,
passage) pair does not depend on the question, so it is computed here when the index is built, with the
same operations in the same order: the sums are rank-bm25's to the bit (a test holds this).
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Plus

Scores = NDArray[np.float64]

# BM25Plus has an idf that is never negative: in a corpus about one disease Okapi's floor makes the
# disease's name weigh as much as a rare word. rank-bm25 adds `delta` to passages that do not hold the
# term as well, so that it changes no ranking; at 0 a score over 0 means a match.
_DELTA = 0.0


class Bm25Index:
    """BM25 over one field of the passages, or over the titles of the documents.

    `b` in [0, 1] is how far long texts are held against, `k1` how soon repeats stop counting
    (Robertson and Zaragoza 2009).
    """

    def __init__(self, texts: Sequence[Sequence[str]], *, k1: float = 1.5, b: float = 0.75) -> None:
        self.size = len(texts)
        self._postings: dict[str, tuple[NDArray[np.intp], Scores]] = {}
        self._idf: dict[str, float] = {}
        if any(texts):
            self._build(texts, k1, b)

    def _build(self, texts: Sequence[Sequence[str]], k1: float, b: float) -> None:
        engine = BM25Plus(texts, k1=k1, b=b, delta=_DELTA)
        lengths = np.array(engine.doc_len)
        norms = engine.k1 * (1 - engine.b + engine.b * lengths / engine.avgdl)
        found: dict[str, tuple[list[int], list[int]]] = {}
        for place, frequencies in enumerate(engine.doc_freqs):
            for term, frequency in frequencies.items():
                places, counts = found.setdefault(term, ([], []))
                places.append(place)
                counts.append(frequency)
        for term, (places, counts) in found.items():
            at, frequency_of = np.array(places, dtype=np.intp), np.array(counts)
            saturated = (frequency_of * (engine.k1 + 1)) / (norms[at] + frequency_of)
            self._postings[term] = (at, engine.idf[term] * (engine.delta + saturated))
        self._idf = engine.idf

    def scores(self, weights: Mapping[str, float]) -> Scores:
        """The score of every text for weighted terms, in the index's order; 0 where nothing matches."""
        total = np.zeros(self.size)
        for term, weight in weights.items():
            posting = self._postings.get(term)
            if posting is not None:
                places, impacts = posting
                total[places] += weight * impacts
        return total

    def idf(self, term: str) -> float:
        """How telling a term is: 0 for one that no text holds."""
        return self._idf.get(term, 0.0)

    def places(self, term: str) -> NDArray[np.intp]:
        """The texts that hold the term, in the index's order."""
        posting = self._postings.get(term)
        return posting[0] if posting is not None else np.empty(0, dtype=np.intp)

    def vocabulary(self) -> Iterable[str]:
        """Every term of the field."""
        return self._postings.keys()
