"""A scored run in, one self-contained HTML page out: no script, no request, fit for paper."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.evaluation.latency import latency
from bot.evaluation.metrics import MEASURES, figures_by_kind
from bot.evaluation.misses import MEANINGS, Miss, misses
from bot.evaluation.plots import BAR_HEIGHT, HEIGHT, WIDTH, bars, confidences, histogram, line
from bot.evaluation.predictions import Ranked, Shown
from bot.evaluation.questions import Question
from bot.evaluation.risk import risk_curve
from bot.evaluation.scoring import Run

if TYPE_CHECKING:
    from jinja2 import Environment

# Longer passages are cut in the table of misses; the reader has them whole.
SHOWN_CHARACTERS = 400


def as_html(run: Run) -> str:
    """The report with its figures, plots and misses."""
    asked = {question.id: question for question in run.questions}
    return (
        templates("bot.evaluation")
        .get_template("report.html")
        .render(
            drawn(run),
            misses=[(miss, _gold(run, asked[miss.id]), _first(run, miss)) for miss in misses(run)],
            meanings=MEANINGS,
        )
    )


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
    risk, times = risk_curve(run.judged), latency(run.judged)
    taken = [record.milliseconds for record in run.judged if record.milliseconds is not None]
    right, wrong = (confidences(run.judged, right=which) for which in (True, False))
    return {
        "run": run,
        "table": table,
        "measures": MEASURES,
        "hit_plots": {name: bars(table, name) for name in ("hit@1", "hit@3")},
        "risk": risk,
        "risk_line": line(risk.coverage, risk.risk) if risk else "",
        "latency": times,
        "latency_columns": histogram(taken, highest=max(times.p99, 1.0)) if times else (),
        "score_plots": [
            (f"{name} ({len(values)})", histogram(values, highest=1.0))
            for name, values in (("first passage right", right), ("first passage wrong", wrong))
            if values
        ],
        "size": {"width": WIDTH, "height": HEIGHT, "bar": BAR_HEIGHT},
    }


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
