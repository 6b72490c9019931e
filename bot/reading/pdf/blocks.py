"""Lines put together into headings, paragraphs, list items and rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.reading.pdf.columns import SEPARATOR, Column
from bot.reading.pdf.look import Kind, Look
from bot.reading.pdf.marks import is_certain
from bot.reading.pdf.segments import Segment
from bot.reading.pdf.tables import Table

BlockKind = Literal["heading", "paragraph", "item", "row", "note", "contents"]
_SENTENCE_END = re.compile(r"[.?!:;…][\"'”’)\]]*(?:\d{1,2})?$")
_SENTENCE = re.compile(r"[.?!:;]\s")
# Against the usual distance of lines: the gap between paragraphs, and that between the lines of a heading.
_PARAGRAPH_GAP = 1.3
_HEADING_GAP = 1.6
_INDENT = 0.7
_SHORT = 0.25
_CLEARLY_SHORT = 0.18
_FULL = 0.15
_SAME_SIZE = 0.06
# Words without the end of a sentence: more are rows of something, not a paragraph.
_ENDLESS = 80
_ROWS = 4
# Notes at the foot of a page are smaller than text and start with what refers to them.
_NOTE_SIZE = 0.93
_NOTE = re.compile(r"(?:\d{1,2}|[*†‡§¶]+) ?[A-Z]")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines that belong together, or the cells of a row; `look` is how headings differ from text."""

    kind: BlockKind
    lines: tuple[Segment, ...] = ()
    cells: tuple[str, ...] = ()
    page: int = 0
    look: Kind | None = None
    header: bool = False
    measure: tuple[float, float] = (0.0, 0.0)

    @property
    def text(self) -> str:
        """Its words on one line."""
        return " ".join(line.text for line in self.lines) if self.lines else " ".join(self.cells)

    @property
    def mark(self) -> str:
        """The bullet or number that it starts with."""
        return self.lines[0].mark if self.lines else ""


def blocks_of(parts: Sequence[Column | Table], look: Look) -> Iterator[TextBlock]:
    """The blocks of a document's columns and tables; what goes on in the next column is one."""
    pending: TextBlock | None = None
    for part in parts:
        found = _rows(part) if isinstance(part, Table) else _column(part, look)
        for place, block in enumerate(found):
            if pending is not None and place == 0 and _continues(pending, block):
                pending = replace(pending, lines=pending.lines + block.lines)
                continue
            if block.kind == "note" and pending is not None and _is_open(pending):
                # The text goes on behind the notes at the foot of the page.
                yield block
                continue
            if pending is not None:
                yield from _finished(pending)
            pending = block
    if pending is not None:
        yield from _finished(pending)


