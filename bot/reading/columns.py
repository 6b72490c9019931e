"""Lines that are rows of a table: cells between strokes, tabs or wide gaps."""

import re

# Two spaces are a gap, but not behind the end of a sentence, where many type two.
_GAP = re.compile(r"(?<=\S)(?: *\t[ \t]*| {3,}|(?<![.!?:;,]) {2,}| +\| +|\|\|)(?=\S)")
_STROKES = re.compile(r"\|.*\|")
# A row of a table is no longer than a screen is wide; a longer line is a sentence with odd spaces.
_LONGEST_ROW = 300
_ESCAPED_STROKE = "\\|"


def has_columns(line: str) -> bool:
    """Whether a line without white space around it has at least two cells."""
    if len(line) > _LONGEST_ROW or not any(map(str.isalnum, line)):
        return False
    return _GAP.search(line) is not None or (line.count("|") > 2 and _STROKES.fullmatch(line) is not None)


def row_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The cells of a row without the strokes and the white space around it.

    Only the outermost strokes are left out: those within tell which column a blank cell is in.
    """
    line = text[start:end]
    start += line.startswith("|")
    end -= line.endswith("|") and not line.endswith(_ESCAPED_STROKE) and end > start
    whole = text[start:end]
    return start + len(whole) - len(whole.lstrip()), start + len(whole.rstrip())
