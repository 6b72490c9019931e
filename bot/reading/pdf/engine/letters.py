"""A page's letters in runs, each by what drew it, asking PDFium as seldom as can be."""

import ctypes
import math
import re
from collections.abc import Iterator

import pypdfium2.raw as pdfium

from bot.errors import DocumentError
from bot.reading.pdf.engine.placing import held
from bot.reading.pdf.glyphs import Font, Run
from bot.reading.pdf.marks import BULLET

# The densest page of a phone book has 20,000 letters.
MAX_PAGE_LETTERS = 200_000
# Letters are half as wide as high on average; a run that is wider may hide the gap between two cells.
_WIDE_LETTERS = 0.6
_GAP = 0.9
_BOLD = re.compile(r"bold|black|heavy|semib|demi|-bd|,bd", re.IGNORECASE)
_SLANTED = re.compile(r"italic|oblique|slanted", re.IGNORECASE)
_SYMBOLS = re.compile(r"wingding|webding|dingbat|fontawesome|icon", re.IGNORECASE)
_FORCED_BOLD = 1 << 18
_ITALIC = 1 << 6
_BOLD_WEIGHT = 600
_NO_FONT = Font("", bold=False, slanted=False, symbols=False)
# The slope up to which a line counts as level.
_UPRIGHT = 0.02
_STRETCH = re.compile(r"(?:[^\r]|\r(?!\n))+")
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
_CONTROL = re.compile(r"[\x03-\x1f]")


