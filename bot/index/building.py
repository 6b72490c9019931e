"""Rows in, impacts out: sorted in ranges of rows, so that a build needs little beyond what it makes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bot.index.arrays import Room, in_memory, let_go, placed
from bot.index.impacts import Exact, Impacts, impact
from bot.index.rows import Rows

# Terms that are sorted at once: 4 million need 150 MB while they are sorted.
_RANGE = 1 << 22
# A term that more than one text in so many holds has a column: there postings would take more room.
_SHARE = 8


@dataclass(frozen=True, slots=True)
class Formula:
    """BM25's parameters, and what gives the idf of terms by how many texts there are and hold each."""

    k1: float
    b: float
    idf: Callable[[int, NDArray[np.int32]], Exact]


@dataclass(frozen=True, slots=True)
class _Range:
    """Which texts of a range of rows hold a term and how often, by (term, place).

    `held[term]` of them are the term's.
    """

    held: NDArray[np.int64]
    terms: NDArray[np.int64]
    places: NDArray[np.int64]
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Rows, first: int, last: int, vocabulary_size: int) -> Self:
        bits = int(last - first - 1).bit_length()
        keys = rows.terms[rows.starts[first] : rows.starts[last]].astype(np.int64)
        keys <<= bits
        keys |= np.repeat(np.arange(last - first), np.diff(rows.starts[first : last + 1]))
        keys.sort()
        distinct = np.flatnonzero(np.diff(keys, prepend=-1))
        counts = np.diff(distinct, append=keys.size)
        keys = keys[distinct]
        terms = keys >> bits
        keys &= (1 << bits) - 1
        keys += first
        return cls(np.bincount(terms, minlength=vocabulary_size), terms, keys, counts)


def impacts_of(rows: Rows, vocabulary_size: int, formula: Formula, room: Room = in_memory) -> Impacts:
    """The impacts of the terms of some rows; all is sorted twice, first to learn how much room it needs."""
    frequencies, most = np.zeros(vocabulary_size, dtype=np.int32), 1
    for part in _ranges(rows, vocabulary_size):
        frequencies += part.held
        most = max(most, int(part.counts.max(initial=0)))
    made = _empty(rows, frequencies, np.min_scalar_type(most), formula, room)
    filled = made.starts[:-1].copy()
    for part in _ranges(rows, vocabulary_size):
        filled += _fill(made, part, filled)
        let_go(rows.terms, *(getattr(made, field.name) for field in fields(made)))
    return made


def _empty(
    rows: Rows, frequencies: NDArray[np.int32], counted: np.dtype[Any], formula: Formula, room: Room
) -> Impacts:
    """The impacts before any text is counted, where there is `room` for them."""
    in_column = frequencies > len(rows) / _SHARE
    column_of = np.where(in_column, np.cumsum(in_column) - 1, -1).astype(np.int32)
    starts = np.zeros(frequencies.size + 1, dtype=np.int64)
    np.cumsum(np.where(in_column, 0, frequencies), out=starts[1:])
    columns, held = room("columns", counted, (int(in_column.sum()), len(rows))), (int(starts[-1]),)
    columns[:] = 0
    return Impacts(
        gain=placed("gain", np.array([formula.k1 + 1]), room),
        norms=placed("norms", _norms(rows, formula.k1, formula.b), room),
        idf=placed("idf", formula.idf(len(rows), frequencies), room),
        frequencies=placed("frequencies", frequencies, room),
        bounds=placed("bounds", np.zeros(frequencies.size), room),
        column_of=placed("column_of", column_of, room),
        columns=columns,
        starts=placed("starts", starts, room),
        places=room("places", np.int32, held),
        counts=room("counts", counted, held),
        rounded=room("rounded", np.float32, held),
    )


def _norms(rows: Rows, k1: float, b: float) -> Exact:
    """What the length of each row is held against it, by rank-bm25's operations; never 0."""
    if not rows.terms.size:
        return np.ones(len(rows))
    norms = np.asarray(k1 * (1 - b + b * rows.lengths() / (rows.terms.size / len(rows))), dtype=np.float64)
    # At `b` 1 that of an empty row is 0; it holds no term, and 1 spares a division of 0 by 0.
    norms[norms == 0] = 1.0
    return norms


def _fill(made: Impacts, part: _Range, filled: NDArray[np.int64]) -> NDArray[np.int64]:
    """Write a range's share, each term's behind what is `filled` of it; how much was written of each."""
    added = impact(made.idf[part.terms], part.counts, made.gain, made.norms[part.places])
    held = np.flatnonzero(part.held)
    firsts = np.cumsum(part.held[held]) - part.held[held]
    if held.size:
        made.bounds[held] = np.maximum(made.bounds[held], np.maximum.reduceat(added, firsts))
    column = made.column_of[part.terms]
    many = column >= 0
    made.columns[column[many], part.places[many]] = part.counts[many]
    few = ~many
    written = np.where(made.column_of < 0, part.held, 0)
    at = np.arange(int(written.sum()))
    at += np.repeat(filled - (np.cumsum(written) - written), written)
    made.places[at], made.counts[at], made.rounded[at] = part.places[few], part.counts[few], added[few]
    return written


def _ranges(rows: Rows, vocabulary_size: int) -> Iterator[_Range]:
    first = 0
    while first < len(rows):
        end = int(np.searchsorted(rows.starts, rows.starts[first] + _RANGE, side="right")) - 1
        last = min(max(end, first + 1), len(rows))
        yield _Range.of(rows, first, last, vocabulary_size)
        first = last
