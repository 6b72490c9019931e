"""The columns and tables of a file's pages laid out as one text, and where its pages start in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.reading.layout import Layout
from bot.reading.pdf.blocks import TextBlock, blocks_of
from bot.reading.pdf.columns import Column
from bot.reading.pdf.contents import Contents, contents_parted, repeats_headings
from bot.reading.pdf.headings import levels, with_headings
from bot.reading.pdf.hyphens import joined_lines
from bot.reading.pdf.look import Kind, look_of
from bot.reading.pdf.marks import is_told
from bot.reading.pdf.tables import Table
from bot.reading.pdf.title import titled
from bot.reading.structure import Piece, PieceKind

_INDENT = 6.0


@dataclass(frozen=True, slots=True)
class Assembled:
    """A text with its pieces, its title if it says one, and the start of each page."""

    text: str
    pieces: tuple[Piece, ...]
    title: str | None
    pages: tuple[int, ...]


def assembled(parts: Sequence[Column | Table], pages: int, *, stated: str | None) -> Assembled:
    """Lays out what is read; `stated` is the title that the file's data give."""
    columns = [part for part in parts if isinstance(part, Column)]
    look = look_of(columns, [part for part in parts if isinstance(part, Table)])
    blocks: list[TextBlock] = []
    for contents, run in groupby(contents_parted(parts), key=lambda part: isinstance(part, Contents)):
        if contents:
            entries = [entry for part in run if isinstance(part, Contents) for entry in part.lines]
            blocks += [TextBlock("contents", cells=(text,), page=page) for text, page in entries]
        else:
            blocks += blocks_of([part for part in run if not isinstance(part, Contents)], look)
    blocks = repeats_headings(with_headings(blocks))
    title, places = titled(blocks, stated)
    layout = _Layout(look.words, levels(blocks))
    for number, block in enumerate(blocks):
        layout.add(block, is_title=number in places)
    return Assembled(layout.text, layout.pieces, title, layout.starts(pages))


class _Layout:
    """Lays out blocks one after the other and notes where each page starts."""

    def __init__(self, words: frozenset[str], levels: Mapping[Kind | None, int]) -> None:
        self._words, self._levels = words, levels
        self._layout = Layout()
        self._starts: dict[int, int] = {}
        self._leftover: list[int] = []
        # How far the items of the list that is being laid out are indented, from the outermost in.
        self._indents: list[float] = []

    @property
    def text(self) -> str:
        """The text so far."""
        return self._layout.text

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces so far; lists of contents are there to be read, not to be quoted."""
        leftover = set(self._leftover)
        return tuple(
            replace(piece, role="leftover") if piece.start in leftover else piece
            for piece in self._layout.pieces
        )

    def add(self, block: TextBlock, *, is_title: bool) -> None:
        """Adds a block."""
        if block.kind != "item":
            self._indents = []
        if not block.lines:
            start = self._layout.add_row(block.cells, header=block.header)
            if block.kind == "contents" and start is not None:
                self._leftover.append(start)
            self._note(start, ((block.page, 0),))
            return
        words, offsets = joined_lines(block.lines, self._words)
        if block.kind == "item":
            self._item(block, words, offsets)
            return
        mark = f"{block.mark} " if block.mark else ""
        if block.kind == "heading" or is_title:
            kind: PieceKind = "title" if is_title else "heading"
            start = self._layout.add(kind, mark + words, level=self._levels.get(block.look, 1))
        else:
            start = self._layout.add("note" if block.kind == "note" else "paragraph", mark + words)
        if block.kind == "contents" and start is not None:
            self._leftover.append(start)
        self._note(start, tuple((page, offset + len(mark) * (offset > 0)) for page, offset in offsets))

    def starts(self, count: int) -> tuple[int, ...]:
        """Where each page starts; one without text starts where the next one does, the first at 0."""
        found: list[int] = []
        following = len(self.text)
        for page in reversed(range(1, count)):
            following = self._starts.get(page, following)
            found.append(following)
        return (0, *reversed(found))

    def _item(self, block: TextBlock, words: str, offsets: tuple[tuple[int, int], ...]) -> None:
        # From the column's edge: a list may go on in the next one.
        left = block.lines[0].left - block.measure[0]
        while self._indents and left < self._indents[-1] - _INDENT:
            self._indents.pop()
        if not self._indents or left > self._indents[-1] + _INDENT:
            self._indents.append(left)
        depth = len(self._indents) - 1
        lead = 0
        if is_told(block.mark):
            start = self._layout.add_numbered(block.mark, words, depth=depth)
            lead = len(block.mark) + 1
        else:
            start = self._layout.add("item", words, depth=depth)
        self._note(start, tuple((page, offset + lead * (offset > 0)) for page, offset in offsets))

    def _note(self, start: int | None, offsets: Sequence[tuple[int, int]]) -> None:
        if start is not None:
            for page, offset in offsets:
                self._starts.setdefault(page, start + offset)
