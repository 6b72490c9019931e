"""A corpus in, the texts out that are encoded of it, each known by its key and made when it is looked at.

Of a passage they are its text behind its nearest heading and its document's title, for a passage seldom
repeats what it is about, the bare text, and the heading; of a document it is the title.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.index.fields import Fields
from bot.index.impacts import Places
from bot.passages import Passages
from bot.records import Document, Passage

# So much of a SHA-256 tells texts apart.
KEY_BYTES = 16
_NOTHING = bytes(KEY_BYTES)
# What is encoded of a passage: its text in its context, bare, and its heading.
_KINDS = 3


def key_of(text: str) -> bytes:
    """What a text is known by."""
    return hashlib.sha256(text.encode()).digest()[:KEY_BYTES]


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of all texts, zeros for what is empty: a row for each text of each passage, and each title."""

    of_passages: NDArray[np.uint8]
    of_titles: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Stayed:
    """What is known of an earlier state of a corpus: its keys, and which documents are as they were.

    `places` has the place that each document had then, -1 for one that was not there or was another; `first`
    is where their passages began.
    """

    keys: Keys
    first: NDArray[np.int64]
    places: Places


class Texts(Mapping[bytes, str]):
    """The distinct texts of a corpus by their keys; a title that tells nothing is none.

    `known_by` are the keys of all texts. `in_context`, `bare` and `headings` have the place in this of a text
    of each passage, `titles` of each document, -1 for an empty one. What `stayed` is not looked at.
    """

    def __init__(
        self,
        index: Fields,
        heads: Sequence[Document],
        passages: Passages,
        stayed: Stayed | None = None,
    ) -> None:
        self._heads, self._passages = heads, passages
        self._telling, self._document_of = index.analysed.telling, index.document_of
        self.known_by = Keys(
            np.zeros((index.size, _KINDS, KEY_BYTES), dtype=np.uint8),
            np.zeros((index.documents, KEY_BYTES), dtype=np.uint8),
        )
        places = np.full(index.documents, -1) if stayed is None else stayed.places
        for document, place in enumerate(places.tolist()):
            own = slice(index.first[document], index.first[document + 1])
            if stayed is not None and place >= 0:
                then = slice(stayed.first[place], stayed.first[place + 1])
                self.known_by.of_passages[own] = stayed.keys.of_passages[then]
                self.known_by.of_titles[document] = stayed.keys.of_titles[place]
            else:
                self._look_at(document, self.known_by.of_passages[own])
        # Where the text of each key stands first.
        self._stand: dict[bytes, int] = {}
        rows = np.array(self._numbered(), dtype=np.intp)
        self.in_context, self.bare, self.headings = rows[: index.size * _KINDS].reshape(-1, _KINDS).T
        self.titles = rows[index.size * _KINDS :]

    def __len__(self) -> int:
        return len(self._stand)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stand)

    def __getitem__(self, key: bytes) -> str:
        place, kind = divmod(self._stand[key], _KINDS)
        if place < len(self._passages):
            return self._texts(self._passages[place])[kind]
        return self._title(self._stand[key] - len(self._passages) * _KINDS)

    def _look_at(self, document: int, room: NDArray[np.uint8]) -> None:
        """Note the keys of the texts of a document."""
        self.known_by.of_titles[document] = _noted([self._title(document)])[0]
        for row, passage in zip(room, self._passages.of(document), strict=True):
            row[:] = _noted(self._texts(passage))

    def _title(self, document: int) -> str:
        return self._heads[document].title if self._telling[document] else ""

    def _texts(self, passage: Passage) -> tuple[str, str, str]:
        head = passage.heading[-1] if passage.heading else ""
        title = self._title(int(self._document_of[passage.index]))
        lines = [f"{line}." for line in (title, head) if line]
        return " ".join([*lines, passage.text]), passage.text, head

    def _numbered(self) -> list[int]:
        """The place of each text among the distinct ones."""
        keys = self.known_by.of_passages.tobytes() + self.known_by.of_titles.tobytes()
        numbers, rows = {_NOTHING: -1}, []
        for at, start in enumerate(range(0, len(keys), KEY_BYTES)):
            key = keys[start : start + KEY_BYTES]
            number = numbers.setdefault(key, len(self._stand))
            if number == len(self._stand):
                self._stand[key] = at
            rows.append(number)
        return rows


def _noted(texts: Sequence[str]) -> NDArray[Any]:
    """The keys of some texts, a row each."""
    keys = b"".join(key_of(text) if text else _NOTHING for text in texts)
    return np.frombuffer(keys, dtype=np.uint8).reshape(-1, KEY_BYTES)
