"""An index whose terms are known by name."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.index.bm25 import Bm25Index
from bot.index.rows import Rows


class NamedIndex:
    """BM25 over texts in memory; see `Bm25Index`."""

    def __init__(self, texts: Sequence[Sequence[str]], *, k1: float = 1.5, b: float = 0.75) -> None:
        self._ids: dict[str, int] = {}
        rows = Rows.of([[self._ids.setdefault(term, len(self._ids)) for term in text] for text in texts])
        self._index = Bm25Index.build(rows, len(self._ids), k1=k1, b=b)

    def scores(self, weights: Mapping[str, float]) -> NDArray[np.float64]:
        """The score of every text for weighted terms, in the index's order; 0 where nothing matches."""
        known = {self._ids[term]: weight for term, weight in weights.items() if term in self._ids}
        return self._index.scores(known)

    def idf(self, term: str) -> float:
        """How telling a term is: 0 for one that no text holds."""
        return self._index.idf(self._ids.get(term, -1))

    def places(self, term: str) -> NDArray[np.intp]:
        """The texts that hold the term, in the index's order."""
        return self._index.places(self._ids.get(term, -1))

    def vocabulary(self) -> Iterable[str]:
        """Every term of the field."""
        return self._ids.keys()
