"""Records in, the sentence that a report begins with out: what an evaluator wants to know first, counted."""

import math
from collections.abc import Sequence

from bot.evaluation.judging import Judged


def in_words(judged: Sequence[Judged]) -> str:
    """How many first places were right, what was shown and what it cost to read, and what was refused."""
    answerable = [record for record in judged if record.answerable]
    refusable = [record for record in judged if record.refusable]
    parts = [*_on_answerable(answerable), *_on_refusable(refusable), *_on_reading(judged)]
    sentence = "; ".join(parts)
    return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else "No question was judged."


def _on_answerable(records: Sequence[Judged]) -> list[str]:
    if not records:
        return []
    total, found = len(records), []
    if all(record.reaches(1) for record in records):
        first = sum(record.rank == 1 for record in records)
        units = {record.unit for record in records}
        found.append(f"first {units.pop() if len(units) == 1 else 'place'} right for {first} of {total}")
    right = sum(record.shown_hits > 0 for record in records)
    nothing = sum(record.outcome == "none" for record in records)
    return [*found, f"a right passage was shown to {right}", f"{nothing} of {total} got nothing"]


def _on_refusable(records: Sequence[Judged]) -> list[str]:
    if not records:
        return []
    answered = sum(record.outcome == "answered" for record in records)
    return [f"{answered} of {len(records)} without an answer were answered"]


def _on_reading(judged: Sequence[Judged]) -> list[str]:
    lengths = [record.shown_characters for record in judged if record.shown]
    return [f"{math.fsum(lengths) / len(lengths):.0f} characters to read on average"] if lengths else []
