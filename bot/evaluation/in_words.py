"""Records in, the sentences that a report begins with out: what an evaluator wants to know first, counted."""

import math
from collections.abc import Sequence

from bot.evaluation.baselines import Baseline
from bot.evaluation.judging import Judged


def in_words(judged: Sequence[Judged], baselines: Sequence[Baseline] = ()) -> str:
    """How many first places were right, here and by baselines, what was refused, and what it cost to read."""
    answerable = [record for record in judged if record.answerable]
    refusable = [record for record in judged if record.refusable and record.decided]
    counted = [*_on_first(answerable, baselines), *_on_outcomes(answerable), *_on_refusable(refusable)]
    sentences = [counted, [*_on_shown(answerable), *_on_reading(judged)]]
    said = [_sentence(parts) for parts in sentences if parts]
    return " ".join(said) if answerable or refusable else "No question was judged."


def _sentence(parts: Sequence[str]) -> str:
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def _on_first(records: Sequence[Judged], baselines: Sequence[Baseline]) -> list[str]:
    if not records or not all(record.reaches(1) for record in records):
        return []
    units = {record.unit for record in records}
    unit = units.pop() if len(units) == 1 else "place"
    found = [f"first {unit} right for {_first_right(records)} of {len(records)}"]
    return found + [f"{baseline.name} {_first_right(baseline.judged)}" for baseline in baselines]


def _first_right(records: Sequence[Judged]) -> int:
    return sum(record.answerable and record.rank == 1 for record in records)


def _on_outcomes(records: Sequence[Judged]) -> list[str]:
    if not records or not all(record.decided for record in records):
        return []
    nothing = sum(record.outcome == "none" for record in records)
    return [f"{nothing} of {len(records)} got nothing"]


def _on_refusable(records: Sequence[Judged]) -> list[str]:
    if not records:
        return []
    answered = sum(record.outcome == "answered" for record in records)
    return [f"{answered} of {len(records)} without an answer were answered"]


def _on_shown(records: Sequence[Judged]) -> list[str]:
    if not records or not all(record.decided for record in records):
        return []
    right = sum(record.shown_hits > 0 for record in records)
    return [f"a right passage was shown to {right} of {len(records)}"]


def _on_reading(judged: Sequence[Judged]) -> list[str]:
    lengths = [record.shown_characters for record in judged if record.shown]
    return [f"{math.fsum(lengths) / len(lengths):.0f} characters to read on average"] if lengths else []
