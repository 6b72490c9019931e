"""Documents on a disk, fetched one by one: what a library is too large for to be held in memory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import overload

import numpy as np
from numpy.typing import NDArray

from bot.errors import CorpusError
from bot.library.reading import Reading, decoded, decoded_head, encoded
from bot.records import Document, Shelved

# So many are kept at hand once they were fetched.
_AT_HAND = 1024
_DAMAGED = "The index on disk is damaged; make it anew with: python -m bot index"


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of bytes one behind the other: stretch p is `content[starts[p]:starts[p + 1]]`."""

    content: NDArray[np.uint8]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, place: int) -> NDArray[np.uint8]:
        return self.content[self.starts[place] : self.starts[place + 1]]


class Shelf(Shelved):
    """Documents in one array of bytes, their heads in another; `known` is their ids and how many are in each
    language.
    """

    def __init__(
        self, known: tuple[list[str], Mapping[str, int]], documents: Stretches, heads: Stretches
    ) -> None:
        self._ids, self._languages = known
        self._documents, self._heads = documents, heads
        self._fetched = lru_cache(_AT_HAND)(self._fetch)

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, index: int) -> Document: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Document, ...]: ...
    def __getitem__(self, index: int | slice) -> Document | tuple[Document, ...]:
        return _taken(self._fetched, index, len(self))

    @property
    def ids(self) -> list[str]:
        """Their ids, in order."""
        return self._ids

    @property
    def heads(self) -> Sequence[Document]:
        """What is known of each beside its text."""
        return _Heads(self._heads)

    @property
    def languages(self) -> Mapping[str, int]:
        """How many are in each language."""
        return self._languages

    def content(self, place: int) -> NDArray[np.uint8]:
        """The bytes of a document, as `encoded_document` has them."""
        return self._documents[place]

    def _fetch(self, place: int) -> Document:
        return document_of(self.content(place).tobytes())


def encoded_document(document: Document) -> bytes:
    """A document, or what is known of it beside its text, as it stands on a shelf."""
    return encoded(Reading(document))


class _Heads(Sequence[Document]):
    """What is known of documents beside their texts, each decoded when it is looked at."""

    def __init__(self, encoded: Stretches) -> None:
        self._encoded = encoded

    def __len__(self) -> int:
        return len(self._encoded)

    @overload
    def __getitem__(self, index: int) -> Document: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Document, ...]: ...
    def __getitem__(self, index: int | slice) -> Document | tuple[Document, ...]:
        return _taken(self._decode, index, len(self))

    def _decode(self, place: int) -> Document:
        try:
            return decoded_head(self._encoded[place].tobytes())
        except ValueError as error:
            raise CorpusError(_DAMAGED) from error


def _taken(one: Callable[[int], Document], index: int | slice, count: int) -> Document | tuple[Document, ...]:
    if isinstance(index, slice):
        return tuple(map(one, range(*index.indices(count))))
    if not 0 <= index < count:
        raise IndexError(index)
    return one(index)


def head_of(document: Document) -> Document:
    """What is known of a document beside its text."""
    return replace(document, text="", sections=(), pages=(), cuts=None)


def document_of(data: bytes) -> Document:
    """A document as it stands on a shelf. Raises CorpusError where it is damaged."""
    try:
        document = decoded(data).document
        if document is None:
            raise ValueError("there is no document")
    except ValueError as error:
        raise CorpusError(_DAMAGED) from error
    return document
