"""Headings and lists of a text without markup, told by the look of its lines and their neighbours."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.reading.headlines import is_labelled_warning
from bot.reading.roles import heading_role, is_breadcrumb
from bot.reading.structure import Piece, heading_name, leads_in

# The longest headings of patient leaflets have 12 words; longer lines are sentences.
_LONGEST_HEADING = 90
_MOST_WORDS = 12
_MOST_WORDS_BEFORE_COLON = 8
# Items that are no sentences may be longer.
_LONGEST_ITEM = 30
_CLOSING = "\"'\u201d\u2019)"
_SMALL_WORDS = "a an and as at but by for from in into nor of on or the to vs with your you"
# One-word lines that head a section even right after a list whose bullets were lost.
_USUAL_HEADINGS = (
    "overview outlook medicines medications symptoms diagnosis treatment treatments causes prevention "
    "prognosis surgery complications tests research support summary"
)


def outlined(text: str, pieces: Sequence[Piece], *, title: str) -> tuple[Piece, ...]:
    """The pieces, with paragraphs that are headings or items of a list turned into these."""
    marked = list(_without_usual_breaks(pieces))
    place = _after_title(text, marked, title)
    while place < len(marked):
        end = _end_of_run(text, marked, place)
        if end > place:
            _mark_run(text, marked, place, end)
        elif _is_colon_heading(text, marked, place):
            sources = heading_role(text[marked[place].start : marked[place].end]) != "body"
            marked[place] = replace(marked[place], kind="heading", level=1 if sources else 2)
        place = max(end, place + 1)
    return _nested(text, marked, title)


def _after_title(text: str, pieces: Sequence[Piece], title: str) -> int:
    """The place of the first piece that is neither the title nor a breadcrumb under it."""
    place = int(bool(pieces) and pieces[0].kind == "title")
    if place and len(pieces) > 1 and is_breadcrumb(text[pieces[1].start : pieces[1].end], title):
        return 2
    return place


def _without_usual_breaks(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Wide gaps mean something only where they are rarer than narrow ones."""
    breaks = sum(piece.kind == "break" for piece in pieces)
    if 2 * breaks < len(pieces) - breaks:
        return pieces
    return [piece for piece in pieces if piece.kind != "break"]


def _is_short(text: str, piece: Piece) -> bool:
    """Whether a paragraph is a line that does not read as a sentence."""
    if piece.kind != "paragraph" or piece.end - piece.start > _LONGEST_HEADING:
        return False
    line = text[piece.start : piece.end]
    if "\n" in line or "\r" in line or line[-1] in ".!;,:" or not any(map(str.isalpha, line)):
        return False
    if (leads_in(line) and not _in_title_case(line)) or is_labelled_warning(line):
        return False
    return len(line.split()) <= _MOST_WORDS and not line[0].islower()


def _end_of_run(text: str, pieces: Sequence[Piece], start: int) -> int:
    """The place behind a run of short lines, and of longer items where it is led into as a list."""
    listing = _is_listing(text, pieces, start)
    end = start
    while end < len(pieces) and (_is_short(text, pieces[end]) or (listing and _is_item(text, pieces[end]))):
        end += 1
    return end


def _is_listing(text: str, pieces: Sequence[Piece], start: int) -> bool:
    """Whether what stands before a place leads into a list."""
    before = pieces[start - 1] if start else None
    return before is not None and before.kind == "paragraph" and leads_in(text[before.start : before.end])


def _is_item(text: str, piece: Piece) -> bool:
    """Whether a paragraph reads as an item of a list: on one line, and no sentence."""
    line = text[piece.start : piece.end]
    one_line = piece.kind == "paragraph" and "\n" not in line and "\r" not in line
    return one_line and line.rstrip(_CLOSING)[-1:] not in tuple(".!?:") and len(line.split()) <= _LONGEST_ITEM


def _mark_run(text: str, pieces: list[Piece], start: int, end: int) -> None:
    """Decides over a run of short lines: a heading, two of them, or a list that lost its bullets."""
    follower = pieces[end] if end < len(pieces) else None
    headed = follower is not None and follower.kind in ("paragraph", "item", "row")
    listing = _is_listing(text, pieces, start)
    lines = [text[piece.start : piece.end] for piece in pieces[start:end]]
    headings = 0
    if not listing and len(lines) <= 2:
        headings = len(lines) if headed else 0
        listing = False
    elif headed and _stands_out(lines):
        headings = 1
    items = end - headings if listing or len(lines) > 2 else start
    for place in range(start, items):
        pieces[place] = replace(pieces[place], kind="item")
    for place in range(end - headings, end):
        pieces[place] = replace(pieces[place], kind="heading")


def _stands_out(lines: Sequence[str]) -> bool:
    """Whether the last line of a run is the heading of what follows, not the last item of a list."""
    *others, last = lines
    if last.lower() in _USUAL_HEADINGS.split() or last.endswith("?"):
        return True
    return _in_title_case(last) and not all(map(_in_title_case, others))


def _in_title_case(line: str) -> bool:
    words = [
        word for word in re.findall(r"[^\W\d_][\w'’-]*", line) if word.lower() not in _SMALL_WORDS.split()
    ]
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _is_colon_heading(text: str, pieces: Sequence[Piece], place: int) -> bool:
    """Whether "Surgery and radiation:" heads the paragraph below it; above a list it leads into that."""
    piece = pieces[place]
    if piece.kind != "paragraph" or piece.end - piece.start > _LONGEST_HEADING:
        return False
    line = text[piece.start : piece.end]
    if not line.endswith(":") or "\n" in line or "\r" in line or line[0].islower():
        return False
    name = heading_name(line)
    if not name or len(name.split()) > _MOST_WORDS_BEFORE_COLON or leads_in(name):
        return False
    follower = pieces[place + 1] if place + 1 < len(pieces) else None
    if follower is None or follower.kind == "break":
        return True
    return follower.kind in ("paragraph", "heading") and not _is_short(text, follower)


def _nested(text: str, pieces: Sequence[Piece], title: str) -> tuple[Piece, ...]:
    """Where most headings repeat the subject of the title, the others stand one level below them."""
    subject = _subject(title)
    plain = [
        piece
        for piece in pieces
        if piece.kind == "heading"
        and piece.level == 1
        and heading_role(text[piece.start : piece.end]) == "body"
    ]
    naming = [piece for piece in plain if len(subject & _subject(text[piece.start : piece.end])) >= 2]
    if len(naming) < 2 or 2 * len(naming) < len(plain):
        return tuple(pieces)
    first = naming[0].start
    inner = {piece.start for piece in plain if piece.start > first} - {piece.start for piece in naming}
    return tuple(replace(piece, level=2) if piece.start in inner else piece for piece in pieces)


def _subject(line: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{3,}", line.lower())).difference(_SMALL_WORDS.split())
