"""Tables: rows of cells, where a cell that spans several rows or columns counts for each of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.reading.html.headings import is_bold
from bot.reading.html.tree import HEADINGS, Element

# Wider and longer spans are mistakes; browsers stop at 1,000 columns too.
_MOST_COLUMNS = 60
_MOST_ROWS = 500
# A cell with more words is a column of a page that is laid out with tables.
_MOST_CELL_WORDS = 150
_CELL_ROLES = {"cell": "td", "gridcell": "td", "columnheader": "th", "rowheader": "th"}
_PARTS = ("thead", "tbody", "tfoot")


@dataclass(frozen=True, slots=True)
class Row:
    """The texts of a row's cells, one a column; `header` where they name the columns."""

    cells: tuple[str, ...]
    header: bool


@dataclass(slots=True)
class _Spanning:
    """A cell that goes on in the rows below."""

    words: str
    rows: int


def name_by_roles(root: Element) -> None:
    """Makes tables of elements that say they are one, where all in them is in rows and cells."""
    for table in root.walk():
        if table.get("role") not in ("table", "grid"):
            continue
        parts = [part for child in table.elements for part in _parts_of(child)]
        rows = [part for part in parts if part.get("role") == "row"]
        cells = [cell for row in rows for cell in row.elements]
        if not rows or len(rows) < len(parts) or any(cell.get("role") not in _CELL_ROLES for cell in cells):
            continue
        table.name = "table"
        for group in table.elements:
            group.name = "tbody" if group.get("role") == "rowgroup" else group.name
        for row in rows:
            row.name = "tr"
        for cell in cells:
            cell.name = _CELL_ROLES[cell.get("role")]


def _parts_of(element: Element) -> list[Element]:
    return element.elements if element.get("role") == "rowgroup" else [element]


def is_layout(table: Element) -> bool:
    """Whether a table only places parts of the page beside each other."""
    if table.get("role") in ("presentation", "none"):
        return True
    rows = list(_rows(table))
    cells = [cell for _, row in rows for cell in _cells(row)]
    if any(cell.name == "th" for cell in cells) or any(child.name == "caption" for child in table.elements):
        return False
    if max((len(_cells(row)) for _, row in rows), default=0) < 2:
        return True
    return any(_is_column(cell) for cell in cells)


def rows_of(table: Element, words_of: Callable[[Element], str]) -> Iterator[Row]:
    """The rows of a table, from the top as a browser shows them; `words_of` tells a cell's text."""
    found = list(_rows(table))
    headers = _headers(found)
    spanning: dict[int, _Spanning] = {}
    for place, (_, row) in enumerate(found):
        cells = _filled(row, spanning, words_of)
        if cells and _cells(row):
            # A cell as wide as the table is a line of its own.
            once = len(_cells(row)) == 1 and len(set(cells)) == 1
            yield Row(tuple(cells[:1] if once else cells), header=place < headers and not once)


def _filled(row: Element, spanning: dict[int, _Spanning], words_of: Callable[[Element], str]) -> list[str]:
    """The texts of a row, with those of the cells that reach into it from above."""
    cells: list[str] = []
    for cell in _cells(row):
        _from_above(cells, spanning)
        words = words_of(cell)
        rows = _span(cell.get("rowspan"), _MOST_ROWS)
        for _ in range(_span(cell.get("colspan"), _MOST_COLUMNS)):
            if rows > 1:
                spanning[len(cells)] = _Spanning(words, rows - 1)
            cells.append(words)
            if len(cells) >= _MOST_COLUMNS:
                return cells
    _from_above(cells, spanning)
    return cells


def _from_above(cells: list[str], spanning: dict[int, _Spanning]) -> None:
    while (above := spanning.get(len(cells))) is not None:
        above.rows -= 1
        if above.rows <= 0:
            del spanning[len(cells)]
        cells.append(above.words)


def _headers(rows: list[tuple[str, Element]]) -> int:
    """How many rows at the top name the columns."""
    count = 0
    for part, row in rows:
        cells = [cell for cell in _cells(row) if cell.text()]
        names = bool(cells) and (part == "thead" or all(cell.name == "th" for cell in cells))
        bold = count == 0 and len(cells) > 1 and all(map(is_bold, cells))
        if not names and not bold:
            break
        count += 1
    # A table of nothing but headers has none.
    return count if count < len(rows) else 0


def _rows(table: Element) -> Iterator[tuple[str, Element]]:
    """The rows with the part of the table that they are in: the foot is shown last, wherever it stands."""
    parts = [child for child in table.elements if child.name in _PARTS or child.name == "tr"]
    for name in ("thead", "tbody", "tfoot"):
        for part in parts:
            if part.name == "tr" and name == "tbody":
                yield name, part
            elif part.name == name:
                yield from ((name, row) for row in part.elements if row.name == "tr")


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row.elements if cell.name in ("td", "th")]


def _is_column(cell: Element) -> bool:
    holds = any(inner.name in HEADINGS or inner.name == "table" for inner in cell.walk())
    return holds or len(cell.text().split()) > _MOST_CELL_WORDS


def _span(stated: str, most: int) -> int:
    stated = stated.strip()
    # rowspan="0" reaches to the end of the table.
    if stated == "0":
        return most
    return (
        max(1, min(int(stated), most)) if stated.isdecimal() and stated.isascii() and len(stated) < 6 else 1
    )
