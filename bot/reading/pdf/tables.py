"""Tables: rows of cells told by the rules between them, or by how their words stand below each other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from bot.reading.pdf.lines import CELL_GAP
from bot.reading.pdf.marks import is_certain
from bot.reading.pdf.segments import Segment

# A cell holds a name, a dose, a few words; what holds more reads like a column of text.
_CELL_WORDS = 4
_LONGEST_CELL = 14
_LABEL_WORDS = 6
_FULL_LINE = 0.6
_TIGHT = 1.6
_LARGER = 1.15
_FIGURE = re.compile(r"(?:[Pp]age |[Pp]p?\. ?)?[$£€]?\d[\d.,:/%–-]*[a-z]{0,3}|[ivxlc]{1,6}")
_FEWEST_FIGURES = 2
_FEWEST_BULLETS = 2
# So many full lines one under the other are a column of text unless rules part them.
_FLOW = 3


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of a row from the left to the right, blank ones too, and the size of most letters in them."""

    cells: tuple[str, ...]
    page: int
    base: float
    size: float
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that stand below each other between two edges."""

    rows: tuple[TableRow, ...]
    left: float
    right: float
    base: float
    bottom: float

    @property
    def size(self) -> float:
        """How much of the page's height it fills."""
        return self.base - self.bottom


def beside_each_other(
    segments: Sequence[Segment],
) -> tuple[list[Segment], list[Segment], list[Segment]]:
    """Segments above the first line that has several, those up to the last such line, and those below."""
    lines = baselines(segments)
    places = [place for place, line in enumerate(lines) if len(line) > 1]
    if not places:
        return [], [], []
    first, end = places[0], places[-1] + 1
    margin = min(segment.left for segment in segments)
    # The last row may go on in a cell that is not the first.
    while end < len(lines) and _is_tight(lines[end - 1], lines[end]) and lines[end][0].left > margin + 5:
        end += 1
    parts = lines[:first], lines[first:end], lines[end:]
    above, inner, below = ([segment for line in part for segment in line] for part in parts)
    return above, inner, below


def _is_tight(upper: Sequence[Segment], lower: Sequence[Segment]) -> bool:
    return upper[0].base - lower[0].base <= _TIGHT * lower[0].size


def aligned_table(segments: Sequence[Segment]) -> Table | None:
    """The table that segments beside each other are by their places alone; None where they are columns."""
    edges = projected(segments)
    if len(edges) < 2:
        return None
    columns = [
        [segment for segment in segments if column_of(segment, edges) == place] for place in range(len(edges))
    ]
    lines = baselines(segments)
    beside = [line for line in lines if len({column_of(segment, edges) for segment in line}) > 1]
    if len(beside) < 2 or _has_headings(lines) or _are_lists(columns):
        return None
    if not (_has_cells(segments, lines, beside, columns) or _has_labels(columns) or _has_figures(columns)):
        return None
    return table_of(list(joined_rows(lines, edges)), segments, edges)


def _has_headings(lines: Sequence[Sequence[Segment]]) -> bool:
    """Whether larger words stand below the first line, as they do in columns of text."""
    usual = median(segment.size for line in lines for segment in line)
    return any(segment.size > _LARGER * usual for line in lines[1:] for segment in line)


def _are_lists(columns: Sequence[Sequence[Segment]]) -> bool:
    """Whether bullets stand in more than one column: what to do, and beside it what not to do."""
    bullets = [sum(bool(line.mark) and is_certain(line.mark) for line in column) for column in columns]
    return sum(count >= _FEWEST_BULLETS for count in bullets) > 1


def _has_cells(
    segments: Sequence[Segment],
    lines: Sequence[Sequence[Segment]],
    beside: Sequence[Sequence[Segment]],
    columns: Sequence[Sequence[Segment]],
) -> bool:
    words = [len(segment.text.split()) for segment in segments]
    short = median(words) <= _CELL_WORDS and max(words) <= _LONGEST_CELL
    return short and 2 * len(beside) >= len(lines) and not any(map(flows, columns))


def _has_labels(columns: Sequence[Sequence[Segment]]) -> bool:
    """Whether the first column names what stands beside it, line for line."""
    labels = columns[0]
    if flows(labels):
        return False
    bases = [segment.base for column in columns[1:] for segment in column]
    level = [label for label in labels if any(abs(base - label.base) <= 0.75 * label.size for base in bases)]
    words = [len(label.text.split()) for label in labels]
    return (
        len(level) >= 2
        and len(level) >= 0.7 * len(labels)
        and max(words) <= _LABEL_WORDS
        and len(bases) >= len(labels)
        and labels[0].base + labels[0].size >= max(bases)
    )


