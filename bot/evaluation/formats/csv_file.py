"""A CSV file in, entries out: separated by commas, semicolons or tabs, in UTF-8."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.errors import QuestionSetError
from bot.evaluation.formats.columns import Cell
from bot.evaluation.formats.entries import Entries
from bot.evaluation.formats.table import entries_of
from bot.evaluation.rows import numbered_lines, quoted_name

# Spreadsheets write semicolons where the comma is the decimal sign.
SEPARATORS = ",;\t"


def read(path: Path, named: Mapping[str, str]) -> Entries:
    """The questions of a CSV file. `named` has headings by field. Raises QuestionSetError."""
    name = quoted_name(path)
    rows = _rows(path, name)
    header = next(rows, None)
    if header is None:
        raise QuestionSetError(f"{name} is empty; give it a line of headings and a line for each question.")
    return entries_of(name, header, rows, named)


def _rows(path: Path, name: str) -> Iterator[list[Cell]]:
    lines = [line for _, line in numbered_lines(path)]
    heading = lines[0] if lines else ""
    reader = csv.reader(lines, delimiter=max(SEPARATORS, key=heading.count), strict=True)
    line = 1
    try:
        for row in reader:
            yield [Cell(f"{name}, line {line}, column {at}", text) for at, text in enumerate(row, 1)]
            line = reader.line_num + 1
    except csv.Error as error:
        raise QuestionSetError(f"{name}, line {line}: its quotation marks do not match ({error}).") from error
