"""Documents on a disk, fetched one by one: what a library is too large for to be held in memory."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import overload

import numpy as np
from numpy.typing import NDArray

from bot.errors import CorpusError
from bot.library.reading import Reading, decoded, decoded_head, encoded
from bot.records import Document, Shelved

# So many are kept at hand once they were fetched.
_AT_HAND = 1024
_DAMAGED = "The index on disk is damaged; make it anew with: python -m bot index"


class Shelf(Shelved):
    """Documents in one array of bytes; that of place `p` is `content[starts[p]:starts[p + 1]]`.

    `heads` are encoded likewise, without what is long.
    """

    def __init__(
        self,
        ids: list[str],
        content: NDArray[np.uint8],
        starts: NDArray[np.int64],
        heads: NDArray[np.uint8],
        head_starts: NDArray[np.int64],
    ) -> None:
        self._ids = ids
        self._content, self._starts = content, starts
        self._heads, self._head_starts = heads, head_starts
        self._fetched = lru_cache(_AT_HAND)(self._fetch)

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, index: int) -> Document: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Document, ...]: ...
    def __getitem__(self, index: int | slice) -> Document | tuple[Document, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self._fetched(index)

    @property
    def ids(self) -> list[str]:
        """Their ids, in order."""
        return self._ids

    @cached_property
    def heads(self) -> Sequence[Document]:
        """What is known of each beside its text."""
        whole, starts = self._heads.tobytes(), self._head_starts.tolist()
        try:
            return [decoded_head(whole[start:end]) for start, end in pairwise(starts)]
        except ValueError as error:
            raise CorpusError(_DAMAGED) from error

    def content(self, place: int) -> NDArray[np.uint8]:
        """The bytes of a document, as `encoded_document` has them."""
        return self._content[self._starts[place] : self._starts[place + 1]]

    def _fetch(self, place: int) -> Document:
        return document_of(self.content(place).tobytes())


def encoded_document(document: Document) -> bytes:
    """A document, or what is known of it beside its text, as it stands on a shelf."""
    return encoded(Reading(document))


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
