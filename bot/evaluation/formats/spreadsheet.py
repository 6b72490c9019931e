"""An Excel workbook in, entries out: its first sheet, headed by names. And rows in, a workbook out."""

import io
import warnings
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from bot.errors import QuestionSetError
from bot.evaluation.formats.columns import Cell
from bot.evaluation.formats.entries import Entries
from bot.evaluation.formats.table import entries_of
from bot.evaluation.quoting import quoted
from bot.evaluation.rows import quoted_name

# A set of 100,000 questions unpacks to less; what is larger is a mistake or an attack.
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
# What openpyxl is known to raise on workbooks that are damaged or no workbooks.
BROKEN = (
    BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    SyntaxError,
    EOFError,
)


def read(path: Path, named: Mapping[str, str]) -> Entries:
    """The questions of a workbook's first sheet. `named` has headings by field. Raises QuestionSetError."""
    name = quoted_name(path)
    try:
        _refuse_bomb(path, name)
        rows = list(_rows(path, name))
    except BROKEN as error:
        raise QuestionSetError(f"{name} is no workbook that can be read; save it as .xlsx again.") from error
    except OSError as error:
        raise QuestionSetError(f"{name} cannot be read ({error.strerror}); check its permissions.") from error
    if not rows:
        raise QuestionSetError(f"{name} is empty; give it a row of headings and a row for each question.")
    return entries_of(name, rows[0], rows[1:], named)


def _refuse_bomb(path: Path, name: str) -> None:
    with ZipFile(path) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > MAX_UNPACKED_BYTES:
        raise QuestionSetError(f"{name} unpacks to {unpacked} bytes; split it into smaller workbooks.")


def _rows(path: Path, name: str) -> Iterator[list[Cell]]:
    from openpyxl import load_workbook
    from openpyxl.utils import get_column_letter

    with warnings.catch_warnings():
        # openpyxl warns of styles and validations that it leaves out; they hold no questions.
        warnings.simplefilter("ignore")
        workbook = load_workbook(path, read_only=True, data_only=True)
        try:
            for at, row in enumerate(workbook.worksheets[0].iter_rows(), 1):
                yield [
                    _cell(f"{name}, cell {get_column_letter(column)}{at}", cell.value)
                    for column, cell in enumerate(row, 1)
                ]
        finally:
            workbook.close()


def _cell(where: str, value: object) -> Cell:
    if value is None:
        return Cell(where, "")
    if isinstance(value, float) and value.is_integer():
        return Cell(where, str(int(value)))
    text = str(value)
    if text.startswith("#") and text.rstrip("!?/0A").isupper() and " " not in text:
        return Cell(where, text, f"the formula gives {quoted(text)}; correct it.")
    return Cell(where, text)


def workbook(sheets: Mapping[str, Iterable[Sequence[str]]]) -> bytes:
    """Sheets by name, each with its headings first, as the bytes of a workbook; every cell is a text."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for at, row in enumerate(rows, 1):
            for column, text in enumerate(row, 1):
                cell = sheet.cell(at, column, text or None)
                # A text even where it is made of digits or begins as formulas do.
                cell.number_format = "@"
                cell.data_type = "s" if text else "n"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.font = Font(bold=at == 1)
        for letter, column in zip("ABCDEFGH", sheet.columns, strict=False):
            widest = max(len(str(cell.value or "")) for cell in column)
            sheet.column_dimensions[letter].width = min(60, max(12, widest + 2))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
