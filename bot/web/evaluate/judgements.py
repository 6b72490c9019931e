"""What an evaluator says of an answer in the chat in, a line of a question set out."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.errors import QuestionSetError
from bot.evaluation.quoting import quoted
from bot.evaluation.rows import Row, numbered_lines, parsed_json
from bot.files import alone, replacing
from bot.records import Span
from bot.serving import Served

KIND = "chat"
ID_DIGITS = 8

Answer = Mapping[str, object]
Said = Literal["right", "wrong", "harmful"]
_SENTENCES: Mapping[Said, str] = {
    "right": "this passage answers the question",
    "wrong": "this passage does not answer the question",
    "harmful": "this passage may do harm",
}
_NOT_ANSWERED = "the sources do not answer this question"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A question asked after `history`, and what is said of the passage at `span` of `doc`.

    Without `doc` it is said that the sources do not answer. `digest` is that of the document that the span
    counts in, where it is known. One that is `back` takes the same judgement back.
    """

    question: str
    history: tuple[str, ...] = ()
    doc: str | None = None
    span: Span | None = None
    digest: str | None = None
    verdict: Said = "right"
    back: bool = False

    @property
    def sentence(self) -> str:
        """What is said, in words."""
        return _NOT_ANSWERED if self.doc is None else _SENTENCES[self.verdict]


class Judgements:
    """Adds judgements to a question set in JSON Lines; every other line of the file stays as it is.

    The same question after the same history is one line: another passage joins its answers, and a passage
    takes the place of "the sources do not answer". The other way round is refused, for it would throw
    answers away. Of a passage one thing holds: the last that was said.
    """

    def __init__(self, served: Served) -> None:
        self._served = served
        self._longest = served.assistant.settings.max_question_chars

    def add(self, judgement: Judgement, to: Path) -> str:
        """Keeps a judgement, or takes it back, and says so. Raises QuestionSetError, OutputError."""
        self._check(judgement)
        passage = self._passage(judgement)
        with alone(to):
            lines = [line for _, line in numbered_lines(to)] if to.exists() else []
            rows = {place: _row(to, place, line) for place, line in enumerate(lines) if line.strip()}
            place = next((place for place, row in rows.items() if _asks(row, judgement)), None)
            before = None if place is None else rows[place]
            after = _taken_back(before, passage) if judgement.back else _noted(before, judgement, passage)
            if after == (before.values if before else None):
                return f"This is in {to.name} {'no more' if judgement.back else 'already'}."
            if place is None:
                new = _named(after or {}, judgement, {str(row.values.get("id")) for row in rows.values()})
                lines = [*_ended(lines), _line(new)]
            else:
                lines[place] = "" if after is None else _line(after)
            with replacing(to) as file:
                file.writelines(lines)
        said = "Taken back from" if judgement.back else "Noted in"
        return f"{said} {to.name}: {judgement.sentence}."

    def _check(self, judgement: Judgement) -> None:
        asked = (judgement.question, *judgement.history)
        if not all(text.strip() and len(text) <= self._longest for text in asked):
            raise QuestionSetError(
                f"A question has 1 to {self._longest} characters; ask it in the chat first."
            )

    def _passage(self, judgement: Judgement) -> Answer | None:
        if judgement.doc is None:
            return None
        assistant, span = self._served.assistant, judgement.span
        if not assistant.holds(judgement.doc):
            raise QuestionSetError(f"There is no document {quoted(judgement.doc)}; load the chat again.")
        document = assistant.document(judgement.doc)
        if judgement.digest not in (None, document.digest):
            raise QuestionSetError(
                f"{quoted(document.id)} has changed since this was answered; ask the question again."
            )
        if span is None or not 0 <= span.start < span.end <= len(document.text):
            raise QuestionSetError(f"The passage is not inside {quoted(document.id)}; load the chat again.")
        text = document.text[span.start : span.end]
        if not text.strip():
            raise QuestionSetError("The passage is blank; choose one with words.")
        return {"doc": document.id, "start": span.start, "end": span.end, "text": text}


def _row(to: Path, place: int, line: str) -> Row:
    where = f"{to.name}, line {place + 1}"
    value = parsed_json(where, line)
    if not isinstance(value, dict):
        raise QuestionSetError(f"{where}: it is not an object; write it in curly brackets.")
    return Row(where, value)


def _asks(row: Row, judgement: Judgement) -> bool:
    return row.values.get("question") == judgement.question and row.texts("history") == judgement.history


def _noted(row: Row | None, judgement: Judgement, passage: Answer | None) -> Mapping[str, object]:
    """A line with a judgement; raises QuestionSetError where it says that passages answer."""
    row = row or Row("", {})
    if passage is None:
        if row.rows("answers"):
            row.fail("passages answer this question; take them out there before it is noted as not answered.")
        return {**row.values, "answers": []}
    verdicts = [value for value in row.rows("verdicts") if not _is(value, passage)]
    if judgement.verdict == "right":
        known = any(_is(given, passage) for given in row.rows("answers"))
        answers = row.items("answers") if known else [*row.items("answers"), passage]
        return _with(row, answers, verdicts)
    kept = [given.values for given in row.rows("answers") if not _is(given, passage)]
    noted = {"verdict": judgement.verdict, **passage}
    # Nobody has said yet that the sources do not answer.
    unknown = not kept and (row.rows("answers") or not row.has("answers"))
    return {**_with(row, None if unknown else kept, verdicts), "verdicts": [*_values(verdicts), noted]}


def _taken_back(row: Row | None, passage: Answer | None) -> Mapping[str, object] | None:
    """A line without a judgement; None where nothing is left of it that was said in the chat."""
    if row is None:
        return None
    verdicts, answers = row.rows("verdicts"), row.rows("answers")
    if passage is not None:
        if not any(_is(value, passage) for value in (*verdicts, *answers)):
            return row.values
        verdicts = tuple(value for value in verdicts if not _is(value, passage))
        answers = tuple(value for value in answers if not _is(value, passage))
    elif answers or not row.has("answers"):
        return row.values
    if not answers and not verdicts and row.values.get("kind") == KIND:
        return None
    return _with(row, list(_values(answers)) or None, list(verdicts))


def _with(row: Row, answers: object, verdicts: Collection[Row]) -> dict[str, object]:
    values = {name: value for name, value in row.values.items() if name != "verdicts"}
    return values | {"answers": answers} | ({"verdicts": _values(verdicts)} if verdicts else {})


def _values(rows: Collection[Row]) -> list[Mapping[str, object]]:
    return [row.values for row in rows]


def _is(given: Row, passage: Answer) -> bool:
    """Whether an answer or a verdict of a line is about a passage."""
    same = all(given.values.get(name) in (None, passage[name]) for name in passage)
    return same and given.has("doc") and not given.has("grade")


def _named(
    values: Mapping[str, object], judgement: Judgement, taken: Collection[str]
) -> Mapping[str, object]:
    """A new line with its question and a free id."""
    asked = json.dumps([judgement.question, *judgement.history]).encode()
    name = own = f"{KIND}-{hashlib.sha256(asked).hexdigest()[:ID_DIGITS]}"
    number = 1
    while name in taken:
        number += 1
        name = f"{own}-{number}"
    history = list(judgement.history)
    return {"id": name, "question": judgement.question, "kind": KIND, "history": history, **values}


def _ended(lines: list[str]) -> list[str]:
    """The lines, the last with a line end as well."""
    return [*lines[:-1], lines[-1].rstrip("\r\n") + "\n"] if lines else []


def _line(values: Mapping[str, object]) -> str:
    return json.dumps(values) + "\n"
