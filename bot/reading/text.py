"""Plain text: paragraphs, lists and tables told apart by blank lines and by the look of the lines."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.reading.columns import has_columns, row_span
from bot.reading.files import MAX_TEXT_BYTES, decoded, file_bytes
from bot.reading.outline import outlined
from bot.reading.structure import Facts, Piece, document, heading_name
from bot.records import Document

_ENDS = "\r\n\x0b\x0c\x85\u2028\u2029"
_LINE = re.compile(rf"[^{_ENDS}]*(?:\r\n|[{_ENDS}])|[^{_ENDS}]+")
# A number is quoted, since other text may speak of it ("see step 4"); a bullet is not.
_NUMBER = re.compile(r"(?:\(?(?:\d{1,3}|[A-Za-z])\)|\d{1,3}\.|(?:Step|STEP) \d{1,2} ?[:.)–-])\s+")
_BULLET = re.compile(r"[•‣◦▪●·*\-–—]\s+")
# Strokes under a heading, between parts of a text or in a table.
_RULE = re.compile(r"[=\-_~*#^+|:.·—–\s]{3,}")
_UNDERLINE = re.compile(r"([=\-_~*^—–])\1{2,}")
# Editors wrap lines by hand at 72 to 100 columns; a longer line is a paragraph by itself.
_WRAP_COLUMNS = 120
# The first line of a wrapped paragraph is about as long as the others; a much shorter one heads them.
_SHORTER = 15
_LONGEST_LABEL = 50
_FEWEST_CAPITALS = 6
# Rows whose first cells are set flush right do not begin in the same column.
_INDENTS_ALIKE = 3
_LONGEST_TITLE = 200
_LONGEST_HEADING = 90
_BYTE_ORDER_MARK = "\ufeff"
# Browsers offer to save a page as text and then write its markup.
_WEB_PAGE = re.compile(r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line's span without the white space around it; `gap` counts the blank lines before it.

    `underline` are the strokes directly under it, "" if there are none.
    """

    start: int
    end: int
    indent: int
    gap: int
    underline: str = ""


def read(path: Path, doc: str) -> Document:
    """Reads a plain text file, or a web page under its name. Raises DocumentError."""
    found = decoded(file_bytes(path, limit=MAX_TEXT_BYTES))
    if _WEB_PAGE.match(found.text):
        from bot.reading import html

        return html.read(path, doc)
    return replace(from_text(found.text, doc), remarks=found.remarks)


def from_text(text: str, doc: str) -> Document:
    """The document of a plain text. Raises DocumentError."""
    found = list(_with_numbered_headings(text, list(pieces(text, lines(text, _line_spans(text))))))
    title = Path(doc).stem
    if found and _is_title(text, found[0]):
        first = found[0]
        title = heading_name(text[first.start : first.end])
        found[0] = Piece("title", first.start, first.end)
    return document(doc, text, outlined(text, found, title=title), Facts(title))


def pieces(text: str, found: Iterable[Line]) -> Iterator[Piece]:
    """The headings, paragraphs, list items and rows that lines make, and the wide gaps between them."""
    pending: list[Line] = []
    indents: list[int] = []
    first = True
    for line in found:
        if pending and _begins(text, pending, line):
            yield from _block(text, pending, indents)
            pending = []
        if line.gap > 1 and not first:
            yield Piece("break", line.start, line.start)
        pending.append(line)
        first = False
    if pending:
        yield from _block(text, pending, indents)


def lines(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Line]:
    """The lines that have words, of all lines with their line ends or without."""
    gap = 0
    last: Line | None = None
    for start, end in spans:
        line = text[start:end]
        stripped = line.strip()
        if not stripped:
            gap += 1
        elif _RULE.fullmatch(stripped):
            if last is not None and not gap:
                last = replace(last, underline=stripped)
            else:
                gap += 1
        else:
            if last is not None:
                yield last
            indent = len(line) - len(line.lstrip())
            columns = len(line[:indent].expandtabs(4))
            last = Line(start + indent, start + indent + len(stripped), columns, gap)
            gap = 0
    if last is not None:
        yield last


def _line_spans(text: str) -> Iterator[tuple[int, int]]:
    for match in _LINE.finditer(text, int(text.startswith(_BYTE_ORDER_MARK))):
        yield match.span()


def _is_title(text: str, piece: Piece) -> bool:
    line = text[piece.start : piece.end]
    one_line = "\n" not in line and "\r" not in line
    kinds = ("paragraph", "heading")
    return piece.kind in kinds and one_line and len(line) <= _LONGEST_TITLE and line[-1] != "."


