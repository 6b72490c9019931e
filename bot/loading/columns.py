"""Texts in, texts that fill just so many columns of a terminal out; signs of Chinese fill two."""

import textwrap
import unicodedata

from bot.rendering.terminal import printable

_CUT = "…"


def width(text: str) -> int:
    """How many columns a printable text fills."""
    return sum(map(_sign_width, text))


def cell(text: str, columns: int) -> str:
    """The text on one line of just so many columns, shortened at its end or filled up."""
    line = one_line(text)
    if width(line) > columns:
        line = _fitting(line, columns - 1) + _CUT
    return line + " " * (columns - width(line))


def name_cell(name: str, columns: int) -> str:
    """The same for a file's name, shortened before its end: versions and formats stand there."""
    line = one_line(name)
    if width(line) > columns:
        end = _fitting(line[::-1], (columns - 1) // 2)[::-1]
        line = _fitting(line, columns - 1 - width(end)) + _CUT + end
    return line + " " * (columns - width(line))


def wrapped(text: str, columns: int, *, first: str, rest: str) -> str:
    """The text in lines, the first of them after `first` and the others after `rest`."""
    return textwrap.fill(
        one_line(text), columns, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )


def one_line(text: str) -> str:
    """The text without line ends and without characters that could steer a terminal."""
    return " ".join(printable(text).split())


def _fitting(line: str, columns: int) -> str:
    """As much of the beginning as fits."""
    used = 0
    for place, sign in enumerate(line):
        used += _sign_width(sign)
        if used > columns:
            return line[:place]
    return line


def _sign_width(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1
