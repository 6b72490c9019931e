"""Rows in, the rows of every term out: sorted in ranges of rows, so that building needs little memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bot.index.rows import Rows

# Terms that are sorted at once: 4 million need 150 MB while they are sorted.
_RANGE = 1 << 22


@dataclass(frozen=True, slots=True)
class _Part:
    """The postings of a range of rows, by (term, place); `held[t]` of them are term `t`'s."""

    held: NDArray[np.int64]
    places: NDArray[np.int32]
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Rows, first: int, last: int, vocabulary_size: int) -> Self:
        spread = last - first
        lengths = np.diff(rows.starts[first : last + 1])
        keys = rows.terms[rows.starts[first] : rows.starts[last]].astype(np.int64)
        keys *= spread
        keys += np.repeat(np.arange(spread), lengths)
        keys.sort()
        starts = np.flatnonzero(np.concatenate([keys[:1] == keys[:1], keys[1:] != keys[:-1]]))
        terms, places = np.divmod(keys[starts], spread)
        return cls(
            np.bincount(terms, minlength=vocabulary_size),
            (places + first).astype(np.int32),
            np.diff(starts, append=keys.size),
        )


@dataclass(frozen=True, slots=True)
class Postings:
    """Which rows hold a term, ascending, and how often: term `t` has `places[starts[t]:starts[t + 1]]`."""

    starts: NDArray[np.int64]
    places: NDArray[np.int32]
    counts: NDArray[np.int32]

    @classmethod
    def of(cls, rows: Rows, vocabulary_size: int) -> Self:
        """The postings of all rows; sorted twice, once to learn how much room each term needs."""
        starts = np.zeros(vocabulary_size + 1, dtype=np.int64)
        for part in _parts(rows, vocabulary_size):
            starts[1:] += part.held
        np.cumsum(starts, out=starts)
        places, counts = np.empty(starts[-1], dtype=np.int32), np.empty(starts[-1], dtype=np.int32)
        filled = starts[:-1].copy()
        for part in _parts(rows, vocabulary_size):
            before = np.cumsum(part.held) - part.held
            at = np.arange(part.places.size) + np.repeat(filled - before, part.held)
            places[at], counts[at] = part.places, part.counts
            filled += part.held
        return cls(starts, places, counts)


def _parts(rows: Rows, vocabulary_size: int) -> Iterator[_Part]:
    first = 0
    while first < len(rows):
        end = int(np.searchsorted(rows.starts, rows.starts[first] + _RANGE, side="right")) - 1
        last = min(max(end, first + 1), len(rows))
        yield _Part.of(rows, first, last, vocabulary_size)
        first = last
