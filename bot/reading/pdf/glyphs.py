"""What a page of a PDF holds, as the engine met it: runs of letters and what is drawn beside them."""

from dataclasses import dataclass
from typing import NamedTuple


class Font(NamedTuple):
    """A typeface as far as it tells what a line is for; `symbols` has pictures in place of letters."""

    name: str
    bold: bool
    slanted: bool
    symbols: bool


class Run(NamedTuple):
    """Letters that were drawn in one go, in points from the page's lower left corner.

    A named tuple since a long file has a million: it is made five times as fast as a frozen dataclass.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    font: Font
    colour: int


class Shape(NamedTuple):
    """The bounds of something drawn that is no text: a rule, a box, a bullet, a picture."""

    left: float
    bottom: float
    right: float
    top: float
    picture: bool

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its runs in the order they were drawn, each list one stretch of a line.

    `letters` is how many were drawn in all, also where they stand across the page.
    """

    number: int
    width: float
    height: float
    stretches: tuple[list[Run], ...]
    shapes: tuple[Shape, ...]
    letters: int = 0
