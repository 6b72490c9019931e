"""LiveQA's medical questions in, entries and documents out: the XML of NLM, alone or with judgements.

Judgements are lines of a question's number, a code from 1 (incorrect) to 4 (excellent) and the answer: its
text, or its name where a table of answers (AnswerID, Answer) lies beside them, as MedQuAD has it.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import QuestionSetError
from bot.evaluation.faults import Faults
from bot.evaluation.formats.entries import Carried, Entries, Entry, GoldEntry
from bot.evaluation.formats.judgements import RELEVANT_FROM
from bot.evaluation.formats.tags import Element, elements, plain
from bot.evaluation.quoting import quoted
from bot.evaluation.rows import MAX_LINE_CHARS, numbered_lines, quoted_name

_JUDGEMENT = re.compile(r"\s*(?P<number>\d+)\s+(?P<code>[1-4])(?P<named>-\w+)?\s+(?P<answer>\S.*)")
_BEGINNING = 4000
_QUESTION = "NLM-QUESTION"
# The grade of a reference answer, which experts wrote or chose.
REFERENCE_GRADE = 3


@dataclass(frozen=True, slots=True)
class _Asked:
    where: str
    id: str
    question: str
    answers: tuple[str, ...]

    def document(self, place: int) -> str:
        """What the document that is written for an answer is called."""
        return f"{self.id}A{place}"


def is_liveqa(path: Path) -> bool:
    """Whether a file is XML of such questions."""
    if path.suffix.lower() != ".xml" or not path.is_file():
        return False
    with path.open("rb") as file:
        return _QUESTION.encode() in file.read(_BEGINNING)


def read(path: Path) -> Entries:
    """The questions of such a file, or of a folder that has one. Raises QuestionSetError."""
    asked = list(_asked(_file(path)))
    qrels = _judgements_file(path)
    if qrels is not None:
        return _with_judgements(asked, qrels)
    entries = tuple(
        Entry(
            one.where,
            one.id,
            one.question,
            answers=tuple(
                GoldEntry(one.where, one.document(place), grade=REFERENCE_GRADE, by_stem=True)
                for place, _ in enumerate(one.answers, 1)
            ),
            judged=bool(one.answers),
        )
        for one in asked
    )
    return Entries(entries)


def carried(path: Path) -> Iterator[Carried]:
    """The answers, each a document: those that were judged, or else the references."""
    qrels = _judgements_file(path)
    if qrels is None:
        for one in _asked(_file(path)):
            for place, text in enumerate(one.answers, 1):
                yield Carried(one.document(place), f"{text}\n")
        return
    table = next((inner for inner in sorted(path.iterdir()) if inner.suffix.lower() == ".csv"), None)
    if table is not None:
        yield from _table(table)
        return
    seen = set()
    for judgement in _judgements(qrels):
        if judgement.answer not in seen:
            seen.add(judgement.answer)
            yield Carried(judgement.doc, f"{judgement.answer}\n")


def _file(path: Path) -> Path:
    if path.is_file() and not is_liveqa(path):
        raise QuestionSetError(
            f"{quoted_name(path)} has no {_QUESTION}; put topics of TREC into a folder with their qrels."
        )
    if path.is_file():
        return path
    found = [inner for inner in sorted(path.iterdir()) if is_liveqa(inner)]
    if len(found) != 1:
        raise QuestionSetError(
            f"{quoted_name(path)}: {len(found)} files hold such questions; name one, or leave one there."
        )
    return found[0]


def _judgements_file(path: Path) -> Path | None:
    if path.is_file():
        return None
    found = [inner for inner in sorted(path.iterdir()) if "qrels" in inner.name.lower()]
    return found[0] if len(found) == 1 else None


def _asked(path: Path) -> Iterator[_Asked]:
    name = quoted_name(path)
    text = "".join(line for _, line in numbered_lines(path))
    for element in elements(text, _QUESTION):
        where = f"{name}, line {element.line}"
        number = element.attribute("qid", "questionid")
        # Some messages are empty, and all is in the subject.
        question = ". ".join(part for part in (element.words("subject"), element.words("message")) if part)
        if number is None or not question:
            raise QuestionSetError(f"{where}: the question needs a qid and a message; add what is missing.")
        yield _Asked(where, number, question, tuple(_answers(element)))


def _answers(element: Element) -> Iterator[str]:
    for answer in elements(element.content, "answer"):
        text = plain(answer.content)
        if text:
            yield text


@dataclass(frozen=True, slots=True)
class _Judgement:
    where: str
    question: str
    grade: int
    answer: str
    doc: str


def _judgements(path: Path) -> Iterator[_Judgement]:
    """The judgements; an answer that is given by its text is called by its place among all of them."""
    name, faults = quoted_name(path), Faults()
    known: dict[str, str] = {}
    for number, line in numbered_lines(path, longest=MAX_LINE_CHARS):
        found, where = _JUDGEMENT.match(line), f"{name}, line {number}"
        with faults.noted():
            if found is None and line.strip():
                raise QuestionSetError(
                    f"{where}: {quoted(line)} is no judgement; write a question's number, a code from 1 to 4"
                    " and the answer."
                )
        if found is not None:
            answer = found["answer"].strip()
            doc = answer if found["named"] else known.setdefault(answer, f"answer-{len(known) + 1:04}")
            yield _Judgement(where, found["number"], int(found["code"]) - 1, answer, doc)
    faults.refuse()


def _with_judgements(asked: list[_Asked], qrels: Path) -> Entries:
    judged: dict[str, dict[str, GoldEntry]] = {}
    for one in _judgements(qrels):
        entry = GoldEntry(one.where, one.doc, grade=one.grade, relevant_from=RELEVANT_FROM, by_stem=True)
        # Several systems gave the same answer, and assessors did not always agree with themselves.
        rows = judged.setdefault(one.question, {})
        if one.doc not in rows or (rows[one.doc].grade or 0) < one.grade:
            rows[one.doc] = entry
    entries = []
    for question in asked:
        golds = tuple(judged.get(re.sub(r"\D", "", question.id), {}).values())
        entries.append(
            Entry(question.where, question.id, question.question, answers=golds, judged=bool(golds))
        )
    note = (
        f"{quoted_name(qrels)}: the codes 1 (incorrect) to 4 (excellent) are taken as the grades 0 to 3; of"
        " several for one answer the best counts."
    )
    return Entries(tuple(entries), (note,))


def _table(path: Path) -> Iterator[Carried]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            name, text = row.get("AnswerID"), row.get("Answer")
            if name and text and text.strip():
                yield Carried(name.strip(), f"{text.strip()}\n")
