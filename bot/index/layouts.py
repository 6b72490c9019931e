"""Rows in, the same terms in other rows out: some of the rows, or those of several fields side by side."""

import numpy as np
from numpy.typing import NDArray

from bot.index.arrays import Room, in_memory, let_go
from bot.index.rows import Rows

# Rows are laid out anew so many at a time, lest what that takes in between fill the memory.
_AT_A_TIME = 20_000


def taken(rows: Rows, places: NDArray[np.integer]) -> Rows:
    """The rows at some places, in that order."""
    # Not the lengths of all rows, of which there may be millions, for each few.
    lengths = rows.starts[places + 1] - rows.starts[places]
    starts = np.zeros(len(places) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    terms = np.empty(int(starts[-1]), dtype=np.int32)
    for first in range(0, len(places), _AT_A_TIME):
        some = slice(first, first + _AT_A_TIME)
        begin, end = int(starts[first]), int(starts[min(first + _AT_A_TIME, len(places))])
        terms[begin:end] = rows.terms[stretched(rows.starts[places[some]], lengths[some])]
    return Rows(terms, starts)


def only(rows: Rows, chosen: NDArray[np.bool_]) -> Rows:
    """The rows with those emptied that were not chosen."""
    lengths = np.where(chosen, rows.lengths(), 0)
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    return Rows(rows.terms[np.repeat(chosen, rows.lengths())], starts)


def beside(*fields: Rows, room: Room = in_memory) -> Rows:
    """The rows of several fields, those of the same text one behind the other."""
    count = len(fields[0])
    starts = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.sum([rows.lengths() for rows in fields], axis=0), out=starts[1:])
    terms = room("terms", np.int32, (int(starts[-1]),))
    for first in range(0, count, _AT_A_TIME):
        last = min(first + _AT_A_TIME, count)
        at = starts[first:last].copy()
        for rows in fields:
            lengths = np.diff(rows.starts[first : last + 1])
            terms[stretched(at, lengths)] = rows.terms[rows.starts[first] : rows.starts[last]]
            at += lengths
        let_go(terms, *(rows.terms for rows in fields))
    return Rows(terms, starts)


def stretched(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places from each start on, as many as its length says, one stretch behind the other."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))
