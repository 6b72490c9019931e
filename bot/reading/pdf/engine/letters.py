"""A page's letters in runs, each by what drew it, asking PDFium as seldom as can be."""

import ctypes
import math
import re
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2.raw as pdfium

from bot.errors import DocumentError
from bot.reading.pdf.engine.calls import (
    address,
    box_of,
    colour_of,
    font_of,
    matrix_of,
    object_of,
    origin_of,
    size_of,
)
from bot.reading.pdf.engine.fonts import NO_FONT, described
from bot.reading.pdf.engine.placing import held
from bot.reading.pdf.glyphs import Font, Run
from bot.reading.pdf.marks import BULLET

# The densest page of a phone book has 20,000 letters.
MAX_PAGE_LETTERS = 200_000
# Letters are half as wide as high on average; a run that is wider may hide the gap between two cells.
_WIDE_LETTERS = 0.6
_GAP = 0.9
# The slope up to which a line counts as level.
_UPRIGHT = 0.02
_STRETCH = re.compile(r"(?:[^\r]|\r(?!\n))+")
_SPACES = re.compile(r" +")
_SURROGATES, _AFTER_SURROGATES = 0xD800, 0xDFFF
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
# How PDFium tells a hyphen at the end of a line; ligatures, which TeX's fonts keep among the controls.
_LIGATURES = ("ff", "fi", "fl", "ffi", "ffl")
_REPLACED = {
    0x00: _UNKNOWN,
    0x02: "-",
    0xFFFE: "-",
    **{first + place: words for first in (0x0B, 0x1B, 0xFB00) for place, words in enumerate(_LIGATURES)},
}
_REPLACEABLE = re.compile("[\x00\x02\x0b-\x0f\x1b-\x1f\ufb00-\ufb04\ufffe]")
_CONTROL = re.compile(r"[\x03-\x1f]")


class _Dress(NamedTuple):
    """How an object's letters are drawn: how far they are turned, in quarters, None for askew."""

    turn: int | None
    size: float
    font: Font
    colour: int


_Key = tuple[int | None, float]


