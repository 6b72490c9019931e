"""The only place that speaks to PDFium: a file's pages as runs of letters, and what it says of itself."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from bot.errors import DocumentError
from bot.reading.pdf.engine.fields import filled_in
from bot.reading.pdf.engine.letters import Letters
from bot.reading.pdf.engine.placing import moved, placed, turned
from bot.reading.pdf.engine.shapes import drawn
from bot.reading.pdf.glyphs import Font, Run, Shape, Sheet

# Longer than any handbook; a file that claims more pages would keep the start waiting.
MAX_PAGES = 5000
# A file with more letters than a shelf of textbooks was made to harm.
MAX_LETTERS = 30_000_000
# PDFium is not made for several threads at once.
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's pages and what it says of itself."""

    sheets: tuple[Sheet, ...]
    metadata: Mapping[str, str]
    dynamic: bool


def opened(data: bytes) -> Opened:
    """All of a PDF. Raises DocumentError where it cannot be read."""
    with _lock, _document(data) as document:
        count = len(document)
        if count > MAX_PAGES:
            raise DocumentError(f"it has more than {MAX_PAGES} pages; split it into smaller files")
        if not count:
            raise DocumentError("it is damaged or cut off; fetch or export the PDF again")
        form = document.get_formtype()
        if form != pdfium.FORMTYPE_NONE:
            document.init_forms()
        dynamic = form in (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND)
        fonts: dict[int | None, Font] = {}
        sheets = tuple(_bounded(_sheet(document, number, fonts) for number in range(count)))
        return Opened(sheets, document.get_metadata_dict(), dynamic)


@contextmanager
def _document(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
            raise DocumentError("it is protected by a password; save it without one") from error
        raise DocumentError("it is damaged or cut off; fetch or export the PDF again") from error
    with closing(document):
        yield document


def _bounded(sheets: Iterator[Sheet]) -> Iterator[Sheet]:
    letters = 0
    for sheet in sheets:
        letters += sheet.letters
        if letters > MAX_LETTERS:
            raise DocumentError(f"it has more than {MAX_LETTERS:,} letters; split it into smaller files")
        yield sheet


def _sheet(document: pypdfium2.PdfDocument, number: int, fonts: dict[int | None, Font]) -> Sheet:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        # A page that is broken costs the reader that page alone.
        return Sheet(number, 0.0, 0.0, (), ())
    with closing(page), closing(page.get_textpage()) as letters:
        reader = Letters(letters.raw, fonts)
        by_turn = reader.stretches()
        if document.formenv is not None:
            upright = by_turn.setdefault(0, [])
            bases = [run.base for line in upright for run in line]
            upright += [[run] for run in filled_in(document.formenv, page, bases)]
        shapes = list(drawn(page, reader.objects))
        frame = _frame(page)
    # Most of a page reads one way; what stands across it is a watermark or a note in the margin.
    turn = (
        max(by_turn, key=lambda turn: _letters(by_turn[turn]))
        if len(by_turn) > 1
        else min(by_turn, default=0)
    )
    frame = turned(frame, turn)
    lines = (placed(line, frame) for line in by_turn.get(turn, ()))
    return Sheet(
        number,
        frame.width,
        frame.height,
        tuple(filter(None, lines)),
        tuple(moved(turned(shape, turn), frame) for shape in shapes),
        reader.count,
    )


def _letters(lines: list[list[Run]]) -> int:
    return sum(len(run.text) for line in lines for run in line)


def _frame(page: pypdfium2.PdfPage) -> Shape:
    """What of a page is shown."""
    left, bottom, right, top = page.get_bbox()
    return Shape(left, bottom, right, top, picture=False)
