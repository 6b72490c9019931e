"""The text of a document whose file is not text: laid out here, so that offsets count in what is shown."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from bot.reading.structure import Piece, PieceKind

_BULLET = "• "
_INDENT = "  "
# Word knows nine levels of lists; a file that claims more is not believed.
_DEEPEST = 8
_CELL_SEPARATOR = " | "


class Layout:
    """Collects blocks: a blank line between them, the items of a list and the rows of a table on lines."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._pieces: list[Piece] = []

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces so far, with their spans in the text."""
        return tuple(self._pieces)

    def add(self, kind: PieceKind, words: str, *, level: int = 1, depth: int = 0) -> int | None:
        """Adds a block of clean text and tells where it starts; None where it is blank."""
        lead = _INDENT * self._bounded(depth) + _BULLET if kind == "item" else ""
        return self._append(Piece(kind, 0, 0, level=level, depth=self._bounded(depth)), lead, words)

    def add_numbered(self, number: str, words: str, *, depth: int = 0) -> int | None:
        """Adds an item that is quoted with its number ("4."): other text may speak of "step 4"."""
        lead = _INDENT * self._bounded(depth)
        numbered = f"{number} {words.strip()}" if words.strip() else ""
        return self._append(Piece("item", 0, 0, depth=self._bounded(depth)), lead, numbered)

    def add_row(self, cells: Sequence[str], *, header: bool = False) -> int | None:
        """Adds a row of a table. A blank cell keeps its place: it tells which column the others are in."""
        cleaned = [clean(cell) for cell in cells]
        row = _CELL_SEPARATOR.join(cleaned) if any(cleaned) else ""
        start = self._append(Piece("row", 0, 0, header=header), "", row)
        if start is not None and not cleaned[-1]:
            # "one | " and "one" are different rows to whoever reads the text; spans are without the edges.
            self._parts.append(" ")
            self._length += 1
        return start

    def add_break(self, level: int) -> None:
        """Ends what stands under headings of this level and below it: a panel is over, the page goes on."""
        self._pieces.append(Piece("break", self._length, self._length, level=level))

    def _append(self, piece: Piece, lead: str, words: str) -> int | None:
        words = words.strip()
        if not words:
            return None
        before = self._pieces[-1].kind if self._pieces else None
        together = before == piece.kind and piece.kind in ("item", "row")
        lead = ("" if not self._length else "\n" if together else "\n\n") + lead
        start = self._length + len(lead)
        self._parts += (lead, words)
        self._length = start + len(words)
        marked = piece.kind == "item"
        self._pieces.append(replace(piece, start=start, end=self._length, marked=marked))
        return start

    @staticmethod
    def _bounded(depth: int) -> int:
        return max(0, min(depth, _DEEPEST))


def clean(raw: str) -> str:
    """Extracted text on one line, without characters that are no text: controls and halves of pairs."""
    return " ".join("".join(map(_printed, raw)).split()) if not _is_plain(raw) else " ".join(raw.split())


def _is_plain(raw: str) -> bool:
    return re.search(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\ufeff\ud800-\udfff\ufffe\uffff]", raw) is None


def _printed(sign: str) -> str:
    if sign in "\xad\u200b\ufeff\ufffe\uffff":
        return ""
    if unicodedata.category(sign) in ("Cc", "Cs"):
        return " "
    return sign