class Letters:
    """Reads a page's letters by the object that drew them."""

    def __init__(self, page: pdfium.FPDF_TEXTPAGE, fonts: dict[int | None, Font]) -> None:
        self._page, self._fonts = address(page), fonts
        self.objects = 0
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._at = ctypes.addressof(self._x), ctypes.addressof(self._y)
        self._rect, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._rect_at, self._matrix_at = ctypes.addressof(self._rect), ctypes.addressof(self._matrix)
        self._paint = tuple(ctypes.c_uint() for _ in range(4))
        self._paint_at = tuple(map(ctypes.addressof, self._paint))
        self._text = _whole_text(page)
        # Letters of one font whose boxes are equally high are of one size.
        self._dresses: dict[_Key, _Dress] = {}
        self._key: _Key | None = None
        self._dress = _Dress(None, 0.0, NO_FONT, 0)

    @property
    def count(self) -> int:
        """How many letters the page has."""
        return len(self._text)

    def stretches(self) -> dict[int, list[list[Run]]]:
        """The runs of each line as PDFium sees it, by the quarter turns that they are rotated."""
        found: dict[int, list[list[Run]]] = {}
        for match in _STRETCH.finditer(self._text):
            line: dict[int, list[Run]] = {}
            for turn, run in self._line(*match.span()):
                line.setdefault(turn, []).append(run)
            for turn, runs in line.items():
                found.setdefault(turn, []).append(runs)
        return found

    def _line(self, start: int, end: int) -> Iterator[tuple[int, Run]]:
        """The runs between two letters."""
        page = self._page
        last = object_of(page, end - 1)
        thing = object_of(page, start)
        while start < end:
            if not thing:
                start += 1
                thing = object_of(page, start) if start < end else None
                continue
            stop = end if last == thing else self._end_of(thing, start, end)
            self.objects += 1
            yield from self._runs(start, stop, thing)
            start = stop
            thing = object_of(page, start) if start < end else None

    def _end_of(self, thing: int, start: int, end: int) -> int:
        """Where the letters of an object end: looked for word by word, and in the word where it ends."""
        page, text = self._page, self._text
        known, place = start, start
        while True:
            space = text.find(" ", place, end)
            word_end = space if space >= 0 else end
            if word_end > place and object_of(page, word_end - 1) != thing:
                break
            known, place = max(word_end - 1, known), word_end + 1
            if place >= end:
                return end
        first = max(place, known + 1)
        if object_of(page, first) != thing:
            return known + 1
        low, high = first, word_end - 1
        while high - low > 1:
            middle = (low + high) // 2
            if object_of(page, middle) == thing:
                low = middle
            else:
                high = middle
        return low + 1

    def _runs(self, start: int, end: int, thing: int) -> Iterator[tuple[int, Run]]:
        """What an object drew, in pieces where it leaves a gap as wide as between two cells."""
        text = self._text[start:end]
        if text.isspace():
            return
        turn, size, font, colour = self._dressed(start, end, thing)
        if turn is None:
            return
        right = self._right(turn)
        left, base = self._origin(start, turn)
        if right <= left:
            # Text that is upside down has boxes as high as upright text.
            turn, size, font, _ = self._described(start, font_of(thing))
            if turn is None:
                return
            right = self._right(turn)
            left, base = self._origin(start, turn)
        if right - left > _WIDE_LETTERS * size * len(text) and " " in text:
            for first, last in self._cells(start, end, turn, size):
                place, base = self._origin(first, turn)
                box_of(self._page, last - 1, self._rect_at)
                words = self._text[first:last].translate(_REPLACED)
                yield turn, Run(words, place, self._right(turn), base, size, font, colour)
            return
        if len(text) == 1 and _CONTROL.match(text):
            # A picture from a font that has no letters: before words, a bullet.
            text = BULLET + " "
        elif _REPLACEABLE.search(text):
            text = text.translate(_REPLACED)
        if self._text[end : end + 1] == " ":
            text += " "
        yield turn, Run(text, left, right, base, size, font, colour)

    def _dressed(self, start: int, end: int, thing: int) -> _Dress:
        """How an object's letters look; leaves the box of the last one in `_rect`."""
        box_of(self._page, end - 1, self._rect_at)
        key = font_of(thing), round(self._rect.top - self._rect.bottom, 2)
        if key == self._key and start and self._text[start - 1] not in " \n":
            return self._dress
        known = self._dresses.get(key)
        if known is None:
            known = self._dresses[key] = self._described(start, key[0])
        self._key, self._dress = key, known._replace(colour=self._colour(thing))
        return self._dress

    def _described(self, place: int, font: int | None) -> _Dress:
        turn, scale = self._turn_and_scale(place)
        return _Dress(turn, round(size_of(self._page, place) * scale, 1), self._font(font), 0)

    def _cells(self, start: int, end: int, turn: int, size: float) -> Iterator[tuple[int, int]]:
        first = start
        for match in _SPACES.finditer(self._text, start, end):
            before, after = match.span()
            if before > first and after < end:
                box_of(self._page, before - 1, self._rect_at)
                if self._origin(after, turn)[0] - self._right(turn) > _GAP * size:
                    yield first, before
                    first = after
        yield first, end

    def _turn_and_scale(self, place: int) -> tuple[int | None, float]:
        matrix_of(self._page, place, self._matrix_at)
        matrix = self._matrix
        a, b = matrix.a, matrix.b
        scale = math.hypot(matrix.c, matrix.d)
        if abs(b) <= _UPRIGHT * abs(a):
            return (0 if a > 0 else 2), scale
        if abs(a) <= _UPRIGHT * abs(b):
            return (1 if b > 0 else 3), scale
        return None, scale

    def _origin(self, place: int, turn: int) -> tuple[float, float]:
        origin_of(self._page, place, *self._at)
        return held(self._x.value, self._y.value, turn) if turn else (self._x.value, self._y.value)

    def _right(self, turn: int) -> float:
        """Where the pen stands after the letter whose box was asked for last."""
        box = self._rect
        return float(box.right if not turn else (0.0, box.top, -box.left, -box.bottom)[turn])

    def _font(self, handle: int | None) -> Font:
        if handle not in self._fonts:
            self._fonts[handle] = described(handle) if handle else NO_FONT
        return self._fonts[handle]

    def _colour(self, thing: int) -> int:
        if not colour_of(thing, *self._paint_at):
            return 0
        red, green, blue, _ = self._paint
        return (red.value << 16) + (green.value << 8) + blue.value


def _whole_text(page: pdfium.FPDF_TEXTPAGE) -> str:
    """A page's letters, one for each that PDFium counts."""
    count = pdfium.FPDFText_CountChars(page)
    if count <= 0:
        return ""
    if count > MAX_PAGE_LETTERS:
        raise DocumentError(f"it has a page of more than {MAX_PAGE_LETTERS:,} letters; split it into pages")
    buffer = ctypes.create_string_buffer(2 * count + 2)
    written = pdfium.FPDFText_GetText(page, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    text = buffer.raw[: 2 * max(written - 1, 0)].decode("utf-16-le", errors="replace")
    if len(text) == count:
        return text
    # Letters beyond the Basic Multilingual Plane take two places; letters without a code take none.
    codes = (pdfium.FPDFText_GetUnicode(page, place) for place in range(count))
    return "".join(
        chr(code) if 0 < code < _SURROGATES or code > _AFTER_SURROGATES else _UNKNOWN for code in codes
    )
