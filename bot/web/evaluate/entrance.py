"""Puts the evaluators' pages on an application, behind the token."""

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import JSONResponse, Response

from bot.errors import OutputError, QuestionSetError
from bot.web.evaluate.access import COOKIE, SESSION_SECONDS
from bot.web.evaluate.actions import add_actions
from bot.web.evaluate.addresses import add_pages
from bot.web.evaluate.bench import Bench
from bot.web.evaluate.documents import DocumentPages, add_documents
from bot.web.evaluate.incoming import Form, field, refuse_other_sites, refuse_strangers
from bot.web.evaluate.pages import Pages
from bot.web.evaluate.refused import Refused

HOME = "/evaluate"
_WRONG_LINK = "This link is not valid: use the one that was printed when the server was last started."
# What scripts ask for, who would not understand a page.
_FOR_SCRIPTS = ("/judgements", "/progress", "/session")


def mount_evaluator(api: FastAPI, bench: Bench) -> None:
    """Adds every address under /evaluate; to be called before anything is mounted at the root."""
    pages = Pages(bench)

    def guarded(request: Request) -> None:
        refuse_strangers(bench.access, request)

    @api.get(HOME)
    def home(request: Request) -> Response:
        guarded(request)
        return pages.home()

    # Nothing that is asked for by address has the token: addresses are logged and remembered.
    @api.post(f"{HOME}/enter")
    def enter(request: Request, form: Form) -> Response:
        refuse_other_sites(request)
        return _entered(pages, bench, field(form, "token"), secure=request.url.scheme == "https")

    # The session is looked at before a body is read: strangers send no files.
    router = APIRouter(prefix=HOME, dependencies=[Depends(guarded)])
    add_pages(router, bench, pages)
    add_documents(router, DocumentPages(bench, pages))
    add_actions(router, bench)
    api.include_router(router)

    @api.exception_handler(Refused)
    def refused(request: Request, error: Refused) -> Response:
        return _said(pages, request, error, error.status)

    @api.exception_handler(QuestionSetError)
    @api.exception_handler(OutputError)
    def unusable(request: Request, error: Exception) -> Response:
        return _said(pages, request, error, 422)


def _entered(pages: Pages, bench: Bench, token: str, *, secure: bool) -> Response:
    """A session for the right token.

    The page then goes on by itself.
    """
    session = bench.access.open(token)
    if session is None:
        raise Refused(401, _WRONG_LINK)
    response = pages.page("entered")
    response.set_cookie(
        COOKIE,
        session,
        max_age=SESSION_SECONDS,
        path=HOME,
        secure=secure,
        httponly=True,
        samesite="strict",
    )
    return response


def _said(pages: Pages, request: Request, error: Exception, status: int) -> Response:
    if request.url.path.endswith(_FOR_SCRIPTS):
        return JSONResponse({"error": str(error)}, status)
    if status == 401:
        return pages.page("enter", status, sentence=str(error))
    return pages.refused(error, status)
