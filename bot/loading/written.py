"""A load report in, what a terminal shows of it out: a table, what to look at, what mends it, totals."""

from collections.abc import Iterator, Sequence

from bot.loading.columns import cell, name_cell, one_line, width, wrapped
from bot.loading.report import Loaded, LoadReport
from bot.records import Problem

LEAST_COLUMNS, MOST_COLUMNS = 80, 120
# The columns of figures, with their widths.
_FIGURES = ((10, "Date"), (5, "Pages"), (5, "Sect."), (5, "Pass."), (5, "Quot."), (5, "Words"))
_ALWAYS = ("Sect.", "Pass.", "Quot.", "Words")
_LEGEND = (
    "Sect.: sections. Pass.: passages. Quot.: share of the text that can be quoted. Words: of the longest"
    " passage. x left out, ! may keep an answer from patients or give a wrong one, · to look at."
)


def written(report: LoadReport, *, columns: int, everything: bool = False) -> str:
    """The report in lines of so many columns; `everything` lists all files of a large folder too."""
    columns = min(max(columns, LEAST_COLUMNS), MOST_COLUMNS)
    left_out, shown, rest = report.listed(everything=everything)
    more = f"{_files(rest)} more {'is' if rest == 1 else 'are'} not listed; --all lists every file."
    parts = [
        _table(left_out, shown, columns),
        more if rest else "",
        wrapped(_LEGEND, columns, first="", rest=""),
        "\n".join(_looked_at(left_out, shown, columns)),
        "\n".join(_remedies(report, columns)),
        totals(report),
    ]
    return "\n\n".join(part for part in parts if part)


def totals(report: LoadReport) -> str:
    """One line on the whole folder."""
    read = f"{_counted(len(report.documents), 'document')}, {_counted(report.passages, 'passage')}"
    left_out = _files(len(report.problems)) if report.problems else "no file"
    grave = sum(found.grave for found in report.documents)
    warned = f"{grave:,}" if grave else "none"
    return f"{read}, {report.quotable:.0%} quotable; {left_out} left out; {warned} with warnings."


def _table(left_out: Sequence[Problem], shown: Sequence[Loaded], columns: int) -> str:
    """A line for each file; a column that would be blank is left out."""
    rows = [_figures(found) for found in shown]
    kept = [at for at, (_, name) in enumerate(_FIGURES) if name in _ALWAYS or any(row[at] for row in rows)]
    room = columns - 3 - sum(_FIGURES[at][0] + 1 for at in kept)
    names = [*(problem.file for problem in left_out), *(found.doc for found in shown)]
    file = min(max(map(width, map(one_line, names)), default=0), room // 2)
    head = " ".join(_FIGURES[at][1].rjust(_FIGURES[at][0]) for at in kept)
    lines = [f"  {cell('File', file)} {cell('Title', room - file)} {head}"]
    lines += [f"x {name_cell(problem.file, file)} left out" for problem in left_out]
    for found, row in zip(shown, rows, strict=True):
        figures = " ".join(row[at].rjust(_FIGURES[at][0]) for at in kept)
        lines.append(
            f"{_mark(found)} {name_cell(found.doc, file)} {cell(found.title, room - file)} {figures}"
        )
    return "\n".join(line.rstrip() for line in lines)


def _figures(found: Loaded) -> Sequence[str]:
    """What the columns hold, in their order."""
    return (
        found.date or "",
        str(found.pages or ""),
        str(found.sections),
        str(found.passages),
        f"{found.quotable:.0%}",
        str(found.longest),
    )


def _mark(found: Loaded) -> str:
    return "!" if found.grave else "·" if found.told else " "


def _looked_at(left_out: Sequence[Problem], shown: Sequence[Loaded], columns: int) -> Iterator[str]:
    """What was found in each file, by file."""
    for problem in left_out:
        yield wrapped(problem.sentence, columns, first="x ", rest="  ")
    for found in shown:
        if found.told:
            said = " ".join(finding.sentence for finding in found.told)
            yield wrapped(f"{found.doc}: {said}", columns, first=f"{_mark(found)} ", rest="  ")


def _remedies(report: LoadReport, columns: int) -> Iterator[str]:
    """What mends it, once for each kind of what was found."""
    if report.kinds:
        yield "What to do"
    for kind, count in report.kinds:
        said = f"{kind.name}, {_counted(count, 'document')}: {kind.remedy}"
        yield wrapped(said, columns, first=f"  {'!' if kind.grave else '·'} ", rest="    ")


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _files(count: int) -> str:
    return _counted(count, "file")
