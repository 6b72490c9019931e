"""PDFium's functions on letters and objects as they are called a million times a file.

The same functions as in `pypdfium2.raw`, bound once more with plain numbers for handles and pointers: a call
takes a quarter of the time.
"""

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

_POINTER = ctypes.c_void_p
_Function = Callable[..., Any]


def _bound(function: pdfium.CFUNCTYPE, result: type | None, *arguments: type) -> _Function:
    place = ctypes.cast(function, _POINTER).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(place)


def address(handle: pdfium.FPDF_TEXTPAGE) -> int:
    """The number that a handle is."""
    return ctypes.cast(handle, _POINTER).value or 0


object_of = _bound(pdfium.FPDFText_GetTextObject, _POINTER, _POINTER, ctypes.c_int)
origin_of = _bound(pdfium.FPDFText_GetCharOrigin, ctypes.c_int, _POINTER, ctypes.c_int, _POINTER, _POINTER)
box_of = _bound(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, _POINTER, ctypes.c_int, _POINTER)
matrix_of = _bound(pdfium.FPDFText_GetMatrix, ctypes.c_int, _POINTER, ctypes.c_int, _POINTER)
size_of = _bound(pdfium.FPDFText_GetFontSize, ctypes.c_double, _POINTER, ctypes.c_int)
font_of = _bound(pdfium.FPDFTextObj_GetFont, _POINTER, _POINTER)
colour_of = _bound(pdfium.FPDFPageObj_GetFillColor, ctypes.c_int, *[_POINTER] * 5)
