"""Rows of a table in, entries out: what CSV files and spreadsheets have in common."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

from bot.errors import QuestionSetError
from bot.evaluation.formats.entries import Entries, Entry, GoldEntry
from bot.evaluation.quoting import quoted

# How people head their columns; the first that is there is taken.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "qid", "question id", "no", "number", "nr"),
    "question": ("question", "questions", "query", "q", "user question", "prompt"),
    "answer": ("answer", "answers", "gold", "gold answer", "expected", "expected answer", "answer text", "a"),
    "doc": ("doc", "document", "file", "source", "filename", "file name", "source document", "title"),
    "start": ("start", "answer start", "from"),
    "end": ("end", "answer end", "to"),
    "kind": ("kind", "type", "category", "group", "topic"),
    "history": ("history", "earlier", "earlier question", "previous question", "after", "context question"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell's text and where it stands."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column, from 0, holds what."""

    places: Mapping[str, int]

    def cell(self, row: Sequence[Cell], name: str) -> Cell | None:
        """The row's cell for this; None where there is no such column or the cell is blank."""
        place = self.places.get(name)
        if place is None or place >= len(row) or not row[place].text.strip():
            return None
        return row[place]


def entries_of(name: str, header: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> Entries:
    """The questions of a table; rows with the same id, or else the same question, are one question.

    `name` is the file's name as messages give it. Raises QuestionSetError.
    """
    columns, notes = _columns(name, header)
    found: dict[str, Entry] = {}
    for row in rows:
        if not any(cell.text.strip() for cell in row):
            continue
        _refuse_overflow(row, header)
        _add(found, _entry(columns, row))
    return Entries(tuple(found.values()), notes)


def _columns(name: str, header: Sequence[Cell]) -> tuple[Columns, tuple[str, ...]]:
    headings = [" ".join(cell.text.replace("_", " ").lower().split()) for cell in header]
    twice = next((h for h in headings if h and headings.count(h) > 1), None)
    if twice is not None:
        raise QuestionSetError(f"{name}: the column {quoted(twice)} is there twice; rename one.")
    places = {}
    for field, known in HEADINGS.items():
        place = next((headings.index(heading) for heading in known if heading in headings), None)
        if place is not None:
            places[field] = place
    if "question" not in places:
        raise QuestionSetError(f'{name}: no column is headed "question"; give the first line such headings.')
    taken = ", ".join(f"{quoted(header[place].text)} as {field}" for field, place in places.items())
    notes = [f"{name}: the columns are taken thus: {taken}."]
    unused = [cell.text for i, cell in enumerate(header) if i not in places.values() and cell.text.strip()]
    if unused:
        notes.append(f"{name}: these columns are not used: {', '.join(map(quoted, unused))}.")
    return Columns(places), tuple(notes)


def _refuse_overflow(row: Sequence[Cell], header: Sequence[Cell]) -> None:
    extra = next((cell for cell in row[len(header) :] if cell.text.strip()), None)
    if extra is not None:
        _fail(extra, f"{quoted(extra.text)} stands under no heading; quote cells that hold the separator.")


def _entry(columns: Columns, row: Sequence[Cell]) -> Entry:
    question = columns.cell(row, "question")
    if question is None:
        _fail(row[min(columns.places["question"], len(row) - 1)], "the question is missing; fill it in.")
    own_id, kind, earlier = (columns.cell(row, field) for field in ("id", "kind", "history"))
    return Entry(
        where=question.where,
        id=own_id.text.strip() if own_id else question.text.strip(),
        question=question.text,
        kind=kind.text.strip() if kind else "all",
        history=tuple(line for line in earlier.text.splitlines() if line.strip()) if earlier else (),
        answers=_answers(columns, row),
    )


def _answers(columns: Columns, row: Sequence[Cell]) -> tuple[GoldEntry, ...]:
    answer, doc, start, end = (columns.cell(row, field) for field in ("answer", "doc", "start", "end"))
    if start or end:
        if doc is None or start is None or end is None:
            _fail(start or end or row[0], "a span needs a document, a start and an end; fill in all three.")
        return (GoldEntry(start.where, doc.text.strip(), start=_integer(start), end=_integer(end)),)
    if answer is not None:
        return (GoldEntry(answer.where, doc.text.strip() if doc else None, text=answer.text.strip()),)
    if doc is not None:
        return (GoldEntry(doc.where, doc.text.strip(), grade=3),)
    return ()


def _integer(cell: Cell) -> int:
    if not cell.text.strip().isdecimal() or len(cell.text) > 18:
        _fail(cell, f"{quoted(cell.text)} is not a whole number; correct it.")
    return int(cell.text)


def _add(found: dict[str, Entry], entry: Entry) -> None:
    first = found.setdefault(entry.id, entry)
    if first is entry:
        return
    if (first.question, first.kind, first.history) != (entry.question, entry.kind, entry.history):
        raise QuestionSetError(
            f"{entry.where}: the id {quoted(entry.id)} was given to another question ({first.where});"
            " give each its own."
        )
    if not first.answers or not entry.answers:
        raise QuestionSetError(
            f"{entry.where}: the question stands here and at {first.where}, once without an answer;"
            " delete one of the two."
        )
    found[entry.id] = replace(first, answers=first.answers + entry.answers)


def _fail(cell: Cell, sentence: str) -> NoReturn:
    raise QuestionSetError(f"{cell.where}: {sentence}")
