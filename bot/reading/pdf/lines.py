"""Runs of letters put together into the lines that a reader sees, by where they stand."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.reading.layout import clean
from bot.reading.pdf.bullets import with_drawn_bullets, with_marks
from bot.reading.pdf.glyphs import Run, Shape, Sheet
from bot.reading.pdf.marks import BULLET
from bot.reading.pdf.segments import Segment
from bot.reading.pdf.shadows import without_shadows

# Shares of the size of the letters: how far apart letters of one line may stand.
_LEVEL = 0.25
_RAISED = 0.65
_WORD_GAP = 0.13
CELL_GAP = 0.9
# A rule between two cells is at least as high as small print, in points.
_LEAST_UPRIGHT = 8.0
_SMALLER = 0.85
_TINY = 0.75
_LONGEST_RAISED = 12
# Among how many stretches above and below the line is looked for that carries a raised number.
_NEIGHBOURS = 12


class _Group(NamedTuple):
    base: float
    size: float
    runs: list[Run]


class _Upright(NamedTuple):
    """A rule from the bottom to the top."""

    x: float
    bottom: float
    top: float


def rows(sheet: Sheet) -> list[list[Segment]]:
    """The lines of a page from the top down, each in segments from the left to the right."""
    groups = [group for stretch in sheet.stretches for group in _levels(stretch)]
    groups.sort(key=lambda group: -group.base)
    uprights = _uprights(sheet.shapes)
    found = [_segments(group, sheet.number, uprights) for group in _merged(_with_raised(groups))]
    return with_drawn_bullets([row for row in found if row], sheet.shapes)


def _levels(stretch: Sequence[Run]) -> Iterator[_Group]:
    """A stretch in groups of one base line, with what is smaller and a little higher or lower."""
    if len(stretch) == 1:
        yield _Group(stretch[0].base, stretch[0].size, list(stretch))
        return
    runs: list[Run] = []
    base = size = 0.0
    for run in stretch:
        distance = abs(run.base - base)
        larger = max(run.size, size)
        level = distance <= _LEVEL * larger
        raised = distance <= _RAISED * larger and min(run.size, size) < _SMALLER * larger
        if runs and not (level or raised):
            yield _Group(base, size, runs)
            runs, base, size = [], 0.0, 0.0
        if not runs or run.size > size * 1.05:
            base, size = run.base, run.size
        runs.append(run)
    yield _Group(base, size, runs)


def _merged(groups: Sequence[_Group]) -> Iterator[_Group]:
    """Groups from the top down, those put together that stand on one base line."""
    pending: _Group | None = None
    for group in groups:
        if pending is not None and pending.base - group.base <= _LEVEL * min(pending.size, group.size):
            main = pending if pending.size >= group.size else group
            pending = _Group(main.base, main.size, pending.runs + group.runs)
            continue
        if pending is not None:
            yield pending
        pending = group
    if pending is not None:
        yield pending


def _with_raised(groups: Sequence[_Group]) -> list[_Group]:
    """Groups where each number of a note, exponent or index is in the line that it belongs to."""
    found = list(groups)
    for place, group in enumerate(groups):
        if sum(len(run.text) for run in group.runs) > _LONGEST_RAISED:
            continue
        near = range(max(0, place - _NEIGHBOURS), min(len(groups), place + _NEIGHBOURS + 1))
        host = next((other for other in near if _carries(groups[other], group)), None)
        if host is not None:
            found[host] = found[host]._replace(runs=found[host].runs + group.runs)
            found[place] = group._replace(runs=[])
    return [group for group in found if group.runs]


def _carries(group: _Group, small: _Group) -> bool:
    """Whether a small group stands a little above or below letters of a larger one."""
    if small.size >= _SMALLER * group.size or abs(group.base - small.base) > _RAISED * group.size:
        return False
    return all(_touches(run, group) for run in small.runs)


def _touches(run: Run, group: _Group) -> bool:
    """Whether letters stand at larger ones of a group; those of another column may be level with them."""
    reach = 0.4 * group.size
    return any(
        other.left - reach <= run.right and run.left <= other.right + reach
        for other in group.runs
        if run.size < _SMALLER * other.size
    )


def _uprights(shapes: Sequence[Shape]) -> list[_Upright]:
    """Upright rules, those at the sides of boxes too."""
    tall = [shape for shape in shapes if not shape.picture and shape.height >= _LEAST_UPRIGHT]
    return [_Upright(x, shape.bottom, shape.top) for shape in tall for x in {shape.left, shape.right}]


def _segments(group: _Group, page: int, uprights: Sequence[_Upright]) -> list[Segment]:
    runs = group.runs
    if len(runs) > 1:
        runs = without_shadows(sorted(runs, key=lambda run: run.left))
    elif not runs[0].text.strip():
        return []
    beside = [
        rule.x for rule in uprights if rule.bottom <= group.base and group.base + 0.4 * group.size <= rule.top
    ]
    parts: list[list[Run]] = []
    right = 0.0
    for run in runs:
        gap = run.left - right
        ruled_off = gap > _WORD_GAP * run.size and any(right - 1 <= x <= run.left + 1 for x in beside)
        if parts and not ruled_off and gap <= CELL_GAP * max(run.size, 1.0):
            parts[-1].append(run)
            right = max(right, run.right)
        else:
            parts.append([run])
            right = run.right
    return list(with_marks([_segment(part, _base(part, group), page) for part in parts]))


def _base(runs: Sequence[Run], group: _Group) -> float:
    """The base line of a part: another column's may differ a little, a raised number's tells nothing."""
    largest = max(runs, key=lambda run: run.size)
    return largest.base if largest.size > _TINY * group.size else group.base


def _segment(runs: Sequence[Run], base: float, page: int) -> Segment:
    first, last = runs[0], runs[-1]
    words, right, lead = _letters(first), first.right, False
    size, bold, slanted, colour = _look(first)
    if len(runs) > 1:
        words, right = _words(runs), max(run.right for run in runs)
        weights: Counter[tuple[float, bool, bool, int]] = Counter()
        for run in runs:
            weights[_look(run)] += len(run.text)
        if len(weights) > 1:
            (size, bold, slanted, colour), _ = weights.most_common(1)[0]
            lead = _look(first)[1:] != _look(last)[1:]
    words = words.strip()
    if not words.isprintable() or "  " in words:
        words = clean(words)
    return Segment(words, page, first.left, right, base, size, bold, slanted, colour, "", first.left, lead)


def _look(run: Run) -> tuple[float, bool, bool, int]:
    return run.size, run.font.bold, run.font.slanted, run.colour


def _words(runs: Sequence[Run]) -> str:
    parts: list[str] = []
    before = runs[0]
    for run in runs:
        gap = run.left - before.right
        if parts and gap > _WORD_GAP * run.size and not parts[-1].endswith(" "):
            parts.append(" ")
        # What a font of pictures shows within a line has no letters to quote.
        parts.append("" if parts and run.font.symbols else _letters(run))
        before = run
    return "".join(parts)


def _letters(run: Run) -> str:
    return BULLET + " " if run.font.symbols and len(run.text.strip()) == 1 else run.text
