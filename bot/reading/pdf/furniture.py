"""Headers, footers and page numbers: told by where they stand and that they come back on other pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from bot.reading.pdf.glyphs import Sheet
from bot.reading.pdf.segments import Segment

_Row = Sequence[Segment]
# The strips of a page in which headers and footers stand, and how many lines of them.
_STRIP = 0.14
_MOST_LINES = 6
_PAGE_NUMBER = re.compile(
    r"[-–—|\[\s]*(?:(?:page|p\.?|seite|página)\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/|von|de)\s*\d{1,4})?[-–—|\]\s]*",
    re.IGNORECASE,
)
# Words beside a page's number, with a sign between them.
_BESIDE_NUMBER = re.compile(
    r"\d{1,3}\s*[|•·–—]\s.*|.*(?:\s[|•·–—]\s*(?:page\s*)?|\spage\s*)\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?",
    re.IGNORECASE,
)
# What a browser prints above and below a page.
_PRINTED = re.compile(
    r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d{2}\b.*|(?:https?|file|about):\S+(?: \d{1,4}/\d{1,4})?",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\d+|\b[ivxlc]{1,6}\b")
# In a file of more pages, a line has to come back more often to be told from text that repeats.
_FEW_PAGES = 5
_DRIFT = 10.0
# A line that changes from page to page is told by its place, where that is kept on most pages.
_MOST = 0.6
_FEWEST_PAGES = 4
_APART = 1.8
_LARGE = 1.2
_AS_LARGE = 0.95
_WORDS_OF_TEXT = 10
# A last line so far below the text is at the foot of a page whose paper is longer.
_FAR = 4.0
# A header stands within the text at most as often, as where it names what the page is about.
_FEW_INNER = 3
_FEWEST_ROWS = 3


def without_furniture(pages: Sequence[Sequence[_Row]], sheets: Sequence[Sheet]) -> list[list[_Row]]:
    """The rows of each page that belong to the text."""
    places = [_strips(rows, sheet.height) for rows, sheet in zip(pages, sheets, strict=True)]
    body = _commonest_size(pages)
    dropped: set[int] = set()
    text = _inner_text(pages, places)
    for strip in (0, 1):
        lines = [strips[strip] for strips in places]
        repeated = {pattern: found for pattern, found in _repeated(lines).items() if pattern not in text}
        steady = _steady(lines, pages) | _numbered(lines, pages, body)
        seen: set[str] = set()
        for outer in lines:
            for row in _furniture(outer, repeated, steady, body):
                words = _words(row)
                # The title may stand again on top of each page: once it is the title. "Step 2" after "Step 1"
                # in large letters heads what is below it.
                heads = row[0].size > _LARGE * body and words not in seen and strip == 0
                seen.add(words)
                if heads and not _is_page_number(row):
                    break
                dropped.add(id(row))
    kept = [[row for row in rows if id(row) not in dropped] for rows in pages]
    # A sheet that is printed twice over is no sheet of headers.
    return [
        list(whole) if not rows and len(whole) >= _FEWEST_ROWS else rows
        for rows, whole in zip(kept, pages, strict=True)
    ]


def _strips(rows: Sequence[_Row], height: float) -> tuple[list[_Row], list[_Row]]:
    """The lines at the top and at the bottom of a page, from the outermost in."""
    top = [row for row in rows[:_MOST_LINES] if row[0].base > (1 - _STRIP) * height]
    low = [row for row in reversed(rows[-_MOST_LINES:]) if row[0].base < _STRIP * height and row not in top]
    if not low and len(rows) > 1 and _distance(rows[-1], rows) > _FAR * rows[-1][0].size:
        low = [rows[-1]]
    return top, low


def _furniture(
    outer: Sequence[_Row], repeated: dict[str, list[float]], steady: frozenset[int], body: float
) -> Iterator[_Row]:
    for row in outer:
        words = _words(row)
        places = repeated.get(_pattern(row), ())
        comes_back = any(abs(place - row[0].base) <= _DRIFT for place in places)
        told = _is_page_number(row) or _PRINTED.fullmatch(words)
        # What is as long and as large as lines of text is text, also where a form letter repeats it.
        reads = row[0].size >= _AS_LARGE * body and len(words.split()) >= _WORDS_OF_TEXT
        if reads or not (comes_back or id(row) in steady or told):
            return
        yield row


def _is_page_number(row: _Row) -> bool:
    """Whether a line says which page it is, or which two where they are printed side by side."""
    parts = [part for segment in row for part in (segment.mark, segment.text) if part]
    return all(map(_PAGE_NUMBER.fullmatch, parts)) or _PAGE_NUMBER.fullmatch(" ".join(parts)) is not None


def _repeated(pages: Sequence[Sequence[_Row]]) -> dict[str, list[float]]:
    """The lines that come back at about the same height, and those heights."""
    heights: dict[str, list[float]] = defaultdict(list)
    for rows in pages:
        for row in rows:
            heights[_pattern(row)].append(row[0].base)
    least = 2 if len(pages) <= _FEW_PAGES else 3
    found: dict[str, list[float]] = {}
    for pattern, bases in heights.items():
        kept = [base for base in bases if sum(abs(base - other) <= _DRIFT for other in bases[:200]) >= least]
        if kept and pattern.strip("# "):
            found[pattern] = kept[:200]
    return found


def _inner_text(
    pages: Sequence[Sequence[_Row]], strips: Sequence[tuple[Sequence[_Row], Sequence[_Row]]]
) -> frozenset[str]:
    """Lines that come back between the headers and footers, as a cell of each row of a table does."""
    outer = {id(row) for pair in strips for strip in pair for row in strip}
    inner = Counter(_pattern(row) for rows in pages for row in rows if id(row) not in outer)
    return frozenset(pattern for pattern, count in inner.items() if count > max(len(pages), _FEW_INNER))


def _steady(pages: Sequence[Sequence[_Row]], whole: Sequence[Sequence[_Row]]) -> frozenset[int]:
    """Outermost lines that stand at one height on most pages, well apart from the text."""
    if len(pages) < _FEWEST_PAGES:
        return frozenset()
    outermost = [
        (rows[0], _distance(rows[0], everything))
        for rows, everything in zip(pages, whole, strict=True)
        if rows and len(_words(rows[0])) <= 100
    ]
    heights = Counter(round(row[0].base / 2) for row, _ in outermost)
    found: set[int] = set()
    for height, count in heights.items():
        here = [(row, apart) for row, apart in outermost if round(row[0].base / 2) == height]
        apart = sum(distance >= _APART * row[0].size for row, distance in here)
        if count >= _MOST * len(pages) / 2 and apart >= 0.8 * count and count >= 3:
            found.update(id(row) for row, _ in here)
    return frozenset(found)


def _numbered(
    pages: Sequence[Sequence[_Row]], whole: Sequence[Sequence[_Row]], body: float
) -> frozenset[int]:
    """Outermost lines in small print, well apart from the text, that have the page's number beside words."""
    return frozenset(
        id(rows[0])
        for rows, everything in zip(pages, whole, strict=True)
        if rows
        and _has_page_number(rows[0])
        and max(segment.size for segment in rows[0]) < _AS_LARGE * body
        and _distance(rows[0], everything) >= _APART * rows[0][0].size
    )


def _has_page_number(row: _Row) -> bool:
    if len(row) > 1 and any(_PAGE_NUMBER.fullmatch(row[end].text) for end in (0, -1)):
        return True
    return _BESIDE_NUMBER.fullmatch(_words(row)) is not None


def _distance(row: _Row, rows: Sequence[_Row]) -> float:
    """How far the nearest other line is."""
    return min((abs(row[0].base - other[0].base) for other in rows if other is not row), default=1000.0)


def _commonest_size(pages: Sequence[Sequence[_Row]]) -> float:
    sizes: Counter[float] = Counter()
    for rows in pages:
        for row in rows:
            for segment in row:
                sizes[segment.size] += len(segment.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _words(row: _Row) -> str:
    return " ".join(f"{segment.mark} {segment.text}" if segment.mark else segment.text for segment in row)


def _pattern(row: _Row) -> str:
    return _NUMBERS.sub("#", _words(row).lower())
