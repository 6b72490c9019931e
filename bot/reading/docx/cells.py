"""The rows and cells of a table in a Word file, as they stand on its grid."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from bot.reading.docx.blocks import Block, Box, Text, in_words
from bot.reading.docx.figures import chosen
from bot.reading.docx.xml import Element, child, name, number, switch, value

_TR, _TC = name("w:tr"), name("w:tc")
_WRAPPERS = {name(tag) for tag in ("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo")}
# Word's own limit.
MOST_COLUMNS = 63
_NO_SHADE = ("auto", "FFFFFF", "ffffff", None)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell on the grid; `below` tells that it goes on with the one above it."""

    start: int
    span: int
    merged: bool
    below: bool
    shaded: bool
    blocks: tuple[Block, ...]

    @property
    def own(self) -> tuple[Block, ...]:
        """What stands in it, without notes and boxes."""
        return tuple(block for block in self.blocks if not _is_beside(block))

    @property
    def words(self) -> str:
        """Its text on one line."""
        return " ".join(map(in_words, self.own))


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it stands in the file."""

    cells: tuple[Cell, ...]
    header: bool

    @property
    def beside(self) -> list[Block]:
        """The notes and boxes that are anchored in it."""
        return [block for cell in self.cells for block in cell.blocks if _is_beside(block)]

    @property
    def is_bold(self) -> bool:
        """Whether all its words are bold."""
        own = [block for cell in self.cells for block in cell.own]
        return bool(own) and all(isinstance(block, Text) and block.look.bold for block in own)


def lines_of(table: Element, read: Callable[[Element], list[Block]]) -> list[Line]:
    """The rows of a table that are shown: those that were deleted with changes tracked are gone."""
    lines = (_line(row, read) for row in _inside(table, _TR) if _is_shown(row))
    return [line for line in lines if line.cells]


def _inside(container: Element, tag: str) -> Iterator[Element]:
    for element in container:
        if element.tag == tag:
            yield element
        elif element.tag in _WRAPPERS:
            yield from _inside(element, tag)
        elif element.tag == name("mc:AlternateContent"):
            yield from _inside(chosen(element), tag)


def _is_shown(row: Element) -> bool:
    properties = child(row, "w:trPr")
    return child(properties, "w:del") is None and not switch(properties, "w:hidden")


def _line(row: Element, read: Callable[[Element], list[Block]]) -> Line:
    properties = child(row, "w:trPr")
    column = _columns(value(properties, "w:gridBefore"), 0)
    cells: list[Cell] = []
    for cell in _inside(row, _TC):
        described = child(cell, "w:tcPr")
        if child(described, "w:cellDel") is not None:
            continue
        span = _columns(value(described, "w:gridSpan"), 1)
        merged = child(described, "w:vMerge")
        beside = child(described, "w:hMerge")
        if beside is not None and cells and value(described, "w:hMerge") != "restart":
            cells[-1] = replace(cells[-1], span=cells[-1].span + span)
        else:
            cells.append(
                Cell(
                    column,
                    span,
                    merged=merged is not None,
                    below=merged is not None and value(described, "w:vMerge") != "restart",
                    shaded=_is_shaded(described),
                    blocks=tuple(read(cell)),
                )
            )
        column += span
    return Line(tuple(cells), bool(switch(properties, "w:tblHeader")))


def _columns(stated: str | None, least: int) -> int:
    return max(least, min(number(stated, least), MOST_COLUMNS))


def _is_shaded(properties: Element | None) -> bool:
    shade = child(properties, "w:shd")
    return shade is not None and shade.get(name("w:fill")) not in _NO_SHADE


def _is_beside(block: Block) -> bool:
    """Whether a block is a note or a box that is anchored in a cell, rather than text of it."""
    return isinstance(block, Box) or (isinstance(block, Text) and block.kind == "note")
