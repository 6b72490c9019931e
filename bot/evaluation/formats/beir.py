"""A BEIR folder in, entries and documents out: queries.jsonl, corpus.jsonl, qrels, packed by gzip or not."""

from collections.abc import Iterator
from pathlib import Path

from bot.errors import QuestionSetError
from bot.evaluation.formats.entries import Carried, Entries, Entry
from bot.evaluation.formats.judgements import read_judgements
from bot.evaluation.quoting import quoted
from bot.evaluation.rows import PACKED, json_rows, quoted_name

QUERIES, CORPUS = "queries.jsonl", "corpus.jsonl"
# The split that figures are published on; where there is none, the only one there is.
TEST = "test.tsv"


def read(path: Path) -> Entries:
    """The judged questions of a BEIR folder. Raises QuestionSetError."""
    name = quoted_name(path)
    judgements = read_judgements(_qrels(path))
    queries = packed_or_not(path / QUERIES)
    entries, unjudged = [], 0
    for row in json_rows(queries):
        question = row.name("_id")
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


def carried(path: Path) -> Iterator[Carried]:
    """The documents, each under its id: the title, then the text."""
    for row in json_rows(packed_or_not(path / CORPUS)):
        parts = (row.values.get(field) for field in ("title", "text"))
        text = "\n\n".join(part for part in parts if isinstance(part, str) and part.strip())
        if text:
            yield Carried(row.name("_id"), f"{text}\n")


def packed_or_not(path: Path) -> Path:
    """The file, or the packed one of its name where only that is there."""
    packed = path.with_name(path.name + PACKED)
    return packed if packed.is_file() and not path.is_file() else path


def _qrels(path: Path) -> Path:
    usual = packed_or_not(path / "qrels" / TEST)
    if usual.is_file():
        return usual
    folder = path / "qrels"
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    if len(found) != 1:
        raise QuestionSetError(
            f"{quoted_name(path)}: there is no qrels/{TEST}; put the judgements that are to count there."
        )
    return found[0]
