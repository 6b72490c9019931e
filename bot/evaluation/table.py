"""Figures in, tables for the terminal out."""

from collections.abc import Mapping, Sequence

from bot.evaluation.compare import Difference
from bot.evaluation.grouping import on_groups
from bot.evaluation.intervals import Interval
from bot.evaluation.judging import Judged
from bot.evaluation.latency import latency
from bot.evaluation.metrics import ALL, MEASURES, Figure, Shortfall, on_ranks
from bot.evaluation.misses import MEANINGS, Miss
from bot.rendering.terminal import printable

# What a table by kind has room for on a terminal.
BY_KIND = ("hit@1", "hit@3", "MRR@10", "answered", "helped", "characters", "refused", "verbatim")

# What stands beside a rate of hits, by kind its last column alone.
PRICES = ("words read", "characters", "hits/100 words")
BY_WORDS = "/100 words"
PRICED = frozenset(measure.name for measure in MEASURES if measure.read is not None)
ON_PRICES = (
    "Longer passages hit more and cost more to read: beside each rate of hits stands what was read for it, on"
    " average, and how many hits a hundred words of that gave."
)
# Shares are below, characters above.
COUNTED_FROM = 10
HEAD_OF_DIFFERENCES = (
    *("measure", "first", "second", "change", "95 % interval", "p", "Holm", "wins", "losses", "n"),
)
# Smaller p-values are not told apart.
LEAST_P = 0.0001
# A report names them all.
MOST_NAMED = 5


def written(figures: Mapping[str, Sequence[Figure]]) -> str:
    """All measures with their intervals, then the main ones of each kind."""
    meanings = {measure.name: measure.meaning for measure in MEASURES}
    rows = [["measure", "value", "95 % interval", "n", *PRICES, "over and meaning"]]
    rows += [
        [
            figure.measure,
            shown_value(figure.value),
            ends(figure.interval),
            str(figure.n),
            *_price(figure),
            meanings[figure.measure],
        ]
        for figure in figures[ALL]
        if figure.n
    ]
    tables = [aligned(rows, left=(0, len(rows[0]) - 1))]
    if any(figure.price for figure in figures[ALL]):
        tables.append(ON_PRICES)
    kinds = {kind: row for kind, row in figures.items() if kind != ALL}
    if kinds:
        head = [part for name in BY_KIND for part in ((name, BY_WORDS) if name in PRICED else (name,))]
        tables.append(aligned([["kind", *head], *map(_kind_row, kinds.items())], left=(0,)))
    return "\n\n".join(tables)


def compared(differences: Sequence[Difference]) -> str:
    """A line for each pair of runs and measure."""
    rows = [["second against first", *HEAD_OF_DIFFERENCES]]
    rows += [
        [
            f"{printable(found.second)} against {printable(found.first)}",
            found.measure,
            shown_value(found.before),
            shown_value(found.after),
            f"{found.mean:+.3f}",
            ends(found.interval),
            shown_p(found.p),
            shown_p(found.corrected),
            str(len(found.wins)),
            str(len(found.losses)),
            str(found.n),
        ]
        for found in differences
    ]
    return aligned(rows, left=(0, 1))


def changes(differences: Sequence[Difference], measure: str) -> list[str]:
    """The questions that one measure is won or lost in, a line for each pair of runs and direction."""
    return [
        f"{measure} {name} by {printable(found.second)} from {printable(found.first)}: "
        + ", ".join(map(printable, ids))
        for found in differences
        if found.measure == measure
        for name, ids in (("won", found.wins), ("lost", found.losses))
        if ids
    ]


def beside(judged: Sequence[Judged]) -> list[str]:
    """What is no mean over questions: what ranks count, what depends on each other, and latency."""
    times = latency(judged)
    lines = [*on_ranks(judged), *on_groups(record.group for record in judged)]
    if times:
        lines.append(f"latency p50 {times.p50:.1f} ms, p95 {times.p95:.1f} ms, p99 {times.p99:.1f} ms")
    return lines


def missed(found: Sequence[Miss]) -> list[str]:
    """A line for each kind of miss with the questions that it befell, the first few by name."""
    lines = []
    for kind, meaning in MEANINGS.items():
        ids = [printable(miss.id) for miss in found if miss.kind == kind]
        if ids:
            more = ", ..." if len(ids) > MOST_NAMED else ""
            lines.append(f"{len(ids)} {kind} ({meaning}): {', '.join(ids[:MOST_NAMED])}{more}")
    return lines


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


def _kind_row(pair: tuple[str, Sequence[Figure]]) -> list[str]:
    kind, row = pair
    found = {figure.measure: figure for figure in row}
    cells = [printable(kind)]
    for name in BY_KIND:
        cells.append(f"{shown_value(found[name].value)} ({found[name].n})")
        cells += _price(found[name])[-1:] if name in PRICED else []
    return cells


def _price(figure: Figure) -> list[str]:
    price = figure.price
    if price is None:
        return [""] * len(PRICES)
    return [f"{price.words:.0f}", f"{price.characters:.0f}", shown_value(price.hits_a_hundred_words)]


def shown_value(value: float | None) -> str:
    """A share with its decimals, a length without."""
    if value is None:
        return "-"
    return f"{value:.3f}" if value < COUNTED_FROM else f"{value:.0f}"


def shown_p(p: float) -> str:
    """A p-value, which is never 0."""
    return f"{p:.4f}" if p >= LEAST_P else f"<{LEAST_P}"


def ends(found: Interval | None) -> str:
    """An interval by its ends."""
    return "-" if found is None else f"{found.low:.3f} to {found.high:.3f}"


def aligned(rows: Sequence[Sequence[str]], *, left: Sequence[int]) -> str:
    """The rows as lines with columns under each other; those of `left` are flush left."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(widths[at]) if at in left else cell.rjust(widths[at]) for at, cell in enumerate(row)
        ).rstrip()
        for row in rows
    )
