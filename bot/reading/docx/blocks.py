"""What a Word file's text consists of, before it is laid out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.reading.layout import clean
from bot.reading.structure import PieceKind


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph is set: all of it bold or not, and its size in half points."""

    bold: bool = False
    size: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of any kind. `number` is what readers see before it ("2.1"); lines end with "\\n"."""

    kind: PieceKind
    words: str
    level: int = 1
    depth: int = 0
    number: str = ""
    look: Look = Look()
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `header` tells that it names the columns."""

    cells: tuple[str, ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """Text in a frame of its own: a text box, which floats beside the text, or a table of one cell."""

    blocks: tuple["Text | Row | Box", ...]
    floating: bool


Block = Text | Row | Box


def lines(raw: str) -> str:
    """Text with clean lines and without blank ones."""
    return "\n".join(filter(None, map(clean, raw.split("\n")))) if "\n" in raw else clean(raw)


def in_words(block: Block) -> str:
    """A block as plain text, with its bullet or number."""
    if isinstance(block, Row):
        return " | ".join(block.cells).strip(" |")
    if isinstance(block, Box):
        return "\n".join(map(in_words, block.blocks))
    if block.number:
        return f"{block.number} {block.words}"
    return f"• {block.words}" if block.kind == "item" else block.words


def count(blocks: Iterable[Block]) -> int:
    """The number of words in blocks."""
    return sum(len(re.findall(r"\S+", in_words(block))) for block in blocks)


def all_texts(blocks: Sequence[Block]) -> Iterator[Text]:
    """The paragraphs of blocks, those in boxes too."""
    for block in blocks:
        if isinstance(block, Text):
            yield block
        elif isinstance(block, Box):
            yield from all_texts(block.blocks)
