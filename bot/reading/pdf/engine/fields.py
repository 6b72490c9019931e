"""What somebody filled into the fields of a form, as runs of letters where the fields stand."""

import ctypes
import re
from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from bot.reading.pdf.engine.fonts import NO_FONT
from bot.reading.pdf.glyphs import Run
from bot.reading.pdf.marks import TICKED, UNTICKED

_MAX_FIELDS = 500
_VALUE_TYPES = (
    pdfium.FPDF_FORMFIELD_TEXTFIELD,
    pdfium.FPDF_FORMFIELD_COMBOBOX,
    pdfium.FPDF_FORMFIELD_LISTBOX,
)
_TICK_TYPES = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
_PASSWORD_FIELD = 1 << 13
_FIELD_SIZE = 10.0


def filled_in(form: pypdfium2.PdfFormEnv, page: pypdfium2.PdfPage, bases: Sequence[float]) -> Iterator[Run]:
    """What is filled in on a page, where it stands; `bases` are the base lines of what is printed."""
    rect = pdfium.FS_RECTF()
    for place in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MAX_FIELDS)):
        field = pdfium.FPDFPage_GetAnnot(page, place)
        if not field:
            continue
        value = _value(form, field) if pdfium.FPDFAnnot_GetSubtype(field) == pdfium.FPDF_ANNOT_WIDGET else ""
        if value and pdfium.FPDFAnnot_GetRect(field, ctypes.byref(rect)):
            yield from _lines(value, rect, bases)
        pdfium.FPDFPage_CloseAnnot(field)


def _lines(value: str, rect: pdfium.FS_RECTF, bases: Sequence[float]) -> Iterator[Run]:
    lines = [line for line in re.split(r"[\r\n]+", value) if line.strip()]
    bottom, top = sorted((rect.bottom, rect.top))
    size = min(_FIELD_SIZE, (top - bottom) / max(len(lines), 1))
    # A single line stands in the middle of its field, several from its top down.
    base = (top + bottom) / 2 - size / 3 if len(lines) == 1 else top - size
    # The label of a field is level with it, if not to the point.
    beside = [other for other in bases if bottom - 2 <= other <= top]
    base = min(beside, key=lambda other: abs(other - base), default=base)
    for number, line in enumerate(lines):
        right = min(max(rect.left, rect.right), rect.left + size * len(line) / 2)
        yield Run(line, rect.left, right, base - number * size, size, NO_FONT, 0)


def _value(form: pypdfium2.PdfFormEnv, field: pdfium.FPDF_ANNOTATION) -> str:
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, field)
    if kind in _TICK_TYPES:
        return TICKED if pdfium.FPDFAnnot_IsChecked(form, field) else UNTICKED
    if kind not in _VALUE_TYPES or pdfium.FPDFAnnot_GetFormFieldFlags(form, field) & _PASSWORD_FIELD:
        return ""
    length = pdfium.FPDFAnnot_GetFormFieldValue(form, field, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 2))
    pdfium.FPDFAnnot_GetFormFieldValue(
        form, field, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length
    )
    return buffer.raw[: max(length, 2) - 2].decode("utf-16-le", errors="replace").strip()
