"""Lists of contents and indexes: they repeat words of the text beside page numbers, and answer nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.reading.pdf.blocks import TextBlock
from bot.reading.pdf.columns import Column
from bot.reading.pdf.segments import Segment
from bot.reading.pdf.tables import Table

_HEADING = re.compile(
    r"(?:table of |list of )?contents(?: page)?|index|in this (?:leaflet|booklet|guide|document|issue)"
    r"|what(?:'|’)?s (?:in|inside)(?: this \w+)?|list of (?:tables|figures|boxes|appendices)",
    re.IGNORECASE,
)
_PAGE = r"(?:(?:[Pp]age |[Pp]p?\. ?)?(?:\d{1,4}|[ivxlc]{1,6}))"
_LEADERS = re.compile(rf"(?:[.·…_‥]\s?){{4,}}[\s|]*{_PAGE}?\s*$")
_ENTRY = re.compile(r"\S.*?[\s|]+(\d{1,4})\s*$")
_CELLS = re.compile(r"\S.* \| (\d{1,4})\s*$")
_INDEX_ENTRY = re.compile(r"\S.*?,\s*\d+(?:[-–]\d+)?(?:,\s*\d+(?:[-–]\d+)?)*$")
_FEWEST = 3
_FEWEST_OF_INDEX = 8
_MOST = 0.6


@dataclass(frozen=True, slots=True)
class Contents:
    """Lines that say on which page something stands, each with the page that it is on."""

    lines: tuple[tuple[str, int], ...]


def contents_parted(parts: Sequence[Column | Table]) -> Iterator[Column | Table | Contents]:
    """The parts of a document, with lists of contents and indexes apart."""
    under = False
    for part in parts:
        if isinstance(part, Table):
            listed = _is_list(part, under=under)
            under = listed
            yield Contents(tuple((" ".join(row.cells), row.page) for row in part.rows)) if listed else part
            continue
        for piece in _parted(part.lines, under=under):
            yield piece
            under = isinstance(piece, Contents) or _heads_contents(piece.lines[-1])


def repeats_headings(blocks: Sequence[TextBlock]) -> list[TextBlock]:
    """The blocks, with the lines below "Contents" that are headings further on marked as contents."""
    found = list(blocks)
    names = [block.text.casefold() for block in blocks]
    later = {name for name, block in zip(names, blocks, strict=True) if block.kind == "heading"}
    for place, block in enumerate(blocks):
        if _HEADING.fullmatch(block.text.rstrip(":")) is None:
            continue
        end = place + 1
        while end < len(blocks) and names[end] in later and names[end] in names[end + 1 :]:
            end += 1
        if end - place > 2:
            found[place + 1 : end] = [replace(other, kind="contents") for other in blocks[place + 1 : end]]
    return found


def _contents(lines: Sequence[Segment]) -> Contents:
    return Contents(tuple((f"{line.mark} {line.text}".strip(), line.page) for line in lines))


def _heads_contents(line: Segment) -> bool:
    return _HEADING.fullmatch(line.text.rstrip(":")) is not None


def _is_list(table: Table, *, under: bool) -> bool:
    """Whether a table has a page for each of its lines, or leaders to it."""
    rows = [" ".join(row.cells) for row in table.rows]
    if sum(_LEADERS.search(row) is not None for row in rows) >= _FEWEST:
        return True
    pages = [row.cells[-1] for row in table.rows if row.cells[-1]]
    numbered = sum(re.fullmatch(_PAGE, page) is not None for page in pages)
    if len(pages) < (1 if under else _FEWEST) or numbered < _MOST * len(pages) or 3 * len(pages) < len(rows):
        return False
    return under or (_counts_up(pages) and all(row.cells[0] for row in table.rows))


def _counts_up(pages: Sequence[str]) -> bool:
    numbers = [int(page) for page in pages if page.isdecimal()]
    return (
        len(numbers) >= _FEWEST
        and len(numbers) >= 0.8 * len(pages)
        and numbers == sorted(numbers)
        and numbers[-1] > numbers[0]
    )


def _parted(lines: Sequence[Segment], *, under: bool) -> Iterator[Column | Contents]:
    if _is_index(lines):
        yield _contents(lines)
        return
    flags = _flags(lines, under=under)
    start = 0
    for place in range(1, len(lines) + 1):
        if place == len(lines) or flags[place] != flags[start]:
            piece = tuple(lines[start:place])
            yield _contents(piece) if flags[start] else Column(piece)
            start = place


def _flags(lines: Sequence[Segment], *, under: bool) -> list[bool]:
    """Whether each line is one of a list of contents."""
    leaders = [_LEADERS.search(line.text) is not None for line in lines]
    entries = [
        found or _ENTRY.match(line.text) is not None for found, line in zip(leaders, lines, strict=True)
    ]
    flags = [False] * len(lines)
    place = 0
    while place < len(lines):
        headed = _heads_contents(lines[place - 1]) if place else under
        end = _run_end(entries, place)
        if end > place and _is_run(lines[place:end], leaders[place:end], headed=headed):
            flags[place:end] = [True] * (end - place)
        place = max(end, place + 1)
    return flags


def _run_end(entries: Sequence[bool], start: int) -> int:
    """Where a run of entries ends; the first line of a wrapped one has no number."""
    end = start
    while end < len(entries):
        if entries[end]:
            end += 1
        elif end + 1 < len(entries) and entries[end + 1] and end > start:
            end += 2
        else:
            break
    return end


def _is_run(lines: Sequence[Segment], leaders: Sequence[bool], *, headed: bool) -> bool:
    if sum(leaders) >= 2 or (headed and any(leaders)):
        return True
    pages = [match[1] for line in lines if (match := (_ENTRY if headed else _CELLS).match(line.text))]
    if headed and len(lines) < _FEWEST:
        return bool(pages)
    return 2 * len(pages) >= len(lines) and _counts_up(pages)


def _is_index(lines: Sequence[Segment]) -> bool:
    if len(lines) < _FEWEST_OF_INDEX:
        return False
    entries = sum(len(line.text) < 80 and _INDEX_ENTRY.fullmatch(line.text) is not None for line in lines)
    return entries >= _MOST * len(lines)