def ended(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _SENTENCE_END.search(text) is not None


def _is_open(block: TextBlock) -> bool:
    """Whether a block fills its last line without an end, so that it may go on in the next column."""
    if block.kind not in ("paragraph", "item") or block.look is not None or ended(block.text):
        return False
    left, right = block.measure
    return right - block.lines[-1].right <= _FULL * (right - left)


def _rows(table: Table) -> Iterator[TextBlock]:
    for row in table.rows:
        yield TextBlock("row", cells=row.cells, page=row.page, header=row.header)


def _finished(block: TextBlock) -> Iterator[TextBlock]:
    """A block, in rows where it has no sentences."""
    if block.kind == "paragraph" and len(block.lines) >= _ROWS and block.look is None:
        longest = max(len(part.split()) for part in _SENTENCE.split(block.text))
        if longest > _ENDLESS:
            for line in block.lines:
                yield replace(block, kind="row", lines=(), cells=(line.text,), page=line.page)
            return
    yield block


def _continues(before: TextBlock, block: TextBlock) -> bool:
    """Whether a block at the top of a column goes on with the last one of the column before."""
    if before.kind not in ("paragraph", "item") or block.kind != "paragraph" or block.look != before.look:
        return False
    last, first = before.lines[-1], block.lines[0]
    if ended(last.text) or abs(last.size - first.size) > _SAME_SIZE * last.size:
        return False
    if first.text[0].islower() or last.text[-1] in ",-":
        return True
    return before.kind == "paragraph" and _is_open(before)


@dataclass(slots=True)
class _Collector:
    """Decides line by line where a block ends."""

    look: Look
    left: float
    right: float
    lines: list[Segment] = field(default_factory=list)
    kind: Kind | None = None
    # Where the items of a list without bullets start, and whether one is open.
    listing: float | None = None

    @property
    def width(self) -> float:
        return max(self.right - self.left, 1.0)


def _column(column: Column, look: Look) -> Iterator[TextBlock]:
    lines = column.lines
    right = max(line.right for line in lines)
    left = min(line.left for line in lines)
    state = _Collector(look, left, right)
    for place, line in enumerate(lines):
        if SEPARATOR in line.text:
            if state.lines:
                yield _closed(state)
                state.lines = []
            whole = f"{line.mark} {line.text}" if line.mark else line.text
            yield TextBlock("row", cells=tuple(whole.split(SEPARATOR)), page=line.page)
            continue
        kind = None if line.mark and not _is_heading_mark(line, look) else look.kind(line)
        if state.lines and _starts(state, line, kind):
            yield _closed(state)
            _open_list(state, line, lines[place:])
            state.lines = []
        if not state.lines:
            state.kind = kind
        state.lines.append(line)
    if state.lines:
        yield _closed(state)


def _is_heading_mark(line: Segment, look: Look) -> bool:
    """Whether a number stands before a heading rather than before an item."""
    return re.match(r"[\dA-Z]", line.mark) is not None and look.kind(line) is not None


def _closed(state: _Collector) -> TextBlock:
    first = state.lines[0]
    item = bool(first.mark) and state.kind is None
    listed = state.listing is not None and state.kind is None
    kind: BlockKind = "item" if item or listed else "paragraph"
    if first.size < _NOTE_SIZE * state.look.size and _NOTE.match(f"{first.mark}{first.text}"):
        kind = "note"
    return TextBlock(
        kind, tuple(state.lines), page=first.page, look=state.kind, measure=(state.left, state.right)
    )


def _open_list(state: _Collector, line: Segment, following: Sequence[Segment]) -> None:
    """Notes where the items stand that lost their bullets, below a line that ends in a colon."""
    last = state.lines[-1]
    if state.listing is not None:
        indented = line.left >= state.listing - _INDENT * line.size
        loose = last.base - line.base > 2.2 * state.look.leading(line.size)
        if indented and not line.mark and not loose and state.listing > state.left + 1:
            return
        state.listing = None
        if indented and not loose and not line.mark and _is_short_item(state, line):
            state.listing = line.left
        return
    if state.kind is not None or not last.text.endswith(":") or line.mark or state.lines[0].mark:
        return
    if line.left >= state.lines[0].left + _INDENT * line.size or (
        len(following) > 1 and all(_is_short_item(state, other) for other in following[:2])
    ):
        state.listing = line.left


def _is_short_item(state: _Collector, line: Segment) -> bool:
    short = state.right - line.right > _SHORT * state.width
    return short and not line.mark and state.look.kind(line) is None and line.text[-1] not in ".?!:"


def _starts(state: _Collector, line: Segment, kind: Kind | None) -> bool:
    """Whether a line starts a block of its own."""
    last = state.lines[-1]
    done = ended(last.text)
    gap = last.base - line.base
    leading = state.look.leading(max(line.size, last.size))
    apart = gap > _PARAGRAPH_GAP * leading or gap < -leading
    goes_on = not done and line.text[0].islower() and not apart
    same_size = abs(last.size - line.size) <= _SAME_SIZE * last.size
    if line.mark and _is_mark(state, line, done=done, apart=apart):
        return True
    if kind != state.kind or not same_size:
        return not (goes_on and (same_size or kind == state.kind))
    if kind is not None:
        return _parts_headings(state, line, gap)
    return apart or (not goes_on and _parts_paragraphs(state, line, done=done)) or _parts_items(state, line)


def _parts_items(state: _Collector, line: Segment) -> bool:
    """Whether a line is the first or the next item of a list that has no bullets."""
    if state.listing is not None:
        return not _wraps(state, line)
    indented = line.left >= state.lines[0].left + _INDENT * line.size
    return state.lines[-1].text.endswith(":") and indented


def _is_mark(state: _Collector, line: Segment, *, done: bool, apart: bool) -> bool:
    """Whether what looks like a bullet or a number is one: a sentence may go on with a dash or a year."""
    last = state.lines[-1]
    if is_certain(line.mark) or done or apart or state.lines[0].mark:
        return True
    indented = abs(line.left - last.left) > _INDENT * line.size
    return (
        indented
        or line.inset - line.left > 1.2 * line.size
        or state.right - last.right > _SHORT * state.width
    )


def _parts_headings(state: _Collector, line: Segment, gap: float) -> bool:
    last = state.lines[-1]
    if last.text.endswith(("?", "!")) or abs(last.size - line.size) > _SAME_SIZE * last.size:
        return True
    if line.mark:
        return True
    if gap > _HEADING_GAP * last.size or gap < 0:
        return True
    room = state.right - last.right
    if last.text.endswith(":"):
        # A heading may go on behind a colon where the line is full.
        return room > _word_width(line) + _FULL * state.width
    # A paragraph in bold keeps together; two headings of one look stand apart.
    return ended(last.text) and room > _SHORT * state.width


def _parts_paragraphs(state: _Collector, line: Segment, *, done: bool) -> bool:
    last, first = state.lines[-1], state.lines[0]
    indent = _INDENT * line.size
    room = state.right - last.right
    if first.mark:
        # Text back at the margin is no part of an item, unless that is where the lines of items start.
        back = line.left < first.inset - indent
        return back and (line.left < first.left - 1 or room > _FULL * state.width)
    if state.listing is not None:
        return False
    deeper, back = line.left > last.left + indent, line.left < last.left - indent
    if (deeper and done) or (len(state.lines) > 1 and (deeper or back)):
        return True
    if done:
        return room > _SHORT * state.width
    # The first word would have fitted into the line above: it was broken on purpose.
    needed = _word_width(line) + _CLEARLY_SHORT * state.width
    return room > needed and not line.text[0].islower()


def _word_width(line: Segment) -> float:
    """About how wide the first word of a line is."""
    return len(line.text.split(" ", 1)[0]) * 0.5 * line.size


def _wraps(state: _Collector, line: Segment) -> bool:
    """Whether a line goes on with an item that has no bullet."""
    last = state.lines[-1]
    if line.left > state.lines[0].left + 2:
        return True
    full = state.right - last.right <= _word_width(line) + _FULL * state.width
    return full and line.text[0].islower() and not ended(last.text)
