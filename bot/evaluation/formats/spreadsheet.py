"""An Excel workbook in, entries out: its first sheet, headed by a row of names."""

import warnings
import zlib
from collections.abc import Iterator, Mapping
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
# As many rows as a sheet can have, and more cells than a set of 100,000 questions needs: a row or column far
# out is filled up with empty ones to there.
MAX_ROWS, MAX_CELLS, MAX_COLUMNS = 1_048_576, 2_000_000, 1_000
# What openpyxl is known to raise on workbooks that are damaged or no workbooks.
BROKEN = (
    BadZipFile,
    zlib.error,
    # Encrypted members, and compressed by no method that is known.
    RuntimeError,
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

    # A file that openpyxl opens itself stays open where it cannot read it.
    with path.open("rb") as file, warnings.catch_warnings():
        # openpyxl warns of styles and validations that it leaves out; they hold no questions.
        warnings.simplefilter("ignore")
        workbook = load_workbook(file, read_only=True, data_only=True)
        try:
            cells = 0
            for at, row in enumerate(workbook.worksheets[0].iter_rows(), 1):
                cells += len(row)
                filled = next(
                    (place for place in range(len(row), 0, -1) if row[place - 1].value is not None), 0
                )
                if at > MAX_ROWS or cells > MAX_CELLS or filled > MAX_COLUMNS:
                    raise QuestionSetError(f"{name} has too many rows or columns; delete the empty ones.")
                yield [
                    _cell(f"{name}, cell {get_column_letter(column)}{at}", cell.value)
                    for column, cell in enumerate(row[:filled], 1)
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
