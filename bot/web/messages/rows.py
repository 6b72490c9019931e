"""A passage in, its rows as a table out: what is drawn keeps the text of the source to the character."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.records import Document, Passage
from bot.rendering.beside import LEFT_OUT, beside_texts
from bot.rendering.shape import Unit, shaped
from bot.web.messages.encoding import entities, tag

# Between two rows only what draws a table may stand: anything else is text that has to be read.
_BETWEEN = re.compile(r"[\s|:+-]*")
_BAR = re.compile(r"(?:(?<= )|(?<!.))\|(?= |$)", re.DOTALL)
# The HTML of the text of a document from one offset to another.
Shown = Callable[[int, int], str]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row and where the words of its cells stand; a blank cell is an empty span."""

    start: int
    end: int
    cells: tuple[tuple[int, int], ...]
    header: bool = False


def laid_out(document: Document, passage: Passage, shown: Shown) -> str:
    """A passage as HTML: rows as tables, under the header that stands outside it; else as it is."""
    text, units = document.text, shaped(document, passage)
    above = beside_texts(document, passage)
    columns = len(_row(above[0], 0, len(above[0])).cells) if above else 0
    tables = list(_tables(text, units, columns))
    first = tables[0] if tables else None
    fits = first is not None and first[0].start == passage.start and len(first[0].cells) == columns
    head = _head(above[0]) if len(above) == 1 and fits else ""
    html, at = ("" if head else beside(above)), passage.start
    for run in tables:
        start, end = run[0].start, run[-1].end
        # Line ends and bars around a table would stand there as blank lines and strokes.
        before = max((unit.end for unit in units if unit.end <= start), default=start)
        after = min((unit.start for unit in units if unit.start >= end), default=end)
        since = max(before, at) if _draws(text[before:start]) else start
        until = after if _draws(text[end:after]) else end
        html += shown(at, since) + _unseen(text[since:start])
        html += _table(text, run, head if run is first else "", shown) + _unseen(text[end:until])
        at = until
    return html + shown(at, passage.end)


def beside(above: Sequence[str]) -> str:
    """What has to be read before a passage, as lines of its own."""
    lines = "".join(f"{line}\n" for line in (*above, LEFT_OUT))
    return tag("span", entities(lines), kind="beside") if above else ""


def _row(text: str, start: int, end: int, *, header: bool = False) -> _Row:
    bars = [found.start() + start for found in _BAR.finditer(text[start:end])]
    cells = []
    for first, last in zip([start, *(bar + 1 for bar in bars)], [*bars, end], strict=True):
        words = text[first:last]
        inner = first + len(words) - len(words.lstrip(" "))
        cells.append((min(inner, last), max(first + len(words.rstrip(" ")), min(inner, last))))
    return _Row(start, end, tuple(cells), header)


def _tables(text: str, units: Sequence[Unit], columns: int) -> Iterator[list[_Row]]:
    """Runs of rows with the same number of cells; a single row is one only under a header of its own."""
    runs: list[list[_Row]] = []
    for unit in units:
        if unit.kind != "row":
            continue
        row = _row(text, unit.start, unit.end, header=unit.header)
        last = runs[-1][-1] if runs else None
        if last and len(last.cells) == len(row.cells) and _draws(text[last.end : row.start]):
            runs[-1].append(row)
        else:
            runs.append([row])
    for place, run in enumerate(runs):
        cells = len(run[0].cells)
        if cells > 1 and (len(run) > 1 or (place == 0 and cells == columns)):
            yield run


def _draws(text: str) -> bool:
    return _BETWEEN.fullmatch(text) is not None


def _unseen(text: str) -> str:
    """Characters that are not shown: a table's lines say the same."""
    return tag("span", entities(text), kind="unseen") if text else ""


def _line(name: str, text: str, row: _Row, after: int, shown: Shown) -> str:
    """One row, with the text that belongs to it up to `after`."""
    starts = [start for start, _ in row.cells[1:]]
    html, at = "", row.start
    for (start, end), until in zip(row.cells, [*starts, after], strict=True):
        words = _unseen(text[at:start]) + shown(start, end) + _unseen(text[end:until])
        html += tag(name, words, scope="col" if name == "th" else None)
        at = until
    return tag("tr", html)


def _head(text: str) -> str:
    row = _row(text, 0, len(text))
    names = _line("th", f"{text}\n", row, len(text) + 1, lambda start, end: entities(text[start:end]))
    gap = tag("td", entities(LEFT_OUT), _unseen("\n"), colspan=str(len(row.cells)), kind="left-out-rows")
    return tag("thead", names, tag("tr", gap), kind="beside")


def _table(text: str, run: Sequence[_Row], head: str, shown: Shown) -> str:
    ends = [*(row.start for row in run[1:]), run[-1].end]
    rows = (
        _line("th" if row.header else "td", text, row, end, shown) for row, end in zip(run, ends, strict=True)
    )
    return tag("div", tag("table", head, tag("tbody", *rows)), kind="rows", tabindex="0", role="group")
