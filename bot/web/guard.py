"""What stands between the network and the page: which paths, from where, how large, under which headers."""

import itertools
import logging
import math
from collections.abc import Collection
from urllib.parse import urlsplit

from bot.web.asgi import App, Message, Receive, Send
from bot.web.bodies import Body
from bot.web.line import Line
from bot.web.logs import places
from bot.web.rate import RateLimit
from bot.web.sending import ORIGINALS, Sender, Started, refuse
from bot.wording import DEFAULT_LANGUAGE, catalogue

_LOG = logging.getLogger(__name__)
MOST_BODY_BYTES = 64 * 1024
# Question sets of 100,000 questions are smaller.
MOST_UPLOAD_BYTES = 64 * 1024 * 1024
# What the page needs; Gradio opens more (uploads, monitoring, its own interface description).
_PATHS = frozenset(
    {"/", "/config", "/theme.css", "/healthz", "/readyz", "/documents", "/favicon.ico", "/manifest.json"}
)
_PREFIXES = (
    "/assets/",
    "/static/",
    "/ui/",
    "/api/",
    "/read/",
    ORIGINALS,
    "/svelte/",
    "/gradio_api/run/",
)
_EVALUATOR = "/evaluate"
_MCP = "/gradio_api/mcp"
_UPLOADS = frozenset({"/evaluate/sets"})
# Where each request makes the bot think, and where it makes it read a file.
_ASKING = ("/api/ask", "/gradio_api/run/", _MCP)
_READING = ("/api/check/", ORIGINALS)
# A whole document may be of 10 MB, and each reply has a copy of it.
_LONG = ("/api/documents/",)
# Of two questions one has the interpreter while the other is encoded. With four, no more are answered under
# overload, the slowest after 2.2 s instead of 1.4, and who is sent away is told so after .04 s, not .02.
ASKING_AT_ONCE, READING_AT_ONCE = 2, 2
# The page in each of its other languages has all of Gradio's addresses once more.
_LANGUAGES = tuple(f"/{language}" for language in catalogue() if language != DEFAULT_LANGUAGE)
_TOO_LONG = "The message is too long to be a question."
_TOO_LARGE = "The file is larger than 64 MB; split it into smaller files."
_TOO_OFTEN = (
    "Too many questions came just now, from your address or in all; please wait a moment and ask again."
)
_TOO_MANY = "Too many questions are being answered just now; please ask again in a moment."
_FAULT = "The question met a fault of the program's own; please ask again, or in other words."
# Those who are sent away together are not to come back together.
_SOON_SECONDS = (2, 3, 4)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Guard:
    """ASGI middleware around everything; `hosts` are the names that it answers to besides loopback.

    `evaluator` lets the evaluators' page through, `mcp` agents; without `rate` an address may ask as often
    as it likes.
    """

    def __init__(
        self,
        app: App,
        *,
        hosts: Collection[str] = (),
        evaluator: bool = False,
        rate: RateLimit | None = None,
        mcp: bool = False,
    ) -> None:
        self._app = app
        self._hosts = _LOOPBACK | frozenset(host.lower() for host in hosts)
        self._evaluator = evaluator
        self._mcp = mcp
        self._rate = rate
        self._asking = Line(ASKING_AT_ONCE)
        self._reading = Line(READING_AT_ONCE)
        self._soon = itertools.cycle(_SOON_SECONDS)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it with one sentence."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        watched = Started(send)
        try:
            await self._answer(scope, receive, watched.send)
        except Exception as error:  # noqa: BLE001
            # What was raised may hold what was asked, and the server would write it into the log: where it
            # was raised is enough to mend it.
            _LOG.error("A request failed: %s", ", ".join(places(error)))
            if not watched.started:
                await refuse(send, 500, _FAULT)

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope)
        if refusal is not None:
            await refuse(send, *refusal)
            return
        wait = self._wait(scope)
        if wait > 0:
            await refuse(send, 429, _TOO_OFTEN, (b"retry-after", str(math.ceil(wait)).encode()))
            return
        body = Body(receive, most=_most_bytes(scope["path"]))
        sender = Sender(send, body, scope["path"], _too_long(scope["path"]))
        line = self._line(scope)
        if line is None:
            await self._app(scope, body.receive, sender.send)
        elif line.is_full:
            await self._send_away(send)
        # One whose body is not there yet takes nobody's turn.
        elif not await body.arrive():
            if body.too_long:
                await refuse(send, 413, _too_long(scope["path"]))
        elif line.is_full:
            await self._send_away(send)
        else:
            async with line.stand():
                await self._app(scope, body.receive, sender.send)

    async def _send_away(self, send: Send) -> None:
        await refuse(send, 503, _TOO_MANY, (b"retry-after", str(next(self._soon)).encode()))

    def _line(self, scope: Message) -> Line | None:
        """Where a request has to stand; a stream to an agent asks nothing by itself."""
        path = _at_home(scope["path"])
        if path.startswith(_READING + _LONG):
            return self._reading
        asks = path.startswith(_ASKING) and scope["method"] == "POST"
        return self._asking if asks else None

    def _refusal(self, scope: Message) -> tuple[int, str] | None:
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
        }
        if _host(f"//{headers.get('host', '')}") not in self._hosts:
            return 421, "This server does not answer under that name."
        origin = headers.get("origin")
        if origin is not None and _netloc(origin) != headers.get("host"):
            return 403, "Requests from other sites are not answered."
        path = _at_home(scope["path"])
        if path not in _PATHS and not path.startswith(_PREFIXES) and not self._opened(path):
            return 404, "There is nothing here."
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > _most_bytes(path):
            return 413, _too_long(path)
        return None

    def _opened(self, path: str) -> bool:
        """Whether a path is one that the operator opened besides the page's."""
        doors = [door for door, opened in ((_EVALUATOR, self._evaluator), (_MCP, self._mcp)) if opened]
        return any(path == door or path.startswith(f"{door}/") for door in doors)

    def _wait(self, scope: Message) -> float:
        """The seconds that this address has to wait before it may ask."""
        if self._rate is None or not _at_home(scope["path"]).startswith(_ASKING + _READING):
            return 0.0
        client = scope.get("client")
        return self._rate.wait(client[0] if client else "")


def _at_home(path: str) -> str:
    """The same address of the page in its main language."""
    for language in _LANGUAGES:
        if path.startswith(f"{language}/"):
            return path.removeprefix(language)
    return path


def _most_bytes(path: str) -> int:
    return MOST_UPLOAD_BYTES if path in _UPLOADS else MOST_BODY_BYTES


def _too_long(path: str) -> str:
    return _TOO_LARGE if path in _UPLOADS else _TOO_LONG


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _netloc(url: str) -> str | None:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return None
