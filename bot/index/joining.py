"""Documents that were analysed at different times in, one analysis of them all out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.index.analysed import Analysed
from bot.index.arrays import Room, in_memory, let_go
from bot.index.lexicon import Lexicon
from bot.index.rows import Rows

_OF_DOCUMENTS = ("counts", "own", "telling")
_ROWS_OF_DOCUMENTS = ("titles",)
_OF_PASSAGES = ("nearest", "lengths", "opens", "typed", "announced", "told")
_ROWS_OF_PASSAGES = ("bodies", "headings", "leads", "offers")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring documents of one analysis, from the place `first` up to `last`."""

    part: int
    first: int
    last: int


def stretches(places: Sequence[tuple[int, int]]) -> Iterator[Stretch]:
    """Documents, each as a part and its place there, in order, put together where they are neighbours."""
    begun: Stretch | None = None
    for part, place in places:
        if begun is not None and begun.part == part and begun.last == place:
            begun = Stretch(part, begun.first, place + 1)
            continue
        if begun is not None:
            yield begun
        begun = Stretch(part, place, place + 1)
    if begun is not None:
        yield begun


def joined(parts: Sequence[Analysed], taken: Sequence[Stretch], room: Room = in_memory) -> Analysed:
    """The documents of `taken`, in this order, with numbers of lexica that all of them share."""
    terms = _lexicon("terms", [part.terms for part in parts], room)
    words = _lexicon("words", [part.words for part in parts], room)
    term_at = [terms.numbers(list(part.terms)) for part in parts]
    word_at = [words.numbers(list(part.words)) for part in parts]
    stems = room("stems", np.int32, (len(words),))
    for part, at, of in zip(parts, term_at, word_at, strict=True):
        stems[of] = at[part.stems]
    passages = [_passages(parts[stretch.part], stretch) for stretch in taken]

    def rows(name: str, stretched: Sequence[Stretch], numbers: Sequence[NDArray[np.int32]]) -> Rows:
        return _rows(name, [(getattr(parts[s.part], name), s, numbers[s.part]) for s in stretched], room)

    def values(name: str, stretched: Sequence[Stretch]) -> NDArray[Any]:
        return _values(name, [getattr(parts[s.part], name)[s.first : s.last] for s in stretched], room)

    joint: dict[str, Any] = {name: rows(name, taken, term_at) for name in _ROWS_OF_DOCUMENTS}
    joint |= {name: rows(name, passages, term_at) for name in _ROWS_OF_PASSAGES}
    joint |= {name: values(name, taken) for name in _OF_DOCUMENTS}
    joint |= {name: values(name, passages) for name in _OF_PASSAGES}
    times = _values("times", [_times(parts[s.part], s) for s in taken], room)
    return Analysed(terms, words, stems, said=rows("said", taken, word_at), times=times, **joint)


def _lexicon(name: str, lexica: Sequence[Lexicon], room: Room) -> Lexicon:
    """The words of all lexica."""
    union = Lexicon.of(chain.from_iterable(lexica))
    text = _values(f"{name}.text", [union.text], room)
    return Lexicon(text, _values(f"{name}.starts", [union.starts], room))


def _passages(part: Analysed, documents: Stretch) -> Stretch:
    """Where the passages of some documents stand among those of their part."""
    before = int(part.counts[: documents.first].sum())
    count = int(part.counts[documents.first : documents.last].sum())
    return Stretch(documents.part, before, before + count)


def _times(part: Analysed, documents: Stretch) -> NDArray[Any]:
    starts = part.said.starts
    return part.times[starts[documents.first] : starts[documents.last]]


def _rows(name: str, pieces: Sequence[tuple[Rows, Stretch, NDArray[np.int32]]], room: Room) -> Rows:
    lengths = [np.diff(rows.starts[s.first : s.last + 1]) for rows, s, _ in pieces]
    count = sum(map(len, lengths))
    starts = room(f"{name}.starts", np.int64, (count + 1,))
    starts[0] = 0
    np.cumsum(np.concatenate([np.zeros(0, dtype=np.int64), *lengths]), out=starts[1:])
    terms = room(f"{name}.terms", np.int32, (int(starts[-1]),))
    at = 0
    for rows, s, numbers in pieces:
        piece = rows.terms[rows.starts[s.first] : rows.starts[s.last]]
        terms[at : at + len(piece)] = numbers[piece]
        at += len(piece)
    let_go(terms, *(rows.terms for rows, *_ in pieces))
    return Rows(terms, starts)


def _values(name: str, pieces: Sequence[NDArray[Any]], room: Room) -> NDArray[Any]:
    first = pieces[0]
    values = room(name, first.dtype, (sum(map(len, pieces)), *first.shape[1:]))
    np.concatenate(pieces, out=values)
    let_go(values, *pieces)
    return values
