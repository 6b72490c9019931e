"""Rows in, a CSV file or an Excel workbook out that people fill in and that loads as a question set."""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from bot.errors import SettingsError
from bot.files import replacing_bytes

Rows = Sequence[Sequence[str | int]]

# The columns of a question set, in the order in which people fill them in.
EXPLAINED = (
    ("id", "a name for the question, each its own; may be left empty"),
    ("question", "what is asked, as a patient would"),
    ("answer", "words of a document that answer it, copied; empty if the documents do not answer it"),
    ("doc", "the document that has them, by its path inside the folder; may be left empty"),
    ("kind", "what the figures are grouped by; may be left empty"),
    ("history", "questions that were asked before it, a line for each; may be left empty"),
)
ENDINGS = (".csv", ".xlsx")
TEMPLATE = tuple(heading for heading, _ in EXPLAINED)
# How wide a column is, in signs, for what people write there.
WIDTHS = {"question": 50, "answer": 60, "passage": 80, "doc": 30, "section": 30, "history": 40}
USUAL_WIDTH = 10
# Spreadsheets take a cell that begins so for a formula.
_FORMULA = re.compile(r"^[=+\-@\t\r]")
# What no cell of a workbook may hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_table(path: Path, rows: Rows, *, explained: Sequence[tuple[str, str]] = ()) -> None:
    """Writes .csv or .xlsx, by the name's ending; raises SettingsError and OutputError.

    A workbook has a second sheet that explains its columns, where they are `explained`.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise SettingsError(
            f'"{path.name}" is neither a .csv nor a .xlsx file; give it one of these endings.'
        )
    with replacing_bytes(path) as file:
        file.write(table_bytes(ending, rows, explained=explained))


def table_bytes(ending: str, rows: Rows, *, explained: Sequence[tuple[str, str]] = ()) -> bytes:
    """The same as bytes, for one of ENDINGS."""
    return _workbook(rows, explained) if ending == ".xlsx" else _csv(rows).encode()


def _csv(rows: Rows) -> str:
    """With a byte order mark, by which spreadsheets know UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[_plain(cell) for cell in row] for row in rows])
    return f"\ufeff{text.getvalue()}"


def _plain(cell: str | int) -> str | int:
    """A text that no spreadsheet reckons with: documents come from anywhere."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _workbook(rows: Rows, explained: Sequence[tuple[str, str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Questions"
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(at, column)
            cell.value = _CONTROL.sub("", value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=at == 1)
    for column, heading in enumerate(rows[0], 1):
        width = WIDTHS.get(str(heading), USUAL_WIDTH)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if explained:
        help_sheet = book.create_sheet("How to fill it in")
        for line in explained:
            help_sheet.append(list(line))
        help_sheet.column_dimensions["B"].width = 90
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()
