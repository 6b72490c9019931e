"""Judgements of whole documents in, graded gold entries out: the qrels of TREC and BEIR."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.errors import QuestionSetError
from bot.evaluation.faults import Faults
from bot.evaluation.formats.entries import GoldEntry
from bot.evaluation.quoting import quoted
from bot.evaluation.rows import MOST_INTEGER, numbered_lines, quoted_name

# Published figures on such sets count every grade above 0 as right.
RELEVANT_FROM = 1
TREC_FIELDS, BEIR_FIELDS = 4, 3

Judgements = Mapping[str, tuple[GoldEntry, ...]]


def read_judgements(path: Path) -> Judgements:
    """The judged documents of each question, from four columns (TREC) or three (BEIR)."""
    name = quoted_name(path)
    found: dict[str, dict[str, GoldEntry]] = defaultdict(dict)
    faults = Faults()
    for number, line in numbered_lines(path):
        fields = line.split()
        if not fields or (number == 1 and fields[-1].lower() in {"score", "relevance", "rel"}):
            continue
        with faults.noted():
            question, entry = _judgement(f"{name}, line {number}", fields)
            first = found[question].setdefault(entry.doc or "", entry)
            # Pools of several rounds name a document again; only another grade is a contradiction.
            if first.grade != entry.grade:
                raise QuestionSetError(
                    f"{entry.where}: {quoted(entry.doc or '')} was judged before for {quoted(question)}."
                )
    faults.refuse()
    return {question: tuple(judged.values()) for question, judged in found.items()}


def _judgement(where: str, fields: Sequence[str]) -> tuple[str, GoldEntry]:
    """The question's id and what was judged."""
    if len(fields) not in {TREC_FIELDS, BEIR_FIELDS}:
        raise QuestionSetError(
            f"{where}: it has {len(fields)} columns; write question, iteration, document and grade."
        )
    grade = _grade(where, fields[-1])
    return fields[0], GoldEntry(where, fields[-2], grade=grade, relevant_from=RELEVANT_FROM, by_stem=True)


def _grade(where: str, text: str) -> int:
    try:
        # Negative grades mark spam, which is as wrong as wrong gets.
        return min(max(int(text), 0), MOST_INTEGER)
    except ValueError as error:
        raise QuestionSetError(
            f"{where}: the grade {quoted(text)} is not a whole number; correct it."
        ) from error
