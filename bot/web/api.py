"""The HTTP interface: questions, documents, health."""

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel, field_validator
from starlette.exceptions import HTTPException

from bot.assistant import Assistant
from bot.errors import QuestionError
from bot.prediction import as_prediction
from bot.records import Document, Turn
from bot.web.conversations import Conversations

STATIC = Path(__file__).parent / "static"
_ASK_SO = 'Send a JSON object with a "question" and, to go on with one, its "conversation".'
_SENTENCES = {
    400: _ASK_SO,
    404: "There is nothing here.",
    405: "This address is asked in another way: POST for questions, GET for all else.",
}


class Asked(BaseModel):
    """The body of a question."""

    question: str
    conversation: str | None = None

    @field_validator("question")
    @classmethod
    def _is_text(cls, question: str) -> str:
        # Half of a surrogate pair passes JSON, but is no character and cannot be sent back.
        question.encode()
        return question


def build_api(assistant: Assistant, conversations: Conversations) -> FastAPI:
    """The application without the page."""
    api = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    api.mount("/ui", StaticFiles(directory=STATIC), name="ui")

    @api.post("/api/ask")
    def ask(asked: Asked) -> JSONResponse:
        turns = conversations.turns(asked.conversation)
        conversation = asked.conversation if asked.conversation and turns is not None else None
        answer = assistant.ask(asked.question, turns or ())
        conversation = conversation or conversations.begin()
        conversations.add(conversation, Turn(asked.question, answer))
        return JSONResponse(as_prediction(answer) | {"conversation": conversation})

    @api.get("/api/documents")
    def documents() -> JSONResponse:
        return JSONResponse([_described(document) for document in assistant.corpus.documents])

    @api.get("/api/documents/{doc:path}")
    def document(doc: str) -> JSONResponse:
        try:
            found = assistant.document(doc)
        except KeyError:
            return JSONResponse({"error": "There is no such document."}, status_code=404)
        return JSONResponse(_described(found) | {"text": found.text, "sections": _sections(found)})

    @api.get("/healthz")
    def healthz() -> JSONResponse:
        return JSONResponse({"status": "ok", "documents": len(assistant.corpus.documents)})

    @api.get("/favicon.ico")
    def favicon() -> Response:
        return Response((STATIC / "favicon.svg").read_bytes(), media_type="image/svg+xml")

    @api.exception_handler(QuestionError)
    def unanswerable(_: Request, error: QuestionError) -> JSONResponse:
        return JSONResponse({"error": str(error)}, status_code=422)

    @api.exception_handler(RequestValidationError)
    def malformed(_: Request, __: RequestValidationError) -> JSONResponse:
        return JSONResponse({"error": _ASK_SO}, status_code=422)

    @api.exception_handler(HTTPException)
    def refused(_: Request, error: HTTPException) -> JSONResponse:
        sentence = _SENTENCES.get(error.status_code, "The request cannot be answered.")
        return JSONResponse({"error": sentence}, status_code=error.status_code, headers=error.headers)

    return api


def _described(document: Document) -> dict[str, object]:
    return {
        "id": document.id,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "revised": document.revised,
        "address": document.address,
        "language": document.language,
        "sha256": document.digest,
    }


def _sections(document: Document) -> list[dict[str, object]]:
    return [
        {"heading": list(section.heading), "start": section.start, "end": section.end, "role": section.role}
        for section in document.sections
    ]
