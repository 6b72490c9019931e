"""What evaluators send, checked: forms, judgements, and who sends them."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import FormData

from bot.errors import QuestionSetError
from bot.records import Span
from bot.web.evaluate.access import COOKIE, Access
from bot.web.evaluate.judgements import Judgement, Said
from bot.web.evaluate.refused import Refused

# Fields of a form are names and numbers; how large a file may be is the guard's to say.
MOST_FIELD_BYTES = 8 * 1024
MOST_FIELDS = 20
# A conversation keeps no more turns than these.
MOST_HISTORY = 20
LONGEST_NUMBER = 9
_NO_ENTRY = "This page is for evaluators: open it with the link that was printed when the server was started."
_ELSEWHERE = "Requests from other sites are not answered."
_JUDGE_SO = 'Send a JSON object with "question", "history" and, for a passage, "doc", "start" and "end".'


class Judged(BaseModel):
    """The body of a judgement; without `doc` the sources do not answer the question.

    `sha256` is the digest of the document that was quoted: a span of it says nothing of another text. With
    `back` the same judgement is taken back.
    """

    model_config = ConfigDict(strict=True, extra="forbid")

    question: str
    history: list[str] = Field(default=[], max_length=MOST_HISTORY)
    doc: str | None = None
    start: int | None = None
    end: int | None = None
    sha256: str | None = None
    verdict: Said = "right"
    back: bool = False

    def judgement(self) -> Judgement:
        """What is kept of it; raises QuestionSetError where only a part of the place is given."""
        if len({self.doc is None, self.start is None, self.end is None}) > 1:
            raise QuestionSetError('A passage needs "doc", "start" and "end"; send all three or none.')
        span = None if self.start is None or self.end is None else Span(self.start, self.end)
        return Judgement(
            self.question, tuple(self.history), self.doc, span, self.sha256, self.verdict, self.back
        )


def refuse_strangers(access: Access, request: Request) -> None:
    """Raises Refused without a session where one is required, and for what another site sends.

    The guard compares origins; browsers that say where a request comes from are believed on top of that.
    """
    if not access.allows(request.cookies.get(COOKIE)):
        raise Refused(401, _NO_ENTRY)
    refuse_other_sites(request)


def refuse_other_sites(request: Request) -> None:
    """Raises Refused for what another site sends."""
    if request.method == "POST" and request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        raise Refused(403, _ELSEWHERE)


async def _form(request: Request) -> AsyncIterator[FormData]:
    async with request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=MOST_FIELD_BYTES) as form:
        yield form


async def _judged(request: Request) -> Judged:
    try:
        return Judged.model_validate_json(await request.body())
    except ValidationError as error:
        raise Refused(422, _JUDGE_SO) from error


Form = Annotated[FormData, Depends(_form)]
Judging = Annotated[Judged, Depends(_judged)]


def field(form: FormData, name: str, default: str = "") -> str:
    """A field's text; raises Refused where it is missing and has no default, or is a file."""
    value = form.get(name, default)
    if not isinstance(value, str):
        raise Refused(422, f'The field "{name}" is a text; load the page again.')
    return value


def whole_number(text: str) -> int:
    """The number that a short run of digits stands for, 0 for any other text."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER else 0
