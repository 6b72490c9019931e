"""The printed lines of a PDF: their words, their size and where they stand on the page."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pypdf import PageObject

from bot.reading.layout import clean

_Matrix = Sequence[float]
_Font = Mapping[str, object] | None
# A header or footer is looked for in so many lines from the top and from the bottom of each page.
_EDGE_LINES = 2
# It counts as one when it stands on most pages, and only where there are enough of them to tell.
_MOST = 0.6
_FEWEST_PAGES = 3
_PAGE_NUMBER = re.compile(r"[-–— ]*(?:page )?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?[-–— ]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of a page, counted from 0; `height` is its distance from the page's bottom, in points."""

    words: str
    page: int
    size: float
    bold: bool
    height: float
    blank_before: bool = False


@dataclass(slots=True)
class _Collector:
    """Takes the pieces of text of a page as pypdf meets them."""

    page: int
    lines: list[PrintedLine] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _sizes: Counter[tuple[float, bool]] = field(default_factory=Counter)
    _height: float = 0.0
    _blank: bool = False

    def take(self, words: str, user: _Matrix, matrix: _Matrix, font: _Font, size: float) -> None:
        """Adds a piece of text; the signature is that of pypdf's `visitor_text`."""
        scale = abs(matrix[3] or matrix[1] or 1.0) * abs(user[3] or user[1] or 1.0)
        style = (
            round(float(size or 0.0) * scale, 1),
            "bold" in str((font or {}).get("/BaseFont", "")).lower(),
        )
        first, *others = words.split("\n")
        self._add(first, style, user, matrix)
        for other in others:
            self.end_line()
            self._add(other, style, user, matrix)

    def end_line(self) -> None:
        """Closes the line that is being collected."""
        words = clean("".join(self._words))
        if words:
            (size, bold), _ = self._sizes.most_common(1)[0]
            self.lines.append(PrintedLine(words, self.page, size, bold, self._height, self._blank))
        self._blank = not words
        self._words.clear()
        self._sizes.clear()

    def _add(self, words: str, style: tuple[float, bool], user: _Matrix, matrix: _Matrix) -> None:
        if words.strip():
            if not self._sizes:
                self._height = float(matrix[4] * user[1] + matrix[5] * user[3] + user[5])
            self._sizes[style] += len(words.strip())
        self._words.append(words)


def printed_lines(pages: Sequence[PageObject]) -> tuple[PrintedLine, ...]:
    """The lines of all pages, without page numbers and without headers and footers that repeat."""
    by_page = [_page_lines(page, number) for number, page in enumerate(pages)]
    repeated = _repeated(by_page)
    return tuple(line for lines in by_page for line in _without_edges(lines, repeated))


def _page_lines(page: PageObject, number: int) -> tuple[PrintedLine, ...]:
    collector = _Collector(number)
    page.extract_text(visitor_text=collector.take)
    collector.end_line()
    return tuple(collector.lines)


def _repeated(by_page: Sequence[Sequence[PrintedLine]]) -> frozenset[str]:
    if len(by_page) < _FEWEST_PAGES:
        return frozenset()
    counts = Counter(pattern for lines in by_page for pattern in {_pattern(line) for line in _edges(lines)})
    return frozenset(pattern for pattern, count in counts.items() if count >= _MOST * len(by_page))


def _edges(lines: Sequence[PrintedLine]) -> Sequence[PrintedLine]:
    return [*lines[:_EDGE_LINES], *lines[_EDGE_LINES:][-_EDGE_LINES:]]


def _pattern(line: PrintedLine) -> str:
    return re.sub(r"\d+", "#", line.words)


def _without_edges(lines: Sequence[PrintedLine], repeated: frozenset[str]) -> Iterator[PrintedLine]:
    edges = {id(line) for line in _edges(lines)}
    outermost = {id(line) for line in (*lines[:1], *lines[-1:])}
    for line in lines:
        if id(line) in edges and _pattern(line) in repeated:
            continue
        if id(line) in outermost and _PAGE_NUMBER.fullmatch(line.words):
            continue
        yield line
