"""What a font's name and data tell of its letters."""

import ctypes
import re

import pypdfium2.raw as pdfium

from bot.reading.pdf.glyphs import Font

NO_FONT = Font("", bold=False, slanted=False, symbols=False)
_BOLD = re.compile(r"bold|black|heavy|semib|demi|-bd|,bd", re.IGNORECASE)
_SLANTED = re.compile(r"italic|oblique|slanted", re.IGNORECASE)
_SYMBOLS = re.compile(r"wingding|webding|dingbat|fontawesome|icon", re.IGNORECASE)
_FORCED_BOLD = 1 << 18
_ITALIC = 1 << 6
_BOLD_WEIGHT = 600


def described(address: int) -> Font:
    """A font, given its handle."""
    handle = ctypes.cast(address, pdfium.FPDF_FONT)
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
