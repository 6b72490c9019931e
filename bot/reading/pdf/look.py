"""What text looks like in a document, so that headings can be told from it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles

from bot.reading.pdf.columns import Column
from bot.reading.pdf.segments import Segment
from bot.reading.pdf.tables import Table
from bot.reading.roles import heading_role

# Against the size of the text.
_LARGER = 1.12
_SMALLER = 0.9
_USUAL_LEADING = 1.2
_FULL_LINE = 0.6
_WORDS_OF_TEXT = 5
_ENOUGH = 200
# Where all that a file holds stands in tables.
_ANY_SIZE = 10.0
_COLOUR_STEP = 40

_WORD = re.compile(r"[\w-]+")

Kind = tuple[float, bool, bool, bool, bool]


@dataclass(frozen=True, slots=True)
class Look:
    """The size and dress of the text, and how far apart its lines stand by their size."""

    size: float
    bold: bool
    slanted: bool
    colour: int
    gaps: dict[float, float]
    words: frozenset[str]

    def leading(self, size: float) -> float:
        """How far lines of a size stand apart inside a paragraph."""
        return self.gaps.get(size) or _USUAL_LEADING * size

    def kind(self, line: Segment) -> Kind | None:
        """How a line differs from text: larger, bold, coloured, capitals, slanted; None where it does not."""
        if line.size < self.size * _SMALLER:
            return None
        larger = line.size if line.size >= _LARGER * self.size else 0.0
        bold = line.bold and not self.bold
        slanted = line.slanted and not self.slanted
        coloured = _distant(line.colour, self.colour)
        capitals = is_capitals(line.text)
        if not (larger or ((bold or slanted or coloured) and not line.lead) or capitals):
            return None
        return larger, bold, coloured, capitals, slanted


def look_of(columns: Sequence[Column], tables: Sequence[Table] = ()) -> Look:
    """The look that the most text in paragraphs has, or in tables where nearly all stands there."""
    lines = list(_before_sources(columns))
    text = [line for line in lines if line is not None]
    sizes = _weighed(columns, frozenset(map(id, text)), tables)
    size = sizes.most_common(1)[0][0] if sizes else _ANY_SIZE
    dresses: Counter[tuple[bool, bool, int]] = Counter()
    for line in text:
        if line.size == size:
            dresses[line.bold, line.slanted, line.colour] += len(line.text)
    (bold, slanted, colour), _ = (dresses or Counter({(False, False, 0): 1})).most_common(1)[0]
    everything = "\n".join(line.text for column in columns for line in column.lines)
    words = frozenset(_WORD.findall(everything.lower()))
    return Look(size, bold, slanted, colour, _leadings(columns), words)


def is_capitals(text: str) -> bool:
    """Whether a text is set in capitals, and long enough to be more than an abbreviation."""
    letters = sum(map(str.isalpha, text))
    return letters >= 5 and text.isupper()


def _before_sources(columns: Sequence[Column]) -> Iterator[Segment]:
    """The lines up to the list of sources, whose smaller print may have more letters than the text."""
    for column in columns:
        for line in column.lines:
            if heading_role(line.text) == "bibliography":
                return
            yield line


def _weighed(columns: Sequence[Column], text: frozenset[int], tables: Sequence[Table]) -> Counter[float]:
    """Letters by size, in lines that fill their column if there are enough of these."""
    full: Counter[float] = Counter()
    every: Counter[float] = Counter()
    anything: Counter[float] = Counter()
    for column in columns:
        width = max(line.right for line in column.lines) - min(line.left for line in column.lines)
        for line in column.lines:
            anything[line.size] += len(line.text)
            if id(line) not in text:
                continue
            every[line.size] += len(line.text)
            if (
                len(column.lines) > 1
                and line.right - line.left >= _FULL_LINE * width
                and line.text.count(" ") >= _WORDS_OF_TEXT
            ):
                full[line.size] += len(line.text)
    if sum(full.values()) >= _ENOUGH:
        return full
    for table in tables:
        for row in table.rows:
            every[row.size] += sum(map(len, row.cells))
    return every or anything


def _leadings(columns: Sequence[Column]) -> dict[float, float]:
    gaps: dict[float, list[float]] = {}
    for column in columns:
        for above, below in pairwise(column.lines):
            if above.size == below.size and 0 < above.base - below.base < 3 * above.size:
                gaps.setdefault(above.size, []).append(above.base - below.base)
    # The closest lines are those inside paragraphs, whatever the number of gaps between.
    return {size: quantiles(found, n=4)[0] for size, found in gaps.items() if len(found) > 2}


def _distant(colour: int, other: int) -> bool:
    return any(abs((colour >> shift & 255) - (other >> shift & 255)) > _COLOUR_STEP for shift in (16, 8, 0))
