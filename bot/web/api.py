"""The HTTP interface: questions, documents, health."""

from datetime import date
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel, Field, field_validator
from starlette.exceptions import HTTPException

from bot.assistant import Assistant
from bot.errors import EngineError, QuestionError
from bot.records import Document, Turn, Undo
from bot.rendering.provenance import of_document
from bot.serving import Served
from bot.web.account import accounted
from bot.web.contents import contents_page
from bot.web.conversations import Conversations, before
from bot.web.health import Ready, health
from bot.web.listed import Listed
from bot.web.markup import markup
from bot.web.originals import serve_originals
from bot.web.showing import as_shown, described
from bot.wording import DEFAULT_LANGUAGE, catalogue

STATIC = Path(__file__).parent / "static"
_ASK_SO = 'Send a JSON object with a "question" and, to go on with one, its "conversation".'
_SENTENCES = {
    400: _ASK_SO,
    404: "There is nothing here.",
    405: "This address is asked in another way: POST for questions, GET for all else.",
}
# Said while the engine that passages are looked up in cannot be asked.
_AWAY = "The sources cannot be searched at the moment. Please ask again in a minute."
_AWAY_SECONDS = "10"

# Longer lists of what was taken back are no page's.
_MOST_UNDONE = 50


class TakenBack(BaseModel):
    """What a patient takes back of how a question was understood, as in `bot.records.Undo`."""

    corrected: list[str] = Field(default=[], max_length=_MOST_UNDONE)
    added: list[str] = Field(default=[], max_length=_MOST_UNDONE)
    carried: bool = False

    def undo(self) -> Undo:
        """The same as a record."""
        return Undo(frozenset(self.corrected), frozenset(self.added), self.carried)


class Asked(BaseModel):
    """The body of a question.

    `instead_of` is how many of the latest turns it is asked instead of: 1 for the last question put anew.
    """

    question: str
    conversation: str | None = None
    instead_of: int = Field(default=0, ge=0)
    undo: TakenBack = TakenBack()

    @field_validator("question")
    @classmethod
    def _is_text(cls, question: str) -> str:
        # Half of a surrogate pair passes JSON, but is no character and cannot be sent back.
        question.encode()
        return question


def build_api(served: Served, conversations: Conversations) -> FastAPI:
    """The application without the page."""
    api = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    api.mount("/ui", StaticFiles(directory=STATIC), name="ui")
    _serve_conversations(api, served, conversations)
    _serve_documents(api, served)
    serve_originals(api, served)
    _serve_page(api, served)
    _say_errors(api)
    return api


def _serve_conversations(api: FastAPI, served: Served, conversations: Conversations) -> None:
    @api.post("/api/ask")
    def ask(asked: Asked) -> JSONResponse:
        assistant = served.assistant
        turns = conversations.turns(asked.conversation)
        unknown = bool(asked.conversation) and turns is None
        lost = unknown or conversations.lost(asked.conversation) is not None
        history, undo = before(turns or (), asked.instead_of), asked.undo.undo()
        answer = accounted(assistant.ask, asked.question, history, undo=undo, lost=lost)
        known = asked.conversation if turns is not None else None
        conversation = known or conversations.begin(lost=lost)
        turn = Turn(asked.question, answer, undo)
        conversations.add(conversation, turn, instead_of=asked.instead_of)
        about = {"conversation": conversation, "lost": unknown, "corpus": assistant.corpus.digest}
        return JSONResponse(as_shown(answer, assistant) | about)

    @api.get("/api/conversations/{conversation}")
    def conversation(conversation: str) -> JSONResponse:
        assistant = served.assistant
        turns = conversations.turns(conversation)
        if turns is None:
            return JSONResponse({"error": "There is no such conversation."}, status_code=404)
        return JSONResponse([as_shown(turn.answer, assistant) for turn in turns])

    @api.delete("/api/conversations/{conversation}")
    def forget(conversation: str) -> Response:
        conversations.forget(conversation)
        return Response(status_code=204)


