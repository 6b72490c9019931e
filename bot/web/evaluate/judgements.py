"""What an evaluator says of an answer in the chat in, a line of a question set out."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import QuestionSetError
from bot.evaluation.quoting import quoted
from bot.evaluation.rows import Row, numbered_lines, parsed_json
from bot.files import alone, replacing
from bot.records import Span
from bot.serving import Served

KIND = "chat"
ID_DIGITS = 8

Answer = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A question asked after `history`, and where the passage stands that answers it; None if none does.

    `digest` is that of the document that the span counts in, where it is known.
    """

    question: str
    history: tuple[str, ...] = ()
    doc: str | None = None
    span: Span | None = None
    digest: str | None = None


class Judgements:
    """Adds judgements to a question set in JSON Lines; every other line of the file stays as it is.

    The same question after the same history is one line: another passage joins its answers, and a passage
    takes the place of "the sources do not answer". The other way round is refused, for it would throw
    answers away.
    """

    def __init__(self, served: Served) -> None:
        self._served = served
        self._longest = served.assistant.settings.max_question_chars

    def add(self, judgement: Judgement, to: Path) -> str:
        """Keeps a judgement and says what was done. Raises QuestionSetError, OutputError."""
        self._check(judgement)
        answer = self._answer(judgement)
        with alone(to):
            lines = [line for _, line in numbered_lines(to)] if to.exists() else []
            rows = {place: _row(to, place, line) for place, line in enumerate(lines) if line.strip()}
            place = next((place for place, row in rows.items() if _asks(row, judgement)), None)
            if place is not None and _has(rows[place], answer):
                return f"This is in {to.name} already."
            if place is None:
                new = _new(judgement, answer, {str(row.values.get("id")) for row in rows.values()})
                lines = [*_ended(lines), _line(new)]
            else:
                lines[place] = _line(_joined(rows[place], answer))
            with replacing(to) as file:
                file.writelines(lines)
        if answer is None:
            return f"Noted in {to.name}: the sources do not answer this question."
        return f"Noted in {to.name}: this passage answers the question."

    def _check(self, judgement: Judgement) -> None:
        asked = (judgement.question, *judgement.history)
        if not all(text.strip() and len(text) <= self._longest for text in asked):
            raise QuestionSetError(
                f"A question has 1 to {self._longest} characters; ask it in the chat first."
            )

    def _answer(self, judgement: Judgement) -> Answer | None:
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


def _has(row: Row, answer: Answer | None) -> bool:
    """Whether a line says so already; raises QuestionSetError where it says that passages answer."""
    known = row.rows("answers")
    if answer is None and known:
        row.fail("passages answer this question; take them out there before it is noted as not answered.")
    if answer is None:
        return True
    return any(
        all(given.values.get(name) in (None, answer[name]) for name in answer) and not given.has("grade")
        for given in known
    )


def _joined(row: Row, answer: Answer | None) -> dict[str, object]:
    return {**row.values, "answers": [*row.items("answers"), answer]}


def _new(judgement: Judgement, answer: Answer | None, taken: Collection[str]) -> dict[str, object]:
    asked = json.dumps([judgement.question, *judgement.history]).encode()
    name = own = f"{KIND}-{hashlib.sha256(asked).hexdigest()[:ID_DIGITS]}"
    number = 1
    while name in taken:
        number += 1
        name = f"{own}-{number}"
    return {
        "id": name,
        "question": judgement.question,
        "kind": KIND,
        "history": list(judgement.history),
        "answers": [] if answer is None else [answer],
    }


def _ended(lines: list[str]) -> list[str]:
    """The lines, the last with a line end as well."""
    return [*lines[:-1], lines[-1].rstrip("\r\n") + "\n"] if lines else []


def _line(values: Mapping[str, object]) -> str:
    return json.dumps(values) + "\n"
