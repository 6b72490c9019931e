"""Figures in, a table for the terminal out."""

from collections.abc import Mapping, Sequence

from bot.evaluation.judging import Judged
from bot.evaluation.metrics import Figure, Shortfall
from bot.terminal import printable


def written(figures: Mapping[str, Sequence[Figure]]) -> str:
    """A line for each kind, a column for each measure with the number of questions behind it."""
    names = [figure.measure for figure in next(iter(figures.values()))]
    rows = [["kind", *names]]
    rows += [[printable(kind), *map(_cell, row)] for kind, row in figures.items()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))]
        ).rstrip()
        for row in rows
    )


def sentence(shortfall: Shortfall) -> str:
    """What a gate prints on one figure."""
    if shortfall.value is None:
        return f"{shortfall.measure} applies to no question of the set; {shortfall.wanted:g} was asked for."
    return f"{shortfall.measure} is {shortfall.value:.4f}; {shortfall.wanted:g} was asked for."


def violations(judged: Sequence[Judged]) -> list[str]:
    """A sentence for each thing that was shown as a quotation and is none."""
    return [
        f"{printable(record.id)}: {printable(found.doc)} {found.start} to {found.end}: {found.sentence}."
        for record in judged
        for found in record.violations
    ]


def _cell(figure: Figure) -> str:
    return f"- ({figure.n})" if figure.value is None else f"{figure.value:.3f} ({figure.n})"
