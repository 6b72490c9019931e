"""A document and a passage in, what each of its units is out: a sentence, an item, a table's row."""

from dataclasses import dataclass

from bot.records import Block, BlockKind, Document, Passage, Span


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a passage and the kind of the block that it is; `header` as in `bot.records.Block`.

    A part of a row that was too long for a passage is a paragraph: its cells are not all there.
    """

    start: int
    end: int
    kind: BlockKind
    header: bool


def shaped(document: Document, passage: Passage) -> tuple[Unit, ...]:
    """The units of a passage, in order."""
    blocks = [
        block
        for section in document.sections
        if section.start <= passage.start and passage.end <= section.end
        for block in section.blocks
    ]
    return tuple(_unit(span, blocks) for span in passage.units)


def _unit(span: Span, blocks: list[Block]) -> Unit:
    block = next((block for block in blocks if block.start <= span.start and span.end <= block.end), None)
    if block is None:
        return Unit(span.start, span.end, "paragraph", header=False)
    whole = (block.start, block.end) == (span.start, span.end)
    kind: BlockKind = "paragraph" if block.kind == "row" and not whole else block.kind
    return Unit(span.start, span.end, kind, header=block.header and whole)
