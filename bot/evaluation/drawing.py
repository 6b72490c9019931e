"""A scored run in, what the templates of figures and plots take out, on the page and in the report."""

import math
from collections import Counter
from collections.abc import Sequence

from bot.evaluation.discrimination import discrimination
from bot.evaluation.grouping import on_groups
from bot.evaluation.in_words import in_words
from bot.evaluation.latency import latency
from bot.evaluation.metrics import ALL, figures_by_kind, on_ranks
from bot.evaluation.plots import (
    BAR_HEIGHT,
    HEIGHT,
    WIDTH,
    bars,
    confidences,
    histogram,
    line,
    oracle_line,
    points,
)
from bot.evaluation.reliability import reliability
from bot.evaluation.risk import risk_curve
from bot.evaluation.scoring import Run
from bot.evaluation.sentences import HEADLINES, said_of

# A table with more columns of figures does not fit on paper.
COLUMNS = 5
READ = "characters"
# Some sets give every question a kind of its own; nobody reads on for longer.
MOST_KINDS = 30


def drawn(run: Run) -> dict[str, object]:
    """What the templates of figures and plots take."""
    every = figures_by_kind(run.judged)
    frequent = {kind for kind, _ in Counter(record.kind for record in run.judged).most_common(MOST_KINDS)}
    table = {kind: row for kind, row in every.items() if kind == ALL or kind in frequent}
    names = [figure.measure for figure in table[ALL] if figure.value is not None]
    said = said_of(table[ALL])
    risk, times = risk_curve(run.judged), latency(run.judged)
    taken = [record.milliseconds for record in run.judged if record.milliseconds is not None]
    right, wrong = (confidences(run.judged, right=which) for which in (True, False))
    return {
        "run": run,
        "table": table,
        "in_words": in_words(run.judged, run.baselines),
        "headlines": [one for one in said if one.measure in HEADLINES],
        "figures_said": said,
        "diagrams": [(found, points(found.bins)) for found in reliability(run.judged)],
        "areas": discrimination(run.judged),
        "remarks": (*on_ranks(run.judged), *on_groups(record.group for record in run.judged)),
        "by_kind": [(kind, {figure.measure: figure for figure in row}) for kind, row in table.items()],
        "kinds_left_out": len(every) - len(table),
        "columns": _columns(names),
        "hit_plots": {name: bars(table, name) for name in ("hit@1", "hit@3")},
        "risk": risk,
        "risk_line": line(risk.coverage, risk.risk) if risk else "",
        "oracle_line": oracle_line(risk.chance, len(risk.coverage)) if risk else "",
        "latency": times,
        "latency_columns": histogram(taken, highest=max(times.p99, 1.0)) if times else (),
        "score_plots": [
            (f"{name} ({len(values)})", histogram(values, highest=1.0))
            for name, values in (("first passage right", right), ("first passage wrong", wrong))
            if values
        ],
        "size": {"width": WIDTH, "height": HEIGHT, "bar": BAR_HEIGHT},
    }


def _columns(names: Sequence[str]) -> list[Sequence[str]]:
    """The names in equal parts of at most COLUMNS; beside hit rates stands what they cost to read."""
    ordered = [name for name in names if name != READ]
    hits = [name for name in ordered if name.startswith("hit@") or name == "helped"]
    if READ in names and hits:
        first = [*hits, READ]
        ordered = [*first, *(name for name in ordered if name not in first)]
    tables = math.ceil(len(ordered) / COLUMNS)
    each = math.ceil(len(ordered) / max(tables, 1))
    return [ordered[first : first + each] for first in range(0, len(ordered), max(each, 1))]