def _serve_documents(api: FastAPI, served: Served) -> None:
    listed = Listed(served)

    @api.get("/api/documents")
    async def documents() -> Response:
        return Response(await listed.bytes(), media_type="application/json")

    @api.get("/api/documents/{doc:path}")
    def document(doc: str) -> JSONResponse:
        assistant = served.assistant
        try:
            found = assistant.document(doc)
        except KeyError:
            return JSONResponse({"error": "There is no such document."}, status_code=404)
        return JSONResponse(described(found) | {"text": found.text} | _structure(found, assistant))

    @api.get("/api/check/{doc:path}")
    def check(doc: str, start: int, end: int, sha256: str | None = None) -> JSONResponse:
        assistant = served.assistant
        if not served.knew(doc):
            return JSONResponse({"error": "There is no such document."}, status_code=404)
        now = assistant.reread(doc) if assistant.holds(doc) else None
        inside = now is not None and 0 <= start < end <= len(now.text)
        standing = served.standing(doc, sha256, now)
        return JSONResponse({"state": "changed" if standing == "identical" and not inside else standing})


def _serve_page(api: FastAPI, served: Served) -> None:
    @api.get("/read/{doc:path}")
    def read(doc: str) -> Response:
        # The page's script takes the document and the passage from the page's address, and says what is gone.
        known = 200 if served.knew(doc) else 404
        return FileResponse(STATIC / "read.html", known, media_type="text/html")

    @api.get("/documents")
    def contents(lang: str = DEFAULT_LANGUAGE) -> HTMLResponse:
        return HTMLResponse(
            contents_page(served.assistant, lang if lang in catalogue() else DEFAULT_LANGUAGE)
        )

    ready = Ready(served)

    @api.get("/healthz")
    async def healthz() -> JSONResponse:
        # On the loop itself: while all threads are busy, the server is still well.
        return JSONResponse(health(served))

    @api.get("/readyz")
    async def readyz() -> JSONResponse:
        found = await ready.soon()
        return JSONResponse(found.told(), status_code=found.status)

    @api.get("/favicon.ico")
    def favicon() -> Response:
        return Response((STATIC / "favicon.svg").read_bytes(), media_type="image/svg+xml")


def _say_errors(api: FastAPI) -> None:
    @api.exception_handler(QuestionError)
    def unanswerable(_: Request, error: QuestionError) -> JSONResponse:
        said = {"error": str(error), "kind": error.kind, "values": error.values}
        return JSONResponse(said, status_code=422)

    @api.exception_handler(EngineError)
    def away(_: Request, __: EngineError) -> JSONResponse:
        # Why not is in the log: it names machines.
        return JSONResponse({"error": _AWAY}, status_code=503, headers={"Retry-After": _AWAY_SECONDS})

    @api.exception_handler(RequestValidationError)
    def malformed(_: Request, __: RequestValidationError) -> JSONResponse:
        return JSONResponse({"error": _ASK_SO}, status_code=422)

    @api.exception_handler(HTTPException)
    def refused(_: Request, error: HTTPException) -> JSONResponse:
        sentence = _SENTENCES.get(error.status_code, "The request cannot be answered.")
        return JSONResponse({"error": sentence}, status_code=error.status_code, headers=error.headers)


def _structure(document: Document, assistant: Assistant) -> dict[str, object]:
    """What a reader needs to show the text: its sections, what each asks, and which signs are markup."""
    questions = assistant.headings(document.id)
    sections = [
        {
            "heading": list(section.heading),
            "start": section.start,
            "end": section.end,
            "role": section.role,
            "asks": questions.get(section.heading) if section.heading else None,
        }
        for section in document.sections
    ]
    return {
        "sections": sections,
        "markup": [[span.start, span.end] for span in markup(document)],
        "notes": _notes(document),
        "pages": list(document.pages),
        "about": list(of_document(document, today=date.today(), old=assistant.settings.age_note_years)),
    }


def _notes(document: Document) -> list[list[int]]:
    """Where the call-outs, boxes and footnotes stand."""
    blocks = (block for section in document.sections for block in section.blocks)
    return [[block.start, block.end] for block in blocks if block.kind == "note"]
