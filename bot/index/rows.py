"""Texts as the numbers of their terms, in two flat arrays: what an index is built from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Rows:
    """Texts as term ids, order and repeats kept: row `r` is `terms[starts[r]:starts[r + 1]]`.

    Both arrays may be read by memory map.
    """

    terms: NDArray[np.int32]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Iterable[Sequence[int]]) -> Self:
        """The rows of texts that are in memory."""
        rows = [np.asarray(text, dtype=np.int32) for text in texts]
        starts = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum([row.size for row in rows], out=starts[1:])
        return cls(np.concatenate([np.empty(0, dtype=np.int32), *rows]), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> NDArray[np.int32]:
        """The terms of one row."""
        return self.terms[self.starts[row] : self.starts[row + 1]]

    def lengths(self) -> NDArray[np.int64]:
        """How many terms each row has."""
        return np.diff(self.starts)