def _begins(text: str, pending: Sequence[Line], line: Line) -> bool:
    """Whether a line starts a block of its own."""
    last = pending[-1]
    if line.gap > 0 or _mark(text, line) is not None:
        return True
    if _is_row(text, last) and _is_row(text, line):
        return False
    if last.underline or max(last.end - last.start, line.end - line.start) > _WRAP_COLUMNS:
        return True
    if len(pending) == 1 and _is_label(text, last, line):
        return True
    # "Bones:" directly above its list is a line of its own; under an item, only indented text goes on.
    return _mark(text, last) is not None and line.indent == 0


def _is_label(text: str, first: Line, second: Line) -> bool:
    """Whether the first of two lines heads the other rather than being wrapped into it."""
    length = first.end - first.start
    if _is_in_capitals(text, first) and not _is_in_capitals(text, second):
        return text[first.end - 1] not in ".,;-–—"
    if length > _LONGEST_LABEL or second.end - second.start < length + _SHORTER:
        return False
    opens = (text[first.start], text[second.start])
    return all(sign.isupper() for sign in opens) and text[first.end - 1] not in ".,;:-–—"


def _is_in_capitals(text: str, line: Line) -> bool:
    """Whether a line is in capitals throughout; an abbreviation has fewer letters."""
    letters = [sign for sign in text[line.start : line.end] if sign.isalpha()]
    return len(letters) >= _FEWEST_CAPITALS and all(map(str.isupper, letters))


def _mark(text: str, line: Line) -> re.Match[str] | None:
    found = _NUMBER.match(text, line.start, line.end) or _BULLET.match(text, line.start, line.end)
    return found if found and found.end() < line.end else None


def _is_row(text: str, line: Line) -> bool:
    return has_columns(text[line.start : line.end]) and _mark(text, line) is None


def _block(text: str, lines: Sequence[Line], indents: list[int]) -> Iterator[Piece]:
    """What some lines without a gap make; `indents` holds those of the list items that are still open."""
    first, last = lines[0], lines[-1]
    mark = _mark(text, first)
    if mark is not None:
        start = first.start if mark.re is _NUMBER else mark.end()
        yield Piece("item", start, last.end, depth=_depth(first, indents), marked=True)
        return
    indents.clear()
    if sum(_is_row(text, line) for line in lines) > 1:
        yield from _table(text, lines)
    elif _UNDERLINE.fullmatch(last.underline) and last.end - first.start <= _LONGEST_HEADING:
        yield Piece("heading", first.start, last.end, level=1 if last.underline[0] == "=" else 2)
    else:
        yield Piece("paragraph", first.start, last.end)


def _depth(line: Line, indents: list[int]) -> int:
    while indents and indents[-1] > line.indent:
        indents.pop()
    if not indents or indents[-1] < line.indent:
        indents.append(line.indent)
    return len(indents) - 1


def _table(text: str, lines: Sequence[Line]) -> Iterator[Piece]:
    """Rows, and the lines around them; a line that stands farther in goes on with the row above it."""
    row: Line | None = None
    header = True
    for line in lines:
        if row is not None and line.indent > row.indent + _INDENTS_ALIKE:
            row = replace(row, end=line.end)
            continue
        if row is not None:
            yield _row(text, row, header=header and bool(row.underline))
            header = False
        if _is_row(text, line):
            row = line
        else:
            row = None
            yield Piece("paragraph", line.start, line.end)
    if row is not None:
        yield _row(text, row, header=False)


def _row(text: str, line: Line, *, header: bool) -> Piece:
    return Piece("row", *row_span(text, line.start, line.end), header=header)


def _with_numbered_headings(text: str, found: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, with "2. Aftercare" alone above a paragraph turned into a heading."""
    for place, piece in enumerate(found):
        before, after = (found[at].kind if 0 <= at < len(found) else "break" for at in (place - 1, place + 1))
        line = text[piece.start : piece.end]
        alone = before != "item" and after == "paragraph"
        if piece.kind == "item" and alone and _reads_as_heading(line):
            yield Piece("heading", piece.start, piece.end, level=2)
        else:
            yield piece


def _reads_as_heading(line: str) -> bool:
    mark = _NUMBER.match(line)
    if mark is None or not line[mark.end()].isupper() or len(line) > _LONGEST_HEADING:
        return False
    return line[0].isdigit() and line[-1] not in ".;,:" and "\n" not in line and "\r" not in line
