"""A scored run in, one self-contained HTML page out: no script, no request, fit for paper."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from bot.errors import SettingsError
from bot.evaluation.contrast import MOST_CONTRASTED, Contrast, on_contrasts
from bot.evaluation.discrimination import discrimination
from bot.evaluation.grouping import on_groups
from bot.evaluation.in_words import in_words
from bot.evaluation.latency import latency
from bot.evaluation.metrics import ALL, MEASURES, figures_by_kind, on_ranks
from bot.evaluation.misses import MEANINGS, Miss, misses
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
from bot.evaluation.predictions import Ranked, Shown
from bot.evaluation.questions import Question
from bot.evaluation.quoting import quoted
from bot.evaluation.reliability import reliability
from bot.evaluation.risk import risk_curve
from bot.evaluation.scoring import Run
from bot.evaluation.thresholds import Threshold

if TYPE_CHECKING:
    from jinja2 import Environment

# Longer passages are cut in the table of misses; the reader has them whole.
SHOWN_CHARACTERS = 400
# A table with more columns of figures does not fit on paper.
COLUMNS = 5
EXAMPLE_READER = "http://127.0.0.1:7860"
_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9.\-]+(?::[0-9]{1,5})?/?|https?://\[[0-9a-fA-F:.]+\](?::[0-9]{1,5})?/?"
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A stretch of a document and the address where a reader shows it, None where no reader was named."""

    span: Shown
    address: str | None


@dataclass(frozen=True, slots=True)
class MissShown:
    """A miss as the report shows it."""

    miss: Miss
    counted: bool
    history: tuple[str, ...]
    golds: tuple[Cited, ...]
    first: Cited | None
    contrast: Contrast | None


def as_html(
    run: Run,
    *,
    reader: str | None = None,
    contrasts: Mapping[str, Contrast] | None = None,
    most: int | None = MOST_CONTRASTED,
    threshold: Threshold | None = None,
) -> str:
    """The report with its figures, plots and misses.

    `reader` is the address of a page of this bot, which the misses are linked to; `contrasts` sets gold and
    first passages side by side, by the question's id, for at most `most` misses, None where predictions were
    made by something else.
    """
    asked = {question.id: question for question in run.questions}
    beside, missed = contrasts or {}, misses(run)
    shown = [
        MissShown(
            miss,
            asked[miss.id].counted,
            asked[miss.id].history,
            tuple(_cited(run, span, reader) for span in _gold(run, asked[miss.id])),
            _cited(run, first, reader) if (first := _first(run, miss)) else None,
            beside.get(miss.id),
        )
        for miss in missed
    ]
    return (
        templates("bot.evaluation")
        .get_template("report.html")
        .render(
            drawn(run),
            misses=shown,
            meanings=MEANINGS,
            contrasted=contrasts is not None,
            on_contrasts=on_contrasts(missed, most) if contrasts is not None else (),
            threshold=threshold,
        )
    )


def reader_address(text: str) -> str:
    """The address of a reader, without a slash at its end; raises SettingsError."""
    if not _ADDRESS.fullmatch(text):
        raise SettingsError(f"{quoted(text)} is no address of a page; write for example {EXAMPLE_READER}.")
    return text.rstrip("/")


def _cited(run: Run, span: Shown, reader: str | None) -> Cited:
    """A stretch with its address; a document that is not there has none, whatever its name would lead to."""
    if reader is None or span.doc not in run.documents:
        return Cited(span, None)
    digest = run.documents[span.doc].digest
    return Cited(span, f"{reader}/read/{quote(span.doc)}?sha256={digest}#{span.start}-{span.end}")


def templates(*packages: str) -> "Environment":
    """The templates of these packages, in which every value is escaped and none may be missing."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=ChoiceLoader([PackageLoader(package, "templates") for package in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def drawn(run: Run) -> dict[str, object]:
    """What the templates of figures and plots take."""
    table = figures_by_kind(run.judged)
    names = [figure.measure for figure in table[ALL] if figure.value is not None]
    risk, times = risk_curve(run.judged), latency(run.judged)
    taken = [record.milliseconds for record in run.judged if record.milliseconds is not None]
    right, wrong = (confidences(run.judged, right=which) for which in (True, False))
    return {
        "run": run,
        "table": table,
        "in_words": in_words(run.judged, run.baselines),
        "diagrams": [(found, points(found.bins)) for found in reliability(run.judged)],
        "areas": discrimination(run.judged),
        "measures": MEASURES,
        "said": (*on_ranks(run.judged), *on_groups(record.group for record in run.judged)),
        "by_kind": [(kind, {figure.measure: figure for figure in row}) for kind, row in table.items()],
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
    """The names in equal parts of at most COLUMNS."""
    tables = math.ceil(len(names) / COLUMNS)
    each = math.ceil(len(names) / max(tables, 1))
    return [names[first : first + each] for first in range(0, len(names), max(each, 1))]


def _gold(run: Run, question: Question) -> list[Shown]:
    """The right answers of a question, each at its first occurrence."""
    found = []
    for gold in question.relevant:
        text = run.documents[gold.doc].text
        start, end = (gold.spans[0].start, gold.spans[0].end) if gold.spans else (0, len(text))
        found.append(Shown(gold.doc, start, end, _cut(text[start:end])))
    return found


def _first(run: Run, miss: Miss) -> Shown | None:
    """What came first in the ranking, or else was shown first."""
    prediction = run.predictions[miss.id]
    passages: Sequence[Ranked | Shown] = prediction.ranked or prediction.passages
    if not passages:
        return None
    first = passages[0]
    document = run.documents.get(first.doc)
    text = document.text[max(first.start, 0) : max(first.end, 0)] if document else ""
    return Shown(first.doc, first.start, first.end, _cut(text))


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]} …"
