"""What is drawn on a page besides letters."""

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from bot.reading.pdf.glyphs import Shape

_MAX_SHAPES = 3000
_DRAWN = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING)


def drawn(page: pypdfium2.PdfPage, texts: int) -> Iterator[Shape]:
    """What is drawn on a page; `texts` tells how many of its objects are known to be text."""
    count = pdfium.FPDFPage_CountObjects(page)
    if count <= texts:
        return
    bounds = tuple(ctypes.c_float() for _ in range(4))
    pointers = tuple(map(ctypes.byref, bounds))
    for place in range(min(count, _MAX_SHAPES)):
        thing = pdfium.FPDFPage_GetObject(page, place)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind in _DRAWN and pdfium.FPDFPageObj_GetBounds(thing, *pointers):
            left, bottom, right, top = (bound.value for bound in bounds)
            yield Shape(left, bottom, right, top, kind == pdfium.FPDF_PAGEOBJ_IMAGE)
