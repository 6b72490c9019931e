"""A prediction file in, checked predictions out: ours or any other system's."""

from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from bot.errors import QuestionSetError
from bot.evaluation.quoting import quoted
from bot.evaluation.rows import Row, json_rows, quoted_name
from bot.records import Outcome, Span

# Ours have about 100 characters.
LONGEST_SIGNATURE = 500


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage that a patient was shown, as predicted: nothing says yet that it is verbatim."""

    doc: str
    start: int
    end: int
    text: str
    highlights: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage of the ranking."""

    doc: str
    start: int
    end: int
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a system said to one question; `ranked` is None where the ranking was left out.

    It was to be `depth` of the `unit` long, passages or documents, where its line says so.
    `signature` says what made it and `asked` is the digest of what was asked, where its line has them.
    One that is not `decided` is a mere ranking, whose outcome says nothing.
    """

    id: str
    outcome: Outcome
    passages: tuple[Shown, ...] = ()
    ranked: tuple[Ranked, ...] | None = None
    confidence: float | None = None
    milliseconds: float | None = None
    signature: str | None = None
    asked: str | None = None
    depth: int | None = None
    unit: str = "passage"
    decided: bool = True


def load_predictions(path: Path) -> dict[str, Prediction]:
    """The predictions of a file by question. Raises QuestionSetError that names file, line and remedy."""
    found: dict[str, Prediction] = {}
    for row in json_rows(path):
        prediction = prediction_of(row)
        if prediction.id in found:
            row.fail(f"the question {quoted(prediction.id)} was predicted before; keep one of the two.")
        found[prediction.id] = prediction
    if not found:
        raise QuestionSetError(f"{quoted_name(path)} holds no predictions; run predict again.")
    return found


def prediction_of(row: Row) -> Prediction:
    """The prediction of one line; raises QuestionSetError."""
    return Prediction(
        id=row.name("id"),
        outcome=_outcome(row),
        passages=tuple(_shown(passage) for passage in row.rows("passages")),
        ranked=tuple(_ranked(hit) for hit in row.rows("ranked")) if row.has("ranked") else None,
        confidence=row.number("confidence") if row.has("confidence") else None,
        milliseconds=row.number("milliseconds") if row.has("milliseconds") else None,
        signature=_signature(row) if row.has("signature") else None,
        depth=_depth(row) if row.has("depth") else None,
        unit=row.text("unit", default="passage"),
        asked=row.text("asked") if row.has("asked") else None,
    )


def _depth(row: Row) -> int:
    depth = row.integer("depth")
    if depth < 0:
        row.fail('the field "depth" must be 0 or more; correct it.')
    return depth


def _signature(row: Row) -> str:
    signature = row.text("signature")
    if len(signature) > LONGEST_SIGNATURE:
        row.fail(f'the field "signature" is longer than {LONGEST_SIGNATURE} characters; leave it out.')
    return signature


def _outcome(row: Row) -> Outcome:
    named = row.text("outcome")
    outcome: Outcome | None = next((known for known in get_args(Outcome) if known == named), None)
    if outcome is None:
        row.fail(f'the outcome {quoted(named)} is not known; use "answered", "related" or "none".')
    return outcome


def _shown(row: Row) -> Shown:
    text = row.values.get("text")
    if not isinstance(text, str):
        row.fail('the field "text" must be the passage\'s text; add it.')
    return Shown(row.text("doc"), row.integer("start"), row.integer("end"), text, _spans(row, "highlights"))


def _ranked(row: Row) -> Ranked:
    return Ranked(row.text("doc"), row.integer("start"), row.integer("end"), row.number("score", default=0.0))


def _spans(row: Row, name: str) -> tuple[Span, ...]:
    spans = []
    for value in row.items(name):
        match value:
            case [int(start), int(end)]:
                spans.append(Span(start, end))
            case _:
                row.fail(f'the field "{name}" must list pairs of start and end; correct it.')
    return tuple(spans)
