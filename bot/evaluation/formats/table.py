"""Rows of a table in, entries out: what CSV files and spreadsheets have in common."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NoReturn

from bot.errors import QuestionSetError
from bot.evaluation.faults import Faults
from bot.evaluation.formats.columns import Cell, Columns, columns_of
from bot.evaluation.formats.entries import NOT_ANSWERED, Entries, Entry, GoldEntry
from bot.evaluation.quoting import quoted


def entries_of(
    name: str, header: Sequence[Cell], rows: Iterable[Sequence[Cell]], named: Mapping[str, str]
) -> Entries:
    """The questions of a table; rows with the same id, or else the same question, are one question.

    One without an id is called by the number of its row. `name` is the file's name as messages give it,
    `named` has the headings that were named, by field. Raises QuestionSetError.
    """
    columns, notes = columns_of(name, header, named)
    found: dict[str, Entry] = {}
    faults = Faults()
    for number, row in enumerate(rows, 2):
        if not any(cell.text.strip() for cell in row):
            continue
        with faults.noted():
            _refuse_overflow(row, header)
            entry = _entry(columns, row)
            own = columns.cell(row, "id") is not None
            _add(found, entry if own else replace(entry, id=f"row {number}"), key=entry.id)
    blank = sum(entry.judged and not entry.answers for entry in found.values())
    if blank:
        notes += (f"{name}: {blank} of {len(found)} questions have no answer filled in. {NOT_ANSWERED}",)
    return Entries(tuple(found.values()), notes, faults.sentences)


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
        judged=columns.judged,
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


def _add(found: dict[str, Entry], entry: Entry, *, key: str) -> None:
    first = found.setdefault(key, entry)
    if first is entry:
        return
    if (first.question, first.kind, first.history) != (entry.question, entry.kind, entry.history):
        raise QuestionSetError(
            f"{entry.where}: the id {quoted(entry.id)} was given to another question ({first.where});"
            " give each its own."
        )
    if entry.judged and not (first.answers and entry.answers):
        raise QuestionSetError(
            f"{entry.where}: the question stands here and at {first.where}, once without an answer;"
            " delete one of the two."
        )
    found[key] = replace(first, answers=first.answers + entry.answers)


def _fail(cell: Cell, sentence: str) -> NoReturn:
    raise QuestionSetError(f"{cell.where}: {sentence}")
