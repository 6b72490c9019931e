"""A passage in, wider slices of its document out: the whole paragraph or list, then the whole section.

What is shown only ever grows, and without a gap: a "not" before the passage comes into view.
"""

from collections.abc import Sequence

from bot.records import Block, Document, Section, Span


def widened(document: Document, start: int, end: int) -> tuple[Span, ...]:
    """The slices around `[start, end)`, each wider than the one before it; none where there is no more."""
    section = next((s for s in document.sections if s.start <= start and end <= s.end), None)
    if section is None:
        return ()
    kept: list[Span] = []
    last = Span(start, end)
    for wider in (_blocks(section, last), _whole(document, section)):
        if wider.start <= last.start and last.end <= wider.end and wider != last:
            kept.append(wider)
            last = wider
    return tuple(kept)


def _blocks(section: Section, span: Span) -> Span:
    """The paragraphs that the span touches; of a list all its items and what leads into them."""
    touched = [at for at, block in enumerate(section.blocks) if _overlap(block, span)]
    if not touched:
        return span
    first, last = touched[0], touched[-1]
    while first > 0 and _goes_on(section.blocks, first):
        first -= 1
    while last + 1 < len(section.blocks) and _goes_on(section.blocks, last + 1):
        last += 1
    return Span(min(span.start, section.blocks[first].start), max(span.end, section.blocks[last].end))


def _goes_on(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block continues the list that the block before it belongs to or leads into, or is a note."""
    here, before = blocks[at], blocks[at - 1]
    return here.kind == "note" or (
        here.kind != "paragraph" and (before.lead_in or before.kind in (here.kind, "note"))
    )


def _whole(document: Document, section: Section) -> Span:
    """A section from its heading to its last letter."""
    text = document.text[section.start : section.end]
    return Span(section.start + len(text) - len(text.lstrip()), section.start + len(text.rstrip()))


def _overlap(block: Block, span: Span) -> bool:
    return block.start < span.end and span.start < block.end
