"""JSON Lines in, entries out: the format that loses nothing."""

from collections import Counter
from dataclasses import replace
from itertools import islice
from pathlib import Path

from bot.evaluation.faults import Faults
from bot.evaluation.formats.entries import NOT_ANSWERED, Entries, Entry, GoldEntry
from bot.evaluation.quoting import quoted
from bot.evaluation.rows import Row, json_row, numbered_lines, quoted_name

# "verdicts" is what evaluators said of passages: it stays with the set, and "answers" has what follows.
FIELDS = ("id", "question", "kind", "history", "of", "answers", "verdicts")
ANSWER_FIELDS = ("doc", "text", "start", "end", "grade")
HIGHEST_GRADE = 3
# Names of more fields tell nobody more.
_MOST_NOTES = 20


def read(path: Path) -> Entries:
    """The questions of a JSON Lines file. Raises QuestionSetError.

    One whose answers are null is not judged; none is where no question has the field at all.
    """
    unused: Counter[str] = Counter()
    entries, name, faults, silent = [], quoted_name(path), Faults(), set[str]()
    for number, line in numbered_lines(path):
        if not line.strip():
            continue
        with faults.noted():
            row = json_row(f"{name}, line {number}", line)
            unused.update(field for field in row.values if field not in FIELDS)
            entries.append(_entry(row))
            silent |= set() if "answers" in row.values else {entries[-1].id}
    notes = _not_used(name, unused)
    if 0 < len(silent) < len(entries):
        entries = [replace(entry, judged=True) if entry.id in silent else entry for entry in entries]
        notes.append(
            f'{name}: {len(silent)} of {len(entries)} questions have no field "answers". {NOT_ANSWERED}'
        )
    return Entries(tuple(entries), tuple(notes), faults.sentences)


def _not_used(name: str, unused: Counter[str]) -> list[str]:
    notes = [
        f"{name}: the field {quoted(field)} ({count} times) is not used."
        for field, count in islice(unused.items(), _MOST_NOTES)
    ]
    more = len(unused) - len(notes)
    return [*notes, f"{name}: {more} more fields are not used."] if more > 0 else notes


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
