"""A PDF in, a document out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bot.errors import DocumentError
from bot.reading.dates import iso_date
from bot.reading.files import file_bytes
from bot.reading.layout import clean
from bot.reading.outline import outlined
from bot.reading.pdf.assembly import assembled
from bot.reading.pdf.columns import in_order
from bot.reading.pdf.engine import opened
from bot.reading.pdf.furniture import without_furniture
from bot.reading.pdf.glyphs import Sheet
from bot.reading.pdf.legibility import FEWEST_SIGNS, is_legible
from bot.reading.pdf.lines import rows
from bot.reading.pdf.segments import Segment
from bot.reading.structure import Facts, document
from bot.records import Document

_WAITS = "if this message is not eventually replaced by the proper contents of the document"
_FEW_LETTERS = 1500
# A picture that fills so much of a page without text is a scan of it.
_SCAN_SHARE = 0.4
_PAGES_NAMED = 5

_Page = Sequence[Sequence[Segment]]


def read(path: Path, doc: str) -> Document:
    """Reads a PDF. Raises DocumentError."""
    file = opened(file_bytes(path))
    pages: list[_Page] = [rows(sheet) for sheet in file.sheets]
    texts = [_text(page) for page in pages]
    _check(texts, dynamic=file.dynamic)
    illegible = frozenset(place for place, text in enumerate(texts) if not is_legible(text))
    pages = [() if place in illegible else page for place, page in enumerate(pages)]
    kept = without_furniture(pages, file.sheets)
    if not any(kept):
        raise DocumentError("it has no text besides headers and page numbers; export it again")
    parts = [
        part for page, sheet in zip(kept, file.sheets, strict=True) for part in in_order(page, sheet.shapes)
    ]
    printed = assembled(parts, len(pages), stated=clean(file.metadata.get("Title", "")) or None)
    title = printed.title or Path(doc).stem
    pieces = printed.pieces
    if not any(piece.kind == "heading" for piece in pieces):
        pieces = outlined(printed.text, pieces, title=title)
    made = document(doc, printed.text, pieces, _facts(file.metadata, title), pages=printed.pages)
    return replace(made, remarks=tuple(_remarks(file.sheets, illegible)))


def _text(page: _Page) -> str:
    return "\n".join(segment.text for row in page for segment in row)


def _check(texts: Sequence[str], *, dynamic: bool) -> None:
    """Raises DocumentError where the pages hold nothing that could be quoted."""
    whole = "\n".join(texts)
    if not whole.strip():
        if dynamic:
            raise DocumentError("it is a dynamic form (XFA); print it to PDF")
        raise DocumentError("it has no text, as a scan has none; run text recognition (OCR) on it first")
    if len(whole) < _FEW_LETTERS and _WAITS in " ".join(whole.lower().split()):
        raise DocumentError("it is a dynamic form (XFA); print it to PDF")
    told = [text for text in texts if len(text) >= FEWEST_SIGNS] or [whole]
    if not any(map(is_legible, told)):
        raise DocumentError("its letters cannot be read; export it again or run text recognition on it")


def _facts(metadata: Mapping[str, str], title: str) -> Facts:
    return Facts(
        title=title,
        published=iso_date(metadata.get("CreationDate", "")),
        revised=iso_date(metadata.get("ModDate", "")),
    )


def _remarks(sheets: Sequence[Sheet], illegible: frozenset[int]) -> list[str]:
    remarks = []
    scans = [sheet.number for sheet in sheets if not sheet.stretches and _is_scan(sheet)]
    if illegible:
        remarks.append(
            f"The letters on {_named(sorted(illegible))} cannot be read; run text recognition (OCR) on it."
        )
    if scans:
        remarks.append(
            f"There is a picture and no text on {_named(scans)}; run text recognition (OCR) on it."
        )
    return remarks


def _is_scan(sheet: Sheet) -> bool:
    area = sheet.width * sheet.height
    return any(shape.picture and shape.width * shape.height >= _SCAN_SHARE * area for shape in sheet.shapes)


def _named(pages: Sequence[int]) -> str:
    """Pages, counted from 0, as they are called."""
    numbers = [str(page + 1) for page in pages]
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    if len(numbers) > _PAGES_NAMED:
        return f"{len(numbers)} pages, the first of them page {numbers[0]}"
    return f"pages {', '.join(numbers[:-1])} and {numbers[-1]}"
