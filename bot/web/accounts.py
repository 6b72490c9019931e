"""Keeps the account of every request: a line of the log, and figures for those who watch the server."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.web.account import closed, opened
from bot.web.asgi import App, Message, Receive, Send
from bot.web.logs import FACTS
from bot.wording import DEFAULT_LANGUAGE, catalogue

_LOG = logging.getLogger(__name__)
# What an address stands for: neither a document's name nor a conversation's id is told.
_NAMED = frozenset(
    {
        "/",
        "/config",
        "/theme.css",
        "/healthz",
        "/readyz",
        "/documents",
        "/api/ask",
        "/api/documents",
        "/evaluate",
    }
)
_BELOW = (
    "/api/documents/",
    "/api/check/",
    "/api/conversations/",
    "/read/",
    "/original/",
    "/gradio_api/run/",
    "/gradio_api/mcp",
    "/evaluate/",
)
_FILES = ("/assets/", "/static/", "/ui/", "/svelte/", "/favicon.ico", "/manifest.json")
_PAGES = tuple(f"/{language}" for language in catalogue() if language != DEFAULT_LANGUAGE)
_METHODS = frozenset({"GET", "POST", "DELETE", "HEAD", "PUT", "PATCH", "OPTIONS"})
FILES, OTHER = "files", "other"
# They come all the time, or a hundred for one page: only what went wrong with them is worth a line.
_QUIET = frozenset({FILES, "/healthz", "/readyz"})
_FIRST_ERROR = 400


@dataclass(frozen=True, slots=True)
class Accounted:
    """What became of a request; `status` is 0 where the client went away before an answer."""

    id: str
    method: str
    route: str
    status: int
    outcome: str
    seconds: float


class Accounts:
    """ASGI middleware around everything else; each account goes to all that `tell` it."""

    def __init__(self, app: App, *tell: Callable[[Accounted], None]) -> None:
        self._app = app
        self._tell = tell

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back under the id of the request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        account, token = opened()
        answer = _Answer(send, account.id)
        try:
            await self._app(scope, receive, answer.send)
        finally:
            closed(token)
            seconds = time.perf_counter() - began
            route = route_of(scope["path"])
            method = scope["method"] if scope["method"] in _METHODS else OTHER
            done = Accounted(account.id, method, route, answer.status, account.outcome, seconds)
            for tell in self._tell:
                tell(done)


def route_of(path: str) -> str:
    """What an address stands for, of a few dozen that there are."""
    for page in _PAGES:
        path = path.removeprefix(page) if path.startswith(f"{page}/") else path
    if path in _NAMED:
        return path
    if path.startswith(_FILES):
        return FILES
    return next((f"{route.rstrip('/')}/*" for route in _BELOW if path.startswith(route)), OTHER)


def logged(done: Accounted) -> None:
    """A line of the log for a request."""
    if done.route in _QUIET and done.status < _FIRST_ERROR:
        return
    facts: dict[str, object] = {
        "request": done.id,
        "method": done.method,
        "route": done.route,
        "status": done.status,
        "milliseconds": round(done.seconds * 1000, 1),
    }
    if done.outcome:
        facts["outcome"] = done.outcome
    _LOG.info("Answered", extra={FACTS: facts})


class _Answer:
    """Passes an answer on with the id of its request, and remembers its status."""

    def __init__(self, send: Send, request: str) -> None:
        self._send = send
        self._header = (b"x-request-id", request.encode())
        self.status = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = {**message, "headers": [*message.get("headers", ()), self._header]}
        await self._send(message)
