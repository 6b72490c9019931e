"""Which blocks are headings, and at which level."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.reading.pdf.blocks import TextBlock, ended
from bot.reading.pdf.look import Kind
from bot.reading.roles import heading_role
from bot.reading.structure import leads_in

_MOST_WORDS = 14
_LONGEST = 110
_LEVELS = 5
_LONG_LEAD_IN = 4
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?")


def with_headings(blocks: Sequence[TextBlock]) -> list[TextBlock]:
    """The blocks, with those that head others marked as headings."""
    return [
        replace(block, kind="heading") if _heads(block, blocks[place + 1 : place + 2]) else block
        for place, block in enumerate(blocks)
    ]


def levels(blocks: Sequence[TextBlock]) -> dict[Kind | None, int]:
    """The level of each look that headings have: larger ones stand above smaller ones."""
    kinds = {block.look for block in blocks if block.kind == "heading"}
    ordered = sorted(kinds, key=_rank, reverse=True)
    ranks = sorted({_rank(kind) for kind in ordered}, reverse=True)
    return {kind: min(ranks.index(_rank(kind)) + 1, _LEVELS) for kind in ordered}


def _rank(kind: Kind | None) -> tuple[float, bool, bool, bool]:
    if kind is None:
        return 0.0, False, False, False
    larger, bold, coloured, capitals, _ = kind
    return (round(larger * 2) / 2, False, False, False) if larger else (0.0, capitals, bold, coloured)


def _heads(block: TextBlock, following: Sequence[TextBlock]) -> bool:
    if block.kind not in ("paragraph", "item") or not block.lines:
        return False
    if block.look is None:
        return _is_plain_heading(block, following)
    if not _reads_as_heading(block, block.look):
        return False
    text = block.text
    if not following:
        return heading_role(text) != "body"
    after = following[0]
    if text.endswith(":") and after.kind in ("item", "row") and len(text.split()) >= _LONG_LEAD_IN:
        return False
    # Bold steps one after the other are a list, not headings without text.
    steps = block.mark and after.mark and after.look == block.look
    return not steps or _NUMBERED.fullmatch(block.mark) is not None


def _reads_as_heading(block: TextBlock, look: Kind) -> bool:
    """Whether a block that looks different is as short as a heading and does not end as a sentence does."""
    text = block.text
    # A long question in large letters is still one, where a long sentence is not.
    most = 2 if look[0] and (text.endswith("?") or block.mark) else 1
    if len(text.split()) > most * _MOST_WORDS or len(text) > most * _LONGEST or not _has_words(text):
        return False
    if text[-1] in ".,;-–" and not text.endswith(("etc.", "...")):
        return False
    return not text[0].islower() or bool(block.mark or look[0])


def _has_words(text: str) -> bool:
    """Whether a text is made of letters rather than of figures."""
    return 2 * sum(map(str.isalpha, text)) >= max(len(text.replace(" ", "")), 4)


def _is_plain_heading(block: TextBlock, following: Sequence[TextBlock]) -> bool:
    """Whether a line in the look of text heads what follows: by its number, or as a list of sources does."""
    if len(block.lines) > 1 or not following:
        return False
    text = block.text
    if heading_role(text) == "bibliography":
        return True
    if not _NUMBERED.fullmatch(block.mark) or following[0].mark or following[0].kind != "paragraph":
        return False
    return len(text.split()) <= 10 and not ended(text) and text[0].isupper() and not leads_in(text)
