"""Tables told by the rules between their rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.reading.pdf.glyphs import Shape
from bot.reading.pdf.segments import Segment
from bot.reading.pdf.tables import (
    Table,
    TableRow,
    baselines,
    column_of,
    flows,
    joined_rows,
    projected,
    row_of,
    table_of,
)

_RULE = 2.5
_LEAST_RULE = 20.0
_SAME_PLACE = 2.0
# So many full lines beside each other between two rules are columns of text.
_BAND_FLOW = 8


@dataclass(frozen=True, slots=True)
class _Rule:
    height: float
    left: float
    right: float


def ruled_tables(segments: Sequence[Segment], shapes: Sequence[Shape]) -> tuple[list[Table], list[Segment]]:
    """The tables whose rows are parted by rules, and what stands outside them."""
    tables: list[Table] = []
    rest = list(segments)
    for rules in _stacks(_rules(shapes)):
        for bands in _runs_of_bands(rules, rest):
            table = _ruled(bands, shapes)
            if table is not None:
                inside = {id(segment) for band in bands for segment in band}
                rest = [segment for segment in rest if id(segment) not in inside]
                tables.append(table)
    return tables, rest


def _rules(shapes: Sequence[Shape]) -> list[_Rule]:
    """Level rules and the edges of boxes, pieces of one put together."""
    edges: list[_Rule] = []
    for shape in shapes:
        if shape.width < _LEAST_RULE or shape.picture:
            continue
        edges.append(_Rule(shape.top, shape.left, shape.right))
        if shape.height > _RULE:
            edges.append(_Rule(shape.bottom, shape.left, shape.right))
    edges.sort(key=lambda edge: (-edge.height, edge.left))
    found: list[_Rule] = []
    for edge in edges:
        last = found[-1] if found else None
        if last and last.height - edge.height <= _SAME_PLACE and edge.left <= last.right + 3:
            found[-1] = replace(last, left=min(last.left, edge.left), right=max(last.right, edge.right))
        else:
            found.append(edge)
    return found


def _stacks(rules: Sequence[_Rule]) -> Iterator[list[_Rule]]:
    """Rules of one width above each other."""
    left = list(rules)
    while left:
        first = left[0]
        stack = [
            rule for rule in left if abs(rule.left - first.left) <= 4 and abs(rule.right - first.right) <= 4
        ]
        left = [rule for rule in left if rule not in stack]
        if len(stack) >= 3:
            yield stack


def _runs_of_bands(rules: Sequence[_Rule], segments: Sequence[Segment]) -> Iterator[list[list[Segment]]]:
    """What stands between rules, as far as it follows each other and looks like rows of cells."""
    run: list[list[Segment]] = []
    for upper, lower in pairwise(rules):
        band = [
            segment
            for segment in segments
            if lower.height - 1 <= segment.base < upper.height
            and segment.left >= upper.left - 4
            and segment.right <= upper.right + 6
        ]
        if not band and upper.height - lower.height < 6:
            continue
        if _is_row_like(band):
            run.append(band)
            continue
        yield from _trimmed(run)
        run = []
    yield from _trimmed(run)


def _trimmed(bands: list[list[Segment]]) -> Iterator[list[list[Segment]]]:
    """Bands from the first to the last that has cells side by side."""
    cells = [place for place, band in enumerate(bands) if len(projected(band)) > 1]
    if len(cells) > 1:
        yield bands[cells[0] : cells[-1] + 1]


def _is_row_like(band: Sequence[Segment]) -> bool:
    if not band:
        return False
    lines = baselines(band)
    if len(lines) <= 2:
        return True
    edges = projected(band)
    if len(edges) < 2:
        return False
    columns = [
        [segment for segment in band if column_of(segment, edges) == place] for place in range(len(edges))
    ]
    return sum(len(column) > _BAND_FLOW and flows(column) for column in columns) < 2


def _ruled(bands: Sequence[Sequence[Segment]], shapes: Sequence[Shape]) -> Table | None:
    everything = [segment for band in bands for segment in band]
    edges = _parted(everything, shapes) or projected(
        [segment for band in bands for line in baselines(band) if len(line) > 1 for segment in line]
    )
    if len(edges) < 2:
        return None
    each = len(bands) >= 3 and len(bands) * 4 >= len(baselines(everything))
    rows: list[TableRow] = []
    for band in bands:
        lines = baselines(band)
        rows += [row_of(band, edges)] if each else joined_rows(lines, edges)
    return table_of(rows, everything, edges)


def _parted(segments: Sequence[Segment], shapes: Sequence[Shape]) -> list[tuple[float, float]]:
    """Columns between upright rules that reach along the segments."""
    top = max(segment.base + segment.size for segment in segments)
    bottom = min(segment.base for segment in segments)
    left, right = min(segment.left for segment in segments), max(segment.right for segment in segments)
    places: list[float] = []
    for shape in shapes:
        if shape.height < 6 or shape.top < bottom - 2 or shape.bottom > top + 2:
            continue
        places += [shape.left] if shape.width <= _RULE else [shape.left, shape.right]
    inner = sorted(place for place in places if left - 12 < place < right + 12)
    distinct = [place for place, before in zip(inner, [-100.0, *inner], strict=False) if place - before > 6]
    crossed = [
        place
        for place in distinct
        if sum(segment.left < place - 2 and segment.right > place + 2 for segment in segments)
        <= 0.2 * len(segments)
    ]
    bounds = [left - 12, *(place for place in crossed if left + 6 < place < right - 6), right + 12]
    return list(pairwise(bounds)) if len(bounds) > 2 else []
