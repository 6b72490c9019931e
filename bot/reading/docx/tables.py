"""Tables: rows that keep their columns, and the blocks of those that are only there for the layout."""

from collections.abc import Callable, Iterator, Sequence

from bot.reading.docx.blocks import Block, Box, Row, Text, count
from bot.reading.docx.cells import MOST_COLUMNS, Cell, Line, lines_of
from bot.reading.docx.styles import Styles
from bot.reading.docx.xml import Element, child, name, number, value

# A merged cell counts for each row and column that it covers; long text would only be in the way there.
_LONGEST_REPEATED = 40
_LONGEST_SPREAD = 12
# What is longer than this and has a structure of its own is no entry of a table, but laid out by one.
_LONGEST_ROW = 80
_LONGEST_LABEL = 25
_FIRST_ROW = 0x20


class Table:
    """A table and its rows."""

    def __init__(self, table: Element, read: Callable[[Element], list[Block]], styles: Styles) -> None:
        self._lines = lines_of(table, read)
        self._edges = _edges(table)
        self._width = max((len(line.cells) for line in self._lines), default=0)
        # In a form, hardly two rows have the same columns: there a wide cell is no merged one.
        counts = [len(line.cells) for line in self._lines if len(line.cells) > 1]
        self._regular = 2 * counts.count(self._width) >= len(counts) and self._width <= MOST_COLUMNS
        self._styled_header = _has_styled_header(table, styles)

    def blocks(self) -> Iterator[Block]:
        """The table as blocks."""
        if self._width == 1:
            yield from self._of_one_column()
        elif len(self._lines) == 1 and any(map(_is_long, self._lines[0].cells)):
            yield from self._laid_out(self._lines[0])
        elif self._lines:
            yield from self._rows()

    def _of_one_column(self) -> Iterator[Block]:
        cells = [line.cells[0] for line in self._lines]
        if len(cells) == 1:
            if cells[0].blocks:
                yield Box(cells[0].blocks, floating=False)
        elif all(len(cell.blocks) <= 1 and count(cell.blocks) <= _LONGEST_LABEL for cell in cells):
            yield from (Row((cell.words,)) for cell in cells if cell.blocks)
        else:
            for cell in cells:
                yield from cell.blocks

    def _rows(self) -> Iterator[Block]:
        middles = self._middles()
        headers = self._headers()
        above: dict[int, str] = {}
        for place, line in enumerate(self._lines):
            if any(map(_has_structure, line.cells)) or _is_paragraph(line):
                yield from self._laid_out(line)
                continue
            texts = [_text(cell, above) for cell in line.cells]
            cells = self._spread(line, texts, middles)
            if any(cells):
                yield Row(tuple(cells), header=place < headers)
            yield from line.beside

    @staticmethod
    def _laid_out(line: Line) -> Iterator[Block]:
        for cell in line.cells:
            yield from cell.blocks

    def _middles(self) -> list[float]:
        """The middle of each column, by the first row with the most cells."""
        fullest = next(line for line in self._lines if len(line.cells) == self._width)
        return [(self._edge(cell.start) + self._edge(cell.start + cell.span)) / 2 for cell in fullest.cells]

    def _edge(self, column: int) -> float:
        if column < len(self._edges):
            return self._edges[column]
        # More columns than the grid tells of are taken to be as wide as the others.
        last = len(self._edges) - 1
        return self._edges[-1] + (column - last) * (self._edges[-1] / last if last and self._edges[-1] else 1)

    def _spread(self, line: Line, texts: Sequence[str], middles: Sequence[float]) -> list[str]:
        """The cells of a row, one for each column; a cell that fills the row stands alone."""
        alone = len(line.cells) == 1 and self._fills(line, middles)
        if not self._regular or alone or len(line.cells) == len(middles):
            return list(texts)
        cells = [""] * sum(middle < self._edge(line.cells[0].start) for middle in middles)
        last = len(line.cells) - 1
        for place, (cell, text) in enumerate(zip(line.cells, texts, strict=True)):
            start, end = self._edge(cell.start), self._edge(cell.start + cell.span)
            covered = max(1, sum(start <= middle < end for middle in middles))
            once = place == last and len(text.split()) > _LONGEST_SPREAD
            cells += [text] * (1 if once else covered)
        end = self._edge(line.cells[-1].start + line.cells[-1].span)
        left = min(sum(middle >= end for middle in middles), len(middles) - len(cells))
        return cells + [""] * left

    def _fills(self, line: Line, middles: Sequence[float]) -> bool:
        start, end = line.cells[0].start, line.cells[0].start + line.cells[0].span
        return self._edge(start) <= middles[0] and middles[-1] < self._edge(end)

    def _headers(self) -> int:
        """How many rows at the top name the columns."""
        marked = 0
        while marked < len(self._lines) and self._lines[marked].header:
            marked += 1
        if 0 < marked < len(self._lines):
            return marked
        return int(len(self._lines) > 1 and self._first_stands_out())

    def _first_stands_out(self) -> bool:
        first, *others = self._lines
        if len(first.cells) == 1:
            return False
        shaded = all(cell.shaded for cell in first.cells) and not all(cell.shaded for cell in others[0].cells)
        bold = first.is_bold and not all(line.is_bold for line in others)
        return bold or shaded or self._styled_header


def _edges(table: Element) -> list[float]:
    """Where the columns of the grid begin and the last one ends."""
    edges = [0.0]
    grid = child(table, "w:tblGrid")
    for column in () if grid is None else grid.iterchildren(name("w:gridCol")):
        edges.append(edges[-1] + max(number(column.get(name("w:w")), 1), 1))
    return edges


def _has_styled_header(table: Element, styles: Styles) -> bool:
    properties = child(table, "w:tblPr")
    look = child(properties, "w:tblLook")
    style = value(properties, "w:tblStyle")
    if look is None or style is None:
        return False
    first = look.get(name("w:firstRow"))
    bits = look.get(name("w:val")) or "0"
    wanted = first in ("1", "true", "on") if first is not None else bool(_hexadecimal(bits) & _FIRST_ROW)
    return wanted and styles.of("table", style).heads_tables


def _hexadecimal(digits: str) -> int:
    try:
        return int(digits, 16)
    except ValueError:
        return 0


def _text(cell: Cell, above: dict[int, str]) -> str:
    """A cell's text; one that goes on with the cell above it tells that one's."""
    if cell.below and cell.start in above:
        text = above[cell.start]
        return text if len(text.split()) <= _LONGEST_REPEATED else ""
    text = cell.words
    above.pop(cell.start, None)
    if cell.merged:
        above[cell.start] = text
    return text


def _is_paragraph(line: Line) -> bool:
    """Whether a row has nothing but one long cell."""
    filled = [cell for cell in line.cells if cell.own]
    return len(filled) == 1 and not filled[0].below and count(filled[0].own) > _LONGEST_LABEL


def _is_long(cell: Cell) -> bool:
    """Whether a cell of a table with one row is a column of a page."""
    return _has_structure(cell) or (len(cell.own) > 1 and count(cell.own) > _LONGEST_LABEL)


def _has_structure(cell: Cell) -> bool:
    """Whether a cell has tables, headings or whole paragraphs inside, which a row would run together."""
    own = cell.own
    if any(isinstance(block, Row) for block in own):
        return True
    # A heading alone in a cell is how some people make the labels of a table.
    headed = any(isinstance(block, Text) and block.kind in ("heading", "title") for block in own)
    return (headed and len(own) > 1) or (len(own) > 2 and count(own) > _LONGEST_ROW)
