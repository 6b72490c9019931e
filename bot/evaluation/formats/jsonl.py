"""JSON Lines in, entries out: the format that loses nothing."""

from collections import Counter
from pathlib import Path

from bot.evaluation.formats.entries import Entries, Entry, GoldEntry
from bot.evaluation.quoting import quoted
from bot.evaluation.rows import Row, json_rows, quoted_name

FIELDS = ("id", "question", "kind", "history", "of", "answers")
ANSWER_FIELDS = ("doc", "text", "start", "end", "grade")
HIGHEST_GRADE = 3


def read(path: Path) -> Entries:
    """The questions of a JSON Lines file. Raises QuestionSetError."""
    unused: Counter[str] = Counter()
    entries = []
    for row in json_rows(path):
        unused.update(name for name in row.values if name not in FIELDS)
        entries.append(_entry(row))
    notes = tuple(
        f"{quoted_name(path)}: the field {quoted(name)} ({count} times) is not used."
        for name, count in unused.items()
    )
    return Entries(tuple(entries), notes)


def _entry(row: Row) -> Entry:
    return Entry(
        where=row.where,
        id=row.text("id"),
        question=row.text("question"),
        kind=row.text("kind", default="all"),
        history=row.texts("history"),
        of=row.text("of") if row.has("of") else None,
        answers=tuple(_answer(answer) for answer in row.rows("answers")),
    )


def _answer(row: Row) -> GoldEntry:
    row.only(ANSWER_FIELDS)
    doc = row.text("doc")
    words, span = row.has("text"), row.has("start") or row.has("end")
    if (words or span) is row.has("grade"):
        row.fail('an answer needs "text", or "start" and "end", or else "grade"; give one of the three.')
    text = row.text("text") if words else None
    if span:
        return GoldEntry(row.where, doc, text=text, start=row.integer("start"), end=row.integer("end"))
    if words:
        return GoldEntry(row.where, doc, text=text)
    grade = row.integer("grade")
    if not 0 <= grade <= HIGHEST_GRADE:
        row.fail(f"the grade {grade} is outside 0 to {HIGHEST_GRADE}; correct it.")
    return GoldEntry(row.where, doc, grade=grade)
