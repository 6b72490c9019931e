"""Plain text: paragraphs and lists told apart by blank lines and by the marks that lines start with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.reading.files import decoded, file_bytes
from bot.reading.outline import outlined
from bot.reading.structure import Facts, Piece, document, heading_name
from bot.records import Document

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MARK = re.compile(r"(?:[•‣◦▪●·*\-–—]|\d{1,3}[.)]|[A-Za-z][)])\s+")
# Editors wrap lines by hand at 72 to 100 columns; a longer line is a paragraph by itself.
_WRAP_COLUMNS = 120
_LONGEST_TITLE = 200
_BYTE_ORDER_MARK = "\ufeff"
# Browsers offer to save a page as text and then write its markup.
_WEB_PAGE = re.compile(r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line's span without the white space around it; `gap` counts the blank lines before it."""

    start: int
    end: int
    indent: int
    gap: int


def read(path: Path, doc: str) -> Document:
    """Reads a plain text file, or a web page under its name. Raises DocumentError."""
    found = decoded(file_bytes(path))
    if _WEB_PAGE.match(found.text):
        from bot.reading import html

        return html.read(path, doc)
    return replace(from_text(found.text, doc), remarks=found.remarks)


def from_text(text: str, doc: str) -> Document:
    """The document of a plain text. Raises DocumentError."""
    found = list(pieces(text))
    title = Path(doc).stem
    if found and _is_title(text, found[0]):
        first = found[0]
        title = heading_name(text[first.start : first.end])
        found[0] = Piece("title", first.start, first.end)
    return document(doc, text, outlined(text, found, title=title), Facts(title))


def pieces(text: str) -> Iterator[Piece]:
    """The paragraphs and list items of a text, and the wide gaps between them."""
    pending: list[_Line] = []
    indents: list[int] = []
    first = True
    for line in _lines(text):
        mark = _MARK.match(text, line.start, line.end)
        begins = mark is not None or line.gap > 0 or not pending or _stands_alone(text, pending[-1], line)
        if begins and pending:
            yield _piece(text, pending, indents)
            pending = []
        if line.gap > 1 and not first:
            yield Piece("break", line.start, line.start)
        pending.append(line)
        first = False
    if pending:
        yield _piece(text, pending, indents)


def _is_title(text: str, piece: Piece) -> bool:
    line = text[piece.start : piece.end]
    one_line = "\n" not in line and "\r" not in line
    return piece.kind == "paragraph" and one_line and len(line) <= _LONGEST_TITLE and line[-1] != "."


def _lines(text: str) -> Iterator[_Line]:
    gap = 0
    for match in _LINE.finditer(text):
        start, end = match.span()
        start += start == 0 and text.startswith(_BYTE_ORDER_MARK)
        line = text[start:end]
        stripped = line.strip()
        if not stripped:
            gap += 1
            continue
        indent = len(line) - len(line.lstrip())
        yield _Line(start + indent, start + indent + len(stripped), len(line[:indent].expandtabs(4)), gap)
        gap = 0


def _stands_alone(text: str, last: _Line, line: _Line) -> bool:
    """Whether a line directly under another starts a block of its own."""
    if max(last.end - last.start, line.end - line.start) > _WRAP_COLUMNS:
        return True
    # "Bones:" directly above its list is a line of its own; under an item, only indented text goes on.
    return _MARK.match(text, last.start, last.end) is not None and line.indent == 0


def _piece(text: str, lines: list[_Line], indents: list[int]) -> Piece:
    """The block of some lines; `indents` holds those of the list items that are still open."""
    first, last = lines[0], lines[-1]
    mark = _MARK.match(text, first.start, first.end)
    if mark is None or mark.end() >= first.end:
        indents.clear()
        return Piece("paragraph", first.start, last.end)
    while indents and indents[-1] > first.indent:
        indents.pop()
    if not indents or indents[-1] < first.indent:
        indents.append(first.indent)
    return Piece("item", mark.end(), last.end, depth=len(indents) - 1, marked=True)
