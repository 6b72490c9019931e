"""Pages held upright, with their lower left corner at nought."""

from bot.reading.pdf.glyphs import Run, Shape


def placed(line: list[Run], frame: Shape) -> list[Run]:
    """The runs that are on the page, not on what a printer cuts off around it."""
    left, bottom, right, top, _ = frame
    inside = [run for run in line if left <= run.left < right and bottom <= run.base < top]
    if not left and not bottom:
        return inside
    return [
        run._replace(left=run.left - left, right=run.right - left, base=run.base - bottom) for run in inside
    ]


def moved(shape: Shape, frame: Shape) -> Shape:
    """A shape counted from the corner of what is shown of a page."""
    left, bottom = frame.left, frame.bottom
    return Shape(
        shape.left - left, shape.bottom - bottom, shape.right - left, shape.top - bottom, shape.picture
    )


def turned(shape: Shape, turn: int) -> Shape:
    """A shape as it stands when the page is held so that text of so many quarter turns is upright."""
    first, second = held(shape.left, shape.bottom, turn), held(shape.right, shape.top, turn)
    (left, right), (bottom, top) = map(sorted, zip(first, second, strict=True))
    return Shape(left, bottom, right, top, shape.picture)


def held(x: float, y: float, turn: int) -> tuple[float, float]:
    """Where a point is when the page is turned back by so many quarters."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn]
