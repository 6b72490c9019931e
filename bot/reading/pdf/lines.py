"""Runs of letters put together into the lines that a reader sees, by where they stand."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.reading.layout import clean
from bot.reading.pdf.glyphs import Run, Shape, Sheet
from bot.reading.pdf.marks import BULLET, TICKED, UNTICKED, bare_number, inline_mark, lone_mark
from bot.reading.pdf.shadows import without_shadows

# Shares of the size of the letters: how far apart letters of one line may stand.
_LEVEL = 0.25
_RAISED = 0.65
_WORD_GAP = 0.13
CELL_GAP = 0.9
# A bullet or number stands at most so far before its words.
_MARK_GAP = 5.0
_SMALLER = 0.85
_LONGEST_RAISED = 12
# Among how many stretches above and below the line is looked for that carries a raised number.
_NEIGHBOURS = 12
_DRAWN_BULLET = (0.15, 1.2)
# A dash that was drawn before an item: how long, how thick and how high it is.
_DRAWN_DASH = (0.3, 1.2)
_THICK = 0.15
_DASH_HEIGHT = (0.1, 0.6)


class Segment(NamedTuple):
    """A line, or the part of one that stands in a column or a cell of its own.

    `mark` is the bullet or number before its words, which start at `inset`; `lead` tells that its first
    words look different from its last ones, as those of a label do. A named tuple for speed, like `Run`.
    """

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    bold: bool
    slanted: bool
    colour: int
    mark: str
    inset: float
    lead: bool

    @property
    def look(self) -> tuple[float, bool, bool, int]:
        """What tells headings from text."""
        return self.size, self.bold, self.slanted, self.colour


class _Group(NamedTuple):
    base: float
    size: float
    runs: list[Run]


def rows(sheet: Sheet) -> list[list[Segment]]:
    """The lines of a page from the top down, each in segments from the left to the right."""
    groups = [group for stretch in sheet.stretches for group in _levels(stretch)]
    groups.sort(key=lambda group: -group.base)
    found = [_segments(group, sheet.number) for group in _merged(_with_raised(groups))]
    return _with_drawn_bullets([row for row in found if row], sheet.shapes)


def joined(left: Segment, right: Segment, separator: str = " ") -> Segment:
    """Two segments of one line as one; the look is that of the longer one."""
    longer = left if len(left.text) >= len(right.text) else right
    return left._replace(
        text=f"{left.text}{separator}{right.text}",
        right=right.right,
        size=longer.size,
        bold=longer.bold,
        slanted=longer.slanted,
        colour=longer.colour,
        lead=left.lead or (left.bold, left.colour) != (right.bold, right.colour),
    )


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


def _segments(group: _Group, page: int) -> list[Segment]:
    runs = group.runs
    if len(runs) > 1:
        runs = without_shadows(sorted(runs, key=lambda run: run.left))
    elif not runs[0].text.strip():
        return []
    parts: list[list[Run]] = []
    right = 0.0
    for run in runs:
        if parts and run.left - right <= CELL_GAP * max(run.size, 1.0):
            parts[-1].append(run)
            right = max(right, run.right)
        else:
            parts.append([run])
            right = run.right
    return list(_with_marks([_segment(part, group.base, page) for part in parts]))


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


def _with_marks(segments: Sequence[Segment]) -> Iterator[Segment]:
    """A bullet or a number goes with the words behind it, however far they stand apart."""
    pending: Segment | None = None
    if len(segments) == 2 and bare_number(segments[0].text) and segments[0].size >= segments[1].size:
        number, words = segments
        yield words._replace(mark=number.text, left=number.left, inset=words.left)
        return
    for segment in segments:
        if not segment.text:
            continue
        if pending is not None and segment.left - pending.right <= _MARK_GAP * segment.size:
            ticked = pending.text in (TICKED, UNTICKED)
            marked = segment._replace(mark=pending.text, left=pending.left, inset=segment.left)
            yield joined(pending, segment) if ticked else marked
            pending = None
            continue
        if pending is not None:
            yield pending
            pending = None
        if lone_mark(segment.text) or segment.text in (TICKED, UNTICKED):
            pending = segment
        else:
            yield _marked(segment)
    if pending is not None:
        yield pending


def _marked(segment: Segment) -> Segment:
    found = inline_mark(segment.text)
    if found is None:
        return segment
    mark, words = found
    # How wide a mark is can only be guessed where it was drawn in one go with its words.
    inset = segment.left + segment.size * 0.5 * (len(mark) + 1)
    return segment._replace(text=words, mark=mark, inset=inset)


def _with_drawn_bullets(found: list[list[Segment]], shapes: Sequence[Shape]) -> list[list[Segment]]:
    """Gives lines the bullets that were drawn as dots, boxes or pictures before them."""
    small = [shape for shape in shapes if shape.width < 20 and shape.height < 20]
    if not small:
        return found
    return [[segment if segment.mark else _beside(segment, small) for segment in row] for row in found]


def _beside(segment: Segment, shapes: Sequence[Shape]) -> Segment:
    for shape in shapes:
        gap = segment.left - shape.right
        near = -0.2 * segment.size <= gap <= _MARK_GAP * segment.size
        if near and (_is_dot(shape, segment) or _is_dash(shape, segment)):
            return segment._replace(mark=BULLET, left=shape.left, inset=segment.left)
    return segment


def _is_dot(shape: Shape, segment: Segment) -> bool:
    least, most = (share * segment.size for share in _DRAWN_BULLET)
    fits = least <= shape.width <= most and least <= shape.height <= most
    square = max(shape.width, shape.height) <= 2 * min(shape.width, shape.height)
    middle = (shape.bottom + shape.top) / 2
    return fits and square and segment.base - 0.3 * segment.size <= middle <= segment.base + segment.size


def _is_dash(shape: Shape, segment: Segment) -> bool:
    least, most = (share * segment.size for share in _DRAWN_DASH)
    low, high = (segment.base + share * segment.size for share in _DASH_HEIGHT)
    thin = shape.height <= _THICK * segment.size
    return thin and least <= shape.width <= most and low <= shape.bottom and shape.top <= high
