"""A scored run in, one self-contained HTML page out: no script, no request, fit for paper."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import TYPE_CHECKING
from urllib.parse import quote

from bot.errors import SettingsError
from bot.evaluation.contrast import MOST_CONTRASTED, Contrast, on_contrasts
from bot.evaluation.drawing import drawn
from bot.evaluation.misses import MEANINGS, Miss, misses
from bot.evaluation.predictions import Ranked, Shown
from bot.evaluation.questions import Question
from bot.evaluation.quoting import quoted
from bot.evaluation.scoring import Run
from bot.evaluation.thresholds import Threshold

if TYPE_CHECKING:
    from jinja2 import Environment

# Longer passages are cut in the table of misses; the reader has them whole.
SHOWN_CHARACTERS = 400
# Misses that are laid out passage by passage, and those that are named with a line each: a report of 3,000
# must still open, print and travel by mail. The JSON report has every one.
MOST_DETAILED, MOST_NAMED = 30, 500
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
    beside, found = contrasts or {}, misses(run)
    detailed = chosen(found)
    shown = [
        MissShown(
            miss,
            asked[miss.id].counted,
            asked[miss.id].history,
            tuple(_cited(run, span, reader) for span in _gold(run, asked[miss.id])),
            _cited(run, first, reader) if (first := _first(run, miss)) else None,
            beside.get(miss.id),
        )
        for miss in detailed
    ]
    laid_out = set(detailed)
    named = [miss for miss in found if miss not in laid_out]
    return (
        templates("bot.evaluation")
        .get_template("report.html")
        .render(
            drawn(run),
            misses=shown,
            named=named[:MOST_NAMED],
            unnamed=len(named[MOST_NAMED:]),
            kinds=[
                (kind, meaning, count) for kind, meaning in MEANINGS.items() if (count := _count(found, kind))
            ],
            contrasted=contrasts is not None,
            on_contrasts=on_contrasts(found, most) if contrasts is not None else (),
            threshold=threshold,
        )
    )


def chosen(found: Sequence[Miss]) -> list[Miss]:
    """The misses that a report lays out: all if they are few, else as many of each kind, in their order."""
    if len(found) <= MOST_DETAILED:
        return list(found)
    by_kind = [[miss for miss in found if miss.kind == kind] for kind in MEANINGS]
    turns = (miss for turn in zip_longest(*by_kind) for miss in turn if miss is not None)
    taken = set(islice(turns, MOST_DETAILED))
    return [miss for miss in found if miss in taken]


def _count(found: Sequence[Miss], kind: str) -> int:
    return sum(miss.kind == kind for miss in found)


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
