"""Headings of a table in, which column holds what out."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.errors import QuestionSetError, SettingsError
from bot.evaluation.quoting import quoted

# How people head their columns; the first that is there is taken.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "qid", "question id", "no", "number", "nr"),
    "question": ("question", "questions", "query", "q", "user question", "prompt"),
    "answer": (
        *("answer", "answers", "gold", "gold answer", "expected", "expected answer", "answer text", "a"),
        *("reference answer", "reference", "correct answer", "right answer", "ground truth", "ideal answer"),
        *("model answer", "target answer", "gold standard", "answer span", "passage", "evidence"),
    ),
    "doc": ("doc", "document", "file", "source", "filename", "file name", "source document", "title"),
    "start": ("start", "answer start", "from"),
    "end": ("end", "answer end", "to"),
    "kind": ("kind", "type", "category", "group", "topic"),
    "history": ("history", "earlier", "earlier question", "previous question", "after", "context question"),
}
# Without any of these a table says nothing of what is right.
GOLD = ("answer", "doc", "start", "end")
# More headings than these tell nobody more.
_MOST_LISTED = 20
# A heading may hold commas, so that only a comma before the next name ends it.
_NAMED = re.compile(rf"(?:^|,)\s*({'|'.join(HEADINGS)})\s*=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell's text and where it stands; a `fault` says why it cannot be used."""

    where: str
    text: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column, from 0, holds what."""

    places: Mapping[str, int]

    @property
    def judged(self) -> bool:
        """Whether there is a column that says what is right."""
        return any(name in self.places for name in GOLD)

    def cell(self, row: Sequence[Cell], name: str) -> Cell | None:
        """The row's cell for this; None where there is no such column or the cell is blank.

        Raises QuestionSetError for a cell with a fault.
        """
        place = self.places.get(name)
        if place is None or place >= len(row) or not row[place].text.strip():
            return None
        if row[place].fault:
            raise QuestionSetError(f"{row[place].where}: {row[place].fault}")
        return row[place]


def parse_columns(text: str) -> Mapping[str, str]:
    """The headings of FIELD=HEADING,FIELD=HEADING by field; raises SettingsError."""
    found = list(_NAMED.finditer(text))
    ends = [*(match.start() for match in found), len(text)][1:]
    named = {
        match[1].lower(): text[match.end() : end].strip() for match, end in zip(found, ends, strict=False)
    }
    if not found or found[0].start() or len(named) < len(found) or not all(named.values()):
        raise SettingsError(
            f"{quoted(text)} names no columns; write for example question=Query,answer=Reference answer, with"
            f" any of {', '.join(HEADINGS)}, each once."
        )
    return named


def columns_of(
    name: str, header: Sequence[Cell], named: Mapping[str, str]
) -> tuple[Columns, tuple[str, ...]]:
    """The columns of a table and sentences on how they were taken.

    `named` has headings by field and goes before what is guessed. Raises QuestionSetError where a heading
    that was named is not there, or none is a question's.
    """
    headings = [_plain(cell.text) for cell in header]
    twice = next((heading for heading, times in Counter(headings).items() if heading and times > 1), None)
    if twice is not None:
        raise QuestionSetError(f"{name}: the column {quoted(twice)} is there twice; rename one.")
    places = {field: _place(name, header, field, heading) for field, heading in named.items()}
    for field, known in HEADINGS.items():
        free = (headings.index(heading) for heading in known if heading in headings)
        place = next((at for at in free if at not in places.values()), None)
        if field not in places and place is not None:
            places[field] = place
    if "question" not in places:
        raise QuestionSetError(
            f'{name}: no column is headed "question"; give the first line such headings, or name the column'
            f" with --columns question=HEADING. There are {_listed(header)}."
        )
    return Columns(places), _notes(name, header, Columns(places))


def _notes(name: str, header: Sequence[Cell], columns: Columns) -> tuple[str, ...]:
    places = columns.places
    taken = ", ".join(f"{quoted(header[place].text)} as {field}" for field, place in places.items())
    notes = [f"{name}: the columns are taken thus: {taken}."]
    unused = [cell for place, cell in enumerate(header) if place not in places.values() and cell.text.strip()]
    if unused:
        notes.append(f"{name}: these columns are not used: {_listed(unused)}.")
    if not columns.judged:
        notes.append(
            f"{name}: no column is taken for the answers; if one holds them, name it with --columns"
            " answer=HEADING."
        )
    return tuple(notes)


def _place(name: str, header: Sequence[Cell], field: str, heading: str) -> int:
    wanted = _plain(heading)
    place = next((at for at, cell in enumerate(header) if _plain(cell.text) == wanted), None)
    if place is None:
        raise QuestionSetError(
            f"{name}: no column is headed {quoted(heading)}, which was named for the {field}; there are"
            f" {_listed(header)}."
        )
    return place


def _plain(heading: str) -> str:
    return " ".join(heading.replace("_", " ").lower().split())


def _listed(cells: Sequence[Cell]) -> str:
    named = [quoted(cell.text) for cell in cells if cell.text.strip()]
    more = [f"and {len(named) - _MOST_LISTED} more"] if len(named) > _MOST_LISTED else []
    return ", ".join([*named[:_MOST_LISTED], *more])
