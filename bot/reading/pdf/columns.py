"""The order in which a page is read: columns, what spans them, and the tables between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.reading.pdf.bullets import numbered
from bot.reading.pdf.glyphs import Shape
from bot.reading.pdf.lines import CELL_GAP
from bot.reading.pdf.ruled import ruled_tables
from bot.reading.pdf.segments import Segment, joined
from bot.reading.pdf.tables import Table, aligned_table, beside_each_other

_DEEPEST = 8
# Lines overlap in height where their bases are closer than this share of their size.
_BESIDE = 0.7
# A label and its value side by side are a line, not two columns.
_FEWEST = 2
_GUTTERS_TRIED = 6
# Parts of one line that are further apart are told from each other when they are shown as one.
_WIDE = 2.0
SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class Column:
    """Lines that are read from the top down."""

    lines: tuple[Segment, ...]


_Box = Segment | Table


def in_order(rows: Sequence[Sequence[Segment]], shapes: Sequence[Shape]) -> Iterator[Column | Table]:
    """The columns and tables of a page as they are read."""
    if not _has_neighbours(rows):
        if rows:
            yield Column(tuple(row[0] for row in rows))
        return
    tables, rest = ruled_tables([segment for row in rows for segment in row], shapes)
    boxes: list[_Box] = [*rest, *tables]
    boxes.sort(key=lambda box: (-box.base, box.left))
    for part in _cut(boxes, _DEEPEST):
        yield from _parts(part)


def _has_neighbours(rows: Sequence[Sequence[Segment]]) -> bool:
    if any(len(row) > 1 for row in rows):
        return True
    return any(
        upper[0].base - lower[0].base < _BESIDE * min(upper[0].size, lower[0].size)
        for upper, lower in pairwise(rows)
    )


def _cut(boxes: Sequence[_Box], depth: int) -> Iterator[list[_Box] | Table]:
    """Boxes, from the top down, in lists that are each read from the top down."""
    gaps = _gaps(boxes) if depth else []
    gutter = _gutter(boxes, gaps)
    if gutter is None:
        yield list(boxes)
        return
    plain: list[_Box] = []
    for band in _bands(boxes, gutter):
        if not _is_parted(band, gutter):
            plain += band
            continue
        if plain:
            yield from _cut(plain, depth - 1)
            plain = []
        words = [box for box in band if isinstance(box, Segment)]
        above, inner, below = beside_each_other(words) if len(words) == len(band) else ([], [], [])
        # Lines beside each other by chance stand between lines of columns that are not.
        columns = _is_parted(above, gutter) or _is_parted(below, gutter)
        table = aligned_table(inner) if inner and not columns else None
        if table is not None:
            yield list(above)
            yield table
            yield list(below)
            continue
        for part in _counted_rows(band, gutter) or [band]:
            yield from _cut([box for box in part if box.right <= gutter + 1], depth - 1)
            yield from _cut([box for box in part if box.right > gutter + 1], depth - 1)
    if plain:
        yield from _cut(plain, depth - 1)


def _counted_rows(band: Sequence[_Box], gutter: float) -> list[list[_Box]]:
    """A band in rows where its steps count from the left to the right; empty where they do not."""
    steps = [box for box in band if isinstance(box, Segment) and _count(box)]
    lefts = [box for box in steps if box.right <= gutter + 1]
    counted = [_count(box) for box in sorted(steps, key=lambda box: (-round(box.base / box.size), box.left))]
    across = counted == list(range(counted[0], counted[0] + len(counted))) if counted else False
    if len(lefts) < _FEWEST or not across or _count(lefts[1]) == _count(lefts[0]) + 1:
        return []
    bounds = [float("inf"), *(box.base + 0.5 * box.size for box in lefts[1:]), float("-inf")]
    return [[box for box in band if lower < box.base <= upper] for upper, lower in pairwise(bounds)]


def _count(segment: Segment) -> int:
    """The number of a step, 0 where it has none."""
    digits = segment.mark.strip("().:")
    return int(digits) if digits.isdecimal() else 0


def _gaps(boxes: Sequence[_Box]) -> list[tuple[float, float]]:
    """The white between each box and the next one to its right."""
    found = []
    for place, box in enumerate(boxes):
        beside = [
            other
            for other in boxes[max(0, place - 12) : place + 13]
            if other is not box and other.left >= box.right - 1 and _level(box, other)
        ]
        if beside:
            nearest = min(other.left for other in beside)
            size = box.size if isinstance(box, Segment) else 10.0
            if nearest - box.right >= CELL_GAP * size * 0.8:
                found.append((box.right, nearest))
    return found


def _level(box: _Box, other: _Box) -> bool:
    if isinstance(box, Segment) and isinstance(other, Segment):
        return abs(box.base - other.base) < _BESIDE * max(box.size, other.size)
    return box.base - box.size <= other.base and other.base - other.size <= box.base


def _gutter(boxes: Sequence[_Box], gaps: Sequence[tuple[float, float]]) -> float | None:
    """Where the boxes fall best into a left and a right part."""
    if not gaps:
        return None
    tries = sorted(
        {left + 1 for left, _ in gaps} | {right - 1 for _, right in gaps},
        key=lambda x: -sum(left < x < right for left, right in gaps),
    )[:_GUTTERS_TRIED]
    score, x = max((_parted_boxes(boxes, x), x) for x in tries)
    return x if score else None


def _parted_boxes(boxes: Sequence[_Box], gutter: float) -> int:
    """How many boxes are in bands that a gutter parts."""
    found = left = right = 0
    for box in boxes:
        if box.right <= gutter + 1:
            left += 1
        elif box.left >= gutter - 1:
            right += 1
        else:
            found += left + right if min(left, right) >= _FEWEST else 0
            left = right = 0
    return found + (left + right if min(left, right) >= _FEWEST else 0)


def _bands(boxes: Sequence[_Box], gutter: float) -> Iterator[list[_Box]]:
    """Boxes that leave a gutter free, as long as they follow each other, and boxes that cross it."""
    band: list[_Box] = []
    before: bool | None = None
    for box in boxes:
        crosses = box.left < gutter - 1 and box.right > gutter + 1
        if band and crosses != before:
            yield band
            band = []
        band.append(box)
        before = crosses
    if band:
        yield band


def _is_parted(band: Sequence[_Box], gutter: float) -> bool:
    left = sum(box.right <= gutter + 1 for box in band)
    crossing = sum(box.left < gutter - 1 and box.right > gutter + 1 for box in band)
    right = len(band) - left - crossing
    return not crossing and min(left, right) >= _FEWEST


def _parts(part: list[_Box] | Table) -> Iterator[Column | Table]:
    if isinstance(part, Table):
        yield part
        return
    lines: list[Segment] = []
    for box in part:
        if isinstance(box, Table):
            if lines:
                yield Column(tuple(_whole(lines)))
            lines = []
            yield box
        else:
            lines.append(box)
    if lines:
        yield Column(tuple(_whole(lines)))


def _whole(segments: Sequence[Segment]) -> Iterator[Segment]:
    """Segments of one column that stand on one base line as a line."""
    pending: Segment | None = None
    for segment in sorted(segments, key=lambda segment: -segment.base):
        if pending is None:
            pending = segment
        elif abs(pending.base - segment.base) <= 0.35 * segment.size:
            left, right = sorted((pending, segment), key=lambda part: part.left)
            close = right.left - left.right <= _WIDE * segment.size
            pending = numbered(left, right) or joined(left, right, " " if close else SEPARATOR)
        else:
            yield pending
            pending = segment
    if pending is not None:
        yield pending
