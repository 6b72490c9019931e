"""Bullets and numbers given to the lines that they stand before, those that were drawn as shapes too."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from bot.reading.pdf.glyphs import Shape
from bot.reading.pdf.marks import BULLET, TICKED, UNTICKED, bare_number, inline_mark, lone_mark
from bot.reading.pdf.segments import Segment, joined

# A bullet or number stands at most so far before its words.
_MARK_GAP = 5.0
_DRAWN_BULLET = (0.15, 1.2)
# A dash that was drawn before an item: how long, how thick and how high it is.
_DRAWN_DASH = (0.3, 1.2)
_THICK = 0.15
_DASH_HEIGHT = (0.1, 0.6)


def with_marks(segments: Sequence[Segment]) -> Iterator[Segment]:
    """A bullet or a number goes with the words behind it, however far they stand apart."""
    pending: Segment | None = None
    if len(segments) == 2 and bare_number(segments[0].text) and segments[0].size >= segments[1].size:
        yield _numbered(*segments)
        return
    shown = [segment for segment in segments if segment.text]
    for segment, following in zip_longest(shown, shown[1:]):
        if pending is not None and segment.left - pending.right <= _MARK_GAP * segment.size:
            ticked = pending.text in (TICKED, UNTICKED)
            marked = segment._replace(mark=pending.text, left=pending.left, inset=segment.left)
            yield joined(pending, segment) if ticked else marked
            pending = None
            continue
        if pending is not None:
            yield pending
            pending = None
        if _is_mark(segment, following):
            pending = segment
        else:
            yield _marked(segment)
    if pending is not None:
        yield pending


def _is_mark(segment: Segment, following: Segment | None) -> bool:
    """Whether a segment stands before an item: a bare number does where it is set in its own way."""
    if lone_mark(segment.text) or segment.text in (TICKED, UNTICKED):
        return True
    if following is None or segment.look == following.look:
        return False
    return numbered(segment, following) is not None


def numbered(number: Segment, words: Segment) -> Segment | None:
    """A column's words with the bare number before them; None where it is none, or too far away."""
    near = words.left - number.right <= _MARK_GAP * words.size
    if not near or number.mark or words.mark or number.size < words.size or not bare_number(number.text):
        return None
    # One word behind a figure is a value or a unit, not a step.
    reads = words.text[0].isalpha() and " " in words.text
    return _numbered(number, words) if reads else None


def _numbered(number: Segment, words: Segment) -> Segment:
    return words._replace(mark=number.text, left=number.left, inset=words.left)


def _marked(segment: Segment) -> Segment:
    found = inline_mark(segment.text)
    if found is None:
        return segment
    mark, words = found
    # How wide a mark is can only be guessed where it was drawn in one go with its words.
    inset = segment.left + segment.size * 0.5 * (len(mark) + 1)
    return segment._replace(text=words, mark=mark, inset=inset)


def with_drawn_bullets(found: list[list[Segment]], shapes: Sequence[Shape]) -> list[list[Segment]]:
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