def _has_figures(columns: Sequence[Sequence[Segment]]) -> bool:
    """Whether the last column has a figure, a price or a page for what stands before it."""
    if len(columns[-1]) < _FEWEST_FIGURES:
        # One figure at the foot of columns is the page's number.
        return False
    figures = sum(_FIGURE.fullmatch(segment.text) is not None for segment in columns[-1])
    bases = [segment.base for column in columns[:-1] for segment in column]
    level = sum(
        any(abs(base - segment.base) <= 0.3 * segment.size for base in bases) for segment in columns[-1]
    )
    return min(figures, level) >= 0.8 * len(columns[-1])


def flows(column: Sequence[Segment]) -> bool:
    """Whether a column is text that goes on from line to line."""
    if not column:
        return False
    width = max(segment.right for segment in column) - min(segment.left for segment in column)
    ordered = sorted(column, key=lambda segment: -segment.base)
    full = [
        upper
        for upper, lower in pairwise(ordered)
        if upper.base - lower.base <= _TIGHT * upper.size
        and upper.right - upper.left >= _FULL_LINE * width
        and len(upper.text.split()) >= 3
        and not lower.mark
    ]
    return len(full) >= _FLOW - 1 and 2 * len(full) >= len(column) - 1


def projected(segments: Sequence[Segment]) -> list[tuple[float, float]]:
    """Columns by the white strips between words."""
    found: list[tuple[float, float]] = []
    for segment in sorted(segments, key=lambda segment: segment.left):
        if found and segment.left < found[-1][1] + CELL_GAP * segment.size / 3:
            found[-1] = found[-1][0], max(found[-1][1], segment.right)
        else:
            found.append((segment.left, segment.right))
    return found


def column_of(segment: Segment, edges: Sequence[tuple[float, float]]) -> int:
    """The place of the column that a segment shares the most width with."""

    def shared(place: int) -> float:
        left, right = edges[place]
        return min(segment.right, right) - max(segment.left, left)

    return max(range(len(edges)), key=shared)


def baselines(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments line by line from the top down, each line from the left to the right."""
    lines: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda segment: (-segment.base, segment.left)):
        if lines and lines[-1][0].base - segment.base <= 0.35 * segment.size:
            lines[-1].append(segment)
        else:
            lines.append([segment])
    return [sorted(line, key=lambda segment: segment.left) for line in lines]


def joined_rows(lines: Sequence[Sequence[Segment]], edges: Sequence[tuple[float, float]]) -> list[TableRow]:
    """Rows of lines, where a line may go on with the cells of the one above."""
    gaps = [upper[0].base - lower[0].base for upper, lower in pairwise(lines)]
    closest = min(gaps, default=0.0)
    even = not gaps or sum(gap <= 1.3 * closest for gap in gaps) >= 0.8 * len(gaps)
    grouped: list[list[Segment]] = []
    for place, line in enumerate(lines):
        tight = place > 0 and gaps[place - 1] <= 1.3 * closest
        if grouped and _goes_on(line, edges, tight=tight, even=even):
            grouped[-1] += line
        else:
            grouped.append(list(line))
    return [row_of(group, edges) for group in grouped]


def _goes_on(
    line: Sequence[Segment], edges: Sequence[tuple[float, float]], *, tight: bool, even: bool
) -> bool:
    if not tight:
        return False
    filled = {column_of(segment, edges) for segment in line}
    if not even:
        return True
    if 0 not in filled:
        return len(filled) == 1
    return all(segment.text[:1].islower() for segment in line) and not any(segment.mark for segment in line)


def row_of(segments: Sequence[Segment], edges: Sequence[tuple[float, float]]) -> TableRow:
    """Segments as the cells of one row."""
    cells: list[list[str]] = [[] for _ in edges]
    for segment in sorted(segments, key=lambda segment: (-segment.base, segment.left)):
        mark = f"{segment.mark} " if segment.mark else ""
        cells[column_of(segment, edges)].append(mark + segment.text)
    first = max(segments, key=lambda segment: segment.base)
    bold = all(segment.bold for segment in segments) and len(segments) > 1
    size = max(segments, key=lambda segment: len(segment.text)).size
    return TableRow(tuple(map(" ".join, cells)), first.page, first.base, size, header=bold)


def table_of(
    rows: Sequence[TableRow], segments: Sequence[Segment], edges: Sequence[tuple[float, float]]
) -> Table:
    """Rows as a table, the first of them as its header where it looks like one."""
    # Only what stands on top names the columns, and only where what is below looks different.
    plain = [replace(row, header=False) for row in rows]
    if rows[0].header and not all(row.header for row in rows):
        plain[0] = replace(plain[0], header=True)
    return Table(
        tuple(plain),
        min(edges[0][0], *(segment.left for segment in segments)),
        max(edges[-1][1], *(segment.right for segment in segments)),
        max(segment.base for segment in segments),
        min(segment.base for segment in segments),
    )
