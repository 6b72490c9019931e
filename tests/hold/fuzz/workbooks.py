"""Excel workbooks: written by a library from rows, then damaged inside."""

import io
import zipfile

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from tests.hold.fuzz.damage import damaged
from tests.reading.word_files import packed

_SHEET = "xl/worksheets/sheet1.xml"


def workbook(rows: list[list[str]]) -> bytes:
    """A workbook with these rows, without the signs that its format has not."""
    book, stream = Workbook(), io.BytesIO()
    sheet = book.create_sheet(index=0)
    for row in rows:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", text) for text in row])
    book.save(stream)
    return stream.getvalue()


def sheeted(sheet: str) -> bytes:
    """A workbook whose sheet is this XML."""
    with zipfile.ZipFile(io.BytesIO(workbook([["question"]]))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return packed({**parts, _SHEET: sheet})


def workbooks(tables: SearchStrategy[list[list[str]]]) -> SearchStrategy[bytes]:
    """Workbooks of these tables, some of them damaged as files and some in their sheet."""
    whole = tables.map(workbook)
    return st.one_of(damaged(whole, most=2), whole.flatmap(_damaged_sheet))


def _damaged_sheet(data: bytes) -> SearchStrategy[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return damaged(st.just(parts[_SHEET]), most=2).map(lambda sheet: packed({**parts, _SHEET: sheet}))
