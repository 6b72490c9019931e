"""A line of a page, or the part of one that stands in a column or a cell of its own."""

from typing import NamedTuple


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
