"""Gradio's page with our scripts in its head as it is served, so that they need not wait for Gradio's."""

import json
import re
from collections.abc import Iterable
from urllib.parse import parse_qs

from bot.web.asgi import App, Message, Receive, Send
from bot.wording import DEFAULT_LANGUAGE, catalogue

STYLE = b'<link rel="icon" href="/favicon.ico"><link rel="stylesheet" href="/ui/page.css">'
SCRIPT = b'<script type="module" async src="/ui/page.js"></script>'
_PREVIEWS = re.compile(rb'<meta (?:property|name)="(?:og|twitter):[^>]*>')
_END, _LANGUAGE = b"</head>", b'lang="en"'
# The list of documents, and the reader on a page of its own, which brings its script itself.
_PLAIN = ("/documents", "/read/")


class Shell:
    """ASGI middleware around the mounted page: style, scripts and words go to the end of its head.

    Who prefers another language of the page's is sent there, unless the address names one ("/?lang=en").
    """

    def __init__(self, app: App, *, evaluator: bool = False) -> None:
        self._app = app
        self._words = {language: _words(language, evaluator=evaluator) for language in catalogue()}
        self._pages = {f"/{language}/": language for language in catalogue() if language != DEFAULT_LANGUAGE}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass everything on, the page itself with the scripts put in."""
        path = scope["path"] if scope["type"] == "http" else ""
        if path != "/" and path not in self._pages and not path.startswith(_PLAIN):
            await self._app(scope, receive, send)
            return
        language = _asked_for(scope) or self._pages.get(path) or _preferred(scope)
        if path == "/" and language != DEFAULT_LANGUAGE:
            await _redirect(send, f"/{language}/")
            return
        script = b"" if path.startswith(_PLAIN) else SCRIPT
        inserter = _Inserter(send, STYLE + self._words[language] + script, language)
        await self._app(scope, receive, inserter.send)


def _words(language: str, *, evaluator: bool) -> bytes:
    """The page's own sentences for its scripts; "<" could end the element."""
    given = {"language": language, "evaluator": evaluator, "words": catalogue()[language]}
    written = json.dumps(given).replace("<", "\\u003c")
    return f'<script type="application/json" id="words">{written}</script>'.encode()


def _asked_for(scope: Message) -> str | None:
    """The language that an address names."""
    named = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[0]
    return named if named in catalogue() else None


def _preferred(scope: Message) -> str:
    """The first language of the browser's that the page has."""
    stated = next((value for name, value in scope["headers"] if name.lower() == b"accept-language"), b"")
    return next((name for name in _ranked(stated.decode("latin-1")) if name in catalogue()), DEFAULT_LANGUAGE)


def _ranked(stated: str) -> Iterable[str]:
    """The languages of a header, which browsers write in the order of their users' wishes."""
    return (one.partition(";")[0].strip()[:2].lower() for one in stated.split(","))


async def _redirect(send: Send, address: str) -> None:
    headers = [(b"location", address.encode()), (b"vary", b"accept-language")]
    await send({"type": "http.response.start", "status": 302, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


class _Inserter:
    """Holds an answer back until it is whole, then sends it with more in its head."""

    def __init__(self, send: Send, head: bytes, language: str) -> None:
        self._send = send
        self._head = head
        self._language = language
        self._start: Message = {}
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return
        # What a messenger shows of a link would speak of Gradio.
        body = _PREVIEWS.sub(b"", self._body).replace(_END, self._head + _END, 1)
        body = body.replace(_LANGUAGE, f'lang="{self._language}"'.encode(), 1)
        length = (b"content-length", str(len(body)).encode())
        kept = [(name, value) for name, value in self._start["headers"] if name.lower() != length[0]]
        await self._send({**self._start, "headers": [*kept, length]})
        await self._send({"type": "http.response.body", "body": body})
