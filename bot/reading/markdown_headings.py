"""Headings that were written as paragraphs: all in bold, or without the blank behind the "#"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.reading.headlines import reads_as_heading
from bot.reading.structure import Piece

_BOLD = re.compile(r"(?P<mark>\*\*\*|\*\*|___|__)(?P<words>[^*_\r\n]+)(?P=mark)(?P<colon>:?)\\?")
# "#health" is a tag of a program for notes, "##Care" and "#At home" are headings.
_UNSPACED = re.compile(r"(?P<marks>#{2,6}(?=[^\W_])|#(?=[A-Z][^#\r\n]* ))(?P<words>[^#\r\n]+?)[ #]*")


def with_written_headings(text: str, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces, with the paragraphs that are headings turned into these; the first may be the title."""
    found: list[Piece] = []
    level = 1
    for place, piece in enumerate(pieces):
        if piece.kind == "heading":
            level = piece.level
        heading = _heading(text, piece, below=level) if piece.kind == "paragraph" else None
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        if heading is None or after is None or not _stands_over(text, piece, after):
            found.append(piece)
        elif _heading(text, after, below=level) is None:
            found.append(heading)
        else:
            # Of two bold lines on end the first is a title if it opens the text, else emphasis.
            found.append(replace(heading, level=1) if not found else piece)
    return tuple(found)


def _stands_over(text: str, piece: Piece, after: Piece) -> bool:
    """Whether a line heads what comes after it; above a list, a colon only leads into that."""
    leads = ":" in text[piece.end - 3 : piece.end] and after.kind in ("item", "row")
    return not leads and after.kind not in ("heading", "title", "break")


def _heading(text: str, piece: Piece, *, below: int) -> Piece | None:
    words = text[piece.start : piece.end]
    unspaced = _UNSPACED.fullmatch(words)
    if unspaced is not None:
        return replace(piece, kind="heading", level=len(unspaced["marks"]), name=unspaced["words"].strip())
    bold = _BOLD.fullmatch(words)
    if bold is None or not reads_as_heading(f"{bold['words'].strip()}{bold['colon']}"):
        return None
    return replace(piece, kind="heading", level=below + 1, name=bold["words"].strip())