class Letters:
    """Reads a page's letters by the object that drew them, asking PDFium as seldom as can be."""

    def __init__(self, page: pdfium.FPDF_TEXTPAGE, fonts: dict[bytes, Font]) -> None:
        self._page, self._fonts = page, fonts
        self.objects = 0
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._at = (ctypes.byref(self._x), ctypes.byref(self._y))
        self._rect, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._rect_at, self._matrix_at = ctypes.byref(self._rect), ctypes.byref(self._matrix)
        self._paint = tuple(ctypes.c_uint() for _ in range(4))
        self._paint_at = tuple(map(ctypes.byref, self._paint))
        self._text = _whole_text(page)

    def stretches(self) -> dict[int, list[list[Run]]]:
        """The runs of each line as PDFium sees it, by the quarter turns that they are rotated."""
        found: dict[int, list[list[Run]]] = {}
        for match in _STRETCH.finditer(self._text):
            line: dict[int, list[Run]] = {}
            for start, end, thing in self._things(*match.span()):
                for turn, run in self._runs(start, end, thing):
                    line.setdefault(turn, []).append(run)
            for turn, runs in line.items():
                found.setdefault(turn, []).append(runs)
        return found

    def _things(self, start: int, end: int) -> Iterator[tuple[int, int, pdfium.FPDF_PAGEOBJECT]]:
        """Where each object that drew something between two letters starts and ends in the text."""
        while start < end:
            thing = pdfium.FPDFText_GetTextObject(self._page, start)
            if not thing:
                start += 1
                continue
            last = self._last_of(bytes(thing), start, end)
            self.objects += 1
            yield start, last, thing
            start = last

    def _last_of(self, thing: bytes, start: int, end: int) -> int:
        if self._drew(end - 1) == thing:
            return end
        known = start + 1
        while True:
            space = self._text.find(" ", known, end)
            word_end = space if space >= 0 else end
            if self._drew(word_end - 1) != thing:
                break
            known = word_end + 1
            if known >= end:
                return end
        low, high = max(start, known - 2), word_end - 1
        while high - low > 1:
            middle = (low + high) // 2
            if self._drew(middle) == thing:
                low = middle
            else:
                high = middle
        return low + 1

    def _drew(self, place: int) -> bytes:
        return bytes(pdfium.FPDFText_GetTextObject(self._page, place))

    def _runs(self, start: int, end: int, thing: pdfium.FPDF_PAGEOBJECT) -> Iterator[tuple[int, Run]]:
        """What an object drew, in pieces where it leaves a gap as wide as between two cells."""
        text = self._text[start:end]
        turn, scale = self._turn_and_scale(start)
        if turn is None or not text.strip():
            return
        size = round(pdfium.FPDFText_GetFontSize(self._page, start) * scale, 1)
        look = size, self._font(thing), self._colour(thing)
        left, base = self._origin(start, turn)
        right = self._end(end - 1, turn)
        after = " " if self._text[end : end + 1] == " " else ""
        if right - left > _WIDE_LETTERS * size * len(text) and " " in text:
            for first, last in self._cells(start, end, turn, size):
                place, base = self._origin(first, turn)
                words = self._text[first:last].translate(_REPLACED)
                yield turn, Run(words, place, self._end(last - 1, turn), base, *look)
        elif len(text) == 1 and _CONTROL.match(text):
            # A picture from a font that has no letters: before words, a bullet.
            yield turn, Run(BULLET + " ", left, right, base, *look)
        else:
            yield turn, Run(text.translate(_REPLACED) + after, left, right, base, *look)

    def _cells(self, start: int, end: int, turn: int, size: float) -> Iterator[tuple[int, int]]:
        first = start
        for match in re.finditer(r" +", self._text[start:end]):
            before, after = start + match.start(), start + match.end()
            if before > first and after < end:
                gap = self._origin(after, turn)[0] - self._end(before - 1, turn)
                if gap > _GAP * size:
                    yield first, before
                    first = after
        yield first, end

    def _turn_and_scale(self, place: int) -> tuple[int | None, float]:
        pdfium.FPDFText_GetMatrix(self._page, place, self._matrix_at)
        matrix = self._matrix
        a, b = matrix.a, matrix.b
        scale = math.hypot(matrix.c, matrix.d)
        if abs(b) <= _UPRIGHT * abs(a):
            return (0 if a > 0 else 2), scale
        if abs(a) <= _UPRIGHT * abs(b):
            return (1 if b > 0 else 3), scale
        return None, scale

    def _origin(self, place: int, turn: int) -> tuple[float, float]:
        pdfium.FPDFText_GetCharOrigin(self._page, place, *self._at)
        return held(self._x.value, self._y.value, turn) if turn else (self._x.value, self._y.value)

    def _end(self, place: int, turn: int) -> float:
        """Where the pen stands after a letter."""
        pdfium.FPDFText_GetLooseCharBox(self._page, place, self._rect_at)
        box = self._rect
        return float((box.right, box.top, -box.left, -box.bottom)[turn])

    def _font(self, thing: pdfium.FPDF_PAGEOBJECT) -> Font:
        handle = pdfium.FPDFTextObj_GetFont(thing)
        key = bytes(handle)
        if key not in self._fonts:
            self._fonts[key] = _described(handle) if handle else _NO_FONT
        return self._fonts[key]

    def _colour(self, thing: pdfium.FPDF_PAGEOBJECT) -> int:
        if not pdfium.FPDFPageObj_GetFillColor(thing, *self._paint_at):
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
    if len(text) != count:
        # Letters beyond the Basic Multilingual Plane take two places; letters without one take none.
        codes = (pdfium.FPDFText_GetUnicode(page, place) for place in range(count))
        text = "".join(
            chr(code) if 0 < code < _SURROGATES or code > _AFTER_SURROGATES else _UNKNOWN for code in codes
        )
    return text


def _described(handle: pdfium.FPDF_FONT) -> Font:
    length = pdfium.FPDFFont_GetBaseFontName(handle, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 1))
    pdfium.FPDFFont_GetBaseFontName(handle, buffer, length)
    name = buffer.value.decode("utf-8", errors="replace")
    flags = pdfium.FPDFFont_GetFlags(handle)
    heavy = pdfium.FPDFFont_GetWeight(handle) >= _BOLD_WEIGHT or bool(flags > 0 and flags & _FORCED_BOLD)
    return Font(
        name,
        bold=_BOLD.search(name) is not None or heavy,
        slanted=_SLANTED.search(name) is not None or bool(flags > 0 and flags & _ITALIC),
        symbols=_SYMBOLS.search(name) is not None,
    )
