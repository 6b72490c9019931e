"""JSON Lines in, entries out: the format that loses nothing."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from bot.evaluation.faults import Faults
from bot.evaluation.formats.entries import NOT_ANSWERED, Entries, Entry, GoldEntry
from bot.evaluation.quoting import quoted
from bot.evaluation.rows import Row, json_row, numbered_lines, quoted_name

FIELDS = ("id", "question", "kind", "history", "of", "answers")
ANSWER_FIELDS = ("doc", "text", "start", "end", "grade")
HIGHEST_GRADE = 3


def read(path: Path) -> Entries:
    """The questions of a JSON Lines file; where none has answers, none is judged. Raises QuestionSetError."""
    unused: Counter[str] = Counter()
    entries, name, faults = [], quoted_name(path), Faults()
    for number, line in numbered_lines(path):
        if not line.strip():
            continue
        with faults.noted():
            row = json_row(f"{name}, line {number}", line)
            unused.update(field for field in row.values if field not in FIELDS)
            entries.append(_entry(row))
    notes = [
        f"{name}: the field {quoted(field)} ({count} times) is not used." for field, count in unused.items()
    ]
    silent = sum(not entry.judged for entry in entries)
    if 0 < silent < len(entries):
        entries = [replace(entry, judged=True) for entry in entries]
        notes.append(f'{name}: {silent} of {len(entries)} questions have no field "answers". {NOT_ANSWERED}')
    return Entries(tuple(entries), tuple(notes), faults.sentences)


def _entry(row: Row) -> Entry:
    return Entry(
        where=row.where,
        id=row.name("id"),
        question=row.text("question"),
        kind=row.text("kind", default="all"),
        history=row.texts("history"),
        of=row.name("of") if row.has("of") else None,
        answers=tuple(_answer(answer) for answer in row.rows("answers")),
        judged=row.has("answers"),
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
