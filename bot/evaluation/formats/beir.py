"""A BEIR folder in, entries out: queries.jsonl with qrels/test.tsv."""

from pathlib import Path

from bot.errors import QuestionSetError
from bot.evaluation.formats.entries import Entries, Entry
from bot.evaluation.formats.judgements import read_judgements
from bot.evaluation.quoting import quoted
from bot.evaluation.rows import json_rows, quoted_name

QUERIES = "queries.jsonl"
QRELS = Path("qrels", "test.tsv")


def read(path: Path) -> Entries:
    """The judged questions of a BEIR folder. Raises QuestionSetError."""
    name = quoted_name(path)
    judgements = read_judgements(path / QRELS)
    entries, unjudged = [], 0
    for row in json_rows(path / QUERIES):
        question = row.text("_id")
        if question in judgements:
            entries.append(Entry(row.where, question, row.text("text"), answers=judgements[question]))
        else:
            unjudged += 1
    asked = {entry.id for entry in entries}
    lost = next((question for question in judgements if question not in asked), None)
    if lost is not None:
        raise QuestionSetError(f"{name}: the question {quoted(lost)} is judged but not in {QUERIES}; add it.")
    notes = (f"{name}: {unjudged} queries belong to other splits and are left out.",) if unjudged else ()
    return Entries(tuple(entries), notes)
