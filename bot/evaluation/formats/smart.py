"""A folder in the form of the SMART system in, entries and documents out: Cranfield and its like.

Queries and documents begin with ".I NUMBER"; ".T" heads a title, ".W" the words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import QuestionSetError
from bot.evaluation.faults import Faults
from bot.evaluation.formats.entries import Carried, Entries, Entry, GoldEntry
from bot.evaluation.formats.judgements import RELEVANT_FROM
from bot.evaluation.quoting import quoted
from bot.evaluation.rows import numbered_lines, quoted_name

_NUMBER = re.compile(r"\.I\s+(\d+)\s*$")
_FIELD = re.compile(r"\.([A-Z])\s*$")
# Cranfield's codes: 1 is a complete answer, 4 of minimum interest; all others say that it is of none.
BEST_CODE, WORST_CODE = 1, 4
CODES = (
    "the codes 1 (a complete answer) to 4 (of minimum interest) are taken as the grades 4 to 1, all others as"
    " not right."
)
BY_ORDER = (
    "the judgements count the questions from 1, so that these numbers, not those after .I, are the ids."
)


@dataclass(frozen=True, slots=True)
class _Record:
    line: int
    number: str
    title: str
    words: str


def is_smart(path: Path) -> bool:
    """Whether a file begins as such files do."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return _NUMBER.match(file.readline(40).decode("utf-8", "replace").strip()) is not None


def read(path: Path) -> Entries:
    """The queries of a folder with a file of queries and one of judgements. Raises QuestionSetError."""
    queries, qrels = _queries(path), _judgements_file(path)
    records = list(_records(queries))
    judged, notes = _judgements(qrels)
    by_number = set(judged) <= {str(int(record.number)) for record in records}
    if not by_number:
        notes = (*notes, f"{quoted_name(queries)}: {BY_ORDER}")
    entries = []
    for place, record in enumerate(records, 1):
        name = str(int(record.number)) if by_number else str(place)
        where = f"{quoted_name(queries)}, line {record.line}"
        entries.append(
            Entry(
                where, name, record.words or record.title, answers=judged.get(name, ()), judged=name in judged
            )
        )
    return Entries(tuple(entries), notes)


def carried(path: Path) -> Iterator[Carried]:
    """The documents of the folder: every such file that holds no queries."""
    queries = _queries(path)
    for file in sorted(inner for inner in path.iterdir() if is_smart(inner) and inner != queries):
        for record in _records(file):
            whole = record.words.startswith(record.title)
            text = record.words if whole else f"{record.title}\n\n{record.words}"
            if text.strip():
                yield Carried(record.number, f"{text.strip()}\n")


def _queries(path: Path) -> Path:
    found = [inner for inner in sorted(path.iterdir()) if is_smart(inner) and _named(inner, "qry", "quer")]
    if len(found) != 1:
        raise QuestionSetError(
            f'{quoted_name(path)}: {len(found)} files of queries have "qry" or "quer" in their name; there'
            " must be one."
        )
    return found[0]


def _judgements_file(path: Path) -> Path:
    found = [inner for inner in sorted(path.iterdir()) if inner.is_file() and _named(inner, "rel")]
    found = [inner for inner in found if not _named(inner, "readme")]
    if len(found) != 1:
        raise QuestionSetError(
            f'{quoted_name(path)}: {len(found)} files have "rel" in their name; there must be one.'
        )
    return found[0]


def _named(path: Path, *words: str) -> bool:
    return any(word in path.name.lower() for word in words)


def _judgements(path: Path) -> tuple[dict[str, tuple[GoldEntry, ...]], tuple[str, ...]]:
    name, faults = quoted_name(path), Faults()
    rows: list[tuple[str, list[str]]] = []
    for number, line in numbered_lines(path):
        fields = line.split()
        with faults.noted():
            if fields:
                rows.append((f"{name}, line {number}", _checked(f"{name}, line {number}", fields)))
    faults.refuse()
    coded = any(len(fields) == 3 for _, fields in rows)
    found: dict[str, dict[str, GoldEntry]] = {}
    for where, fields in rows:
        entry = _entry(where, fields, coded=coded)
        found.setdefault(str(int(fields[0])), {}).setdefault(entry.doc or "", entry)
    notes = (f"{name}: {CODES}",) if coded else ()
    return {question: tuple(golds.values()) for question, golds in found.items()}, notes


def _checked(where: str, fields: Sequence[str]) -> list[str]:
    numbers = [field for field in fields if re.fullmatch(r"-?\d+(?:\.0+)?", field)]
    if len(fields) not in {3, 4} or len(numbers) < len(fields):
        raise QuestionSetError(
            f"{where}: {quoted(' '.join(fields))} is no judgement; write question, document and code."
        )
    return [field.split(".")[0] for field in fields]


def _entry(where: str, fields: Sequence[str], *, coded: bool) -> GoldEntry:
    if coded:
        code = int(fields[-1])
        doc, grade = fields[1], WORST_CODE + 1 - code if BEST_CODE <= code <= WORST_CODE else 0
    else:
        # Either question, 0, document, grade, or else question and document with nothing more to say.
        doc, grade = (fields[1], 1) if fields[2] == fields[3] == "0" else (fields[2], max(int(fields[3]), 0))
    return GoldEntry(where, str(int(doc)), grade=grade, relevant_from=RELEVANT_FROM, by_stem=True)


def _records(path: Path) -> Iterator[_Record]:
    line, number, field = 0, "", ""
    fields: dict[str, list[str]] = {}
    for at, text in numbered_lines(path):
        begun, named = _NUMBER.match(text.rstrip()), _FIELD.match(text.rstrip())
        if begun:
            if number:
                yield _record(line, number, fields)
            line, number, field, fields = at, begun[1], "", {}
        elif named:
            field = named[1]
        else:
            fields.setdefault(field, []).append(text)
    if number:
        yield _record(line, number, fields)


def _record(line: int, number: str, fields: dict[str, list[str]]) -> _Record:
    title, words = ("".join(fields.get(name, ())).strip() for name in "TW")
    return _Record(line, number, title, words)
