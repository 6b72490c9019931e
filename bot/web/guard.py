"""What stands between the network and the page: which paths, from where, how large, under which headers."""

import json
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from typing import Any
from urllib.parse import urlsplit

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

MOST_BODY_BYTES = 64 * 1024
# What the page needs; Gradio opens more (uploads, monitoring, its own interface description).
_PATHS = frozenset({"/", "/config", "/theme.css", "/healthz", "/favicon.ico", "/manifest.json"})
_PREFIXES = (
    "/assets/",
    "/static/",
    "/ui/",
    "/api/",
    "/read/",
    "/svelte/",
    "/gradio_api/run/",
    "/gradio_api/queue/",
    "/gradio_api/heartbeat/",
    "/gradio_api/startup-events",
)
_TOO_LONG = "The message is too long to be a question."
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
)


class Guard:
    """ASGI middleware around everything; `hosts` are the names that it answers to besides loopback."""

    def __init__(self, app: App, *, hosts: Collection[str] = ()) -> None:
        self._app = app
        self._hosts = _LOOPBACK | frozenset(hosts)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it with one sentence."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await _refuse(send, *refusal)
            return
        counter = _Counter(receive)
        sender = _Sender(send, counter)
        await self._app(scope, counter.receive, sender.send)

    def _refusal(self, scope: Message) -> tuple[int, str] | None:
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
        }
        if _host(f"//{headers.get('host', '')}") not in self._hosts:
            return 421, "This server does not answer under that name."
        origin = headers.get("origin")
        if origin is not None and _netloc(origin) != headers.get("host"):
            return 403, "Requests from other sites are not answered."
        path = scope["path"]
        if path not in _PATHS and not path.startswith(_PREFIXES):
            return 404, "There is nothing here."
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MOST_BODY_BYTES:
            return 413, _TOO_LONG
        return None


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


class _Counter:
    """Passes a body on until it is too long; then the application sees a client that went away.

    A length need not be announced, so that the bytes themselves are counted.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._bytes = 0

    @property
    def too_long(self) -> bool:
        return self._bytes > MOST_BODY_BYTES

    async def receive(self) -> Message:
        message = await self._receive()
        self._bytes += len(message.get("body", b""))
        return {"type": "http.disconnect"} if self.too_long else message


class _Sender:
    """Sends the application's answer under the guard's headers, or a refusal where the body was too long."""

    def __init__(self, send: Send, counter: _Counter) -> None:
        self._send = send
        self._counter = counter
        self._started = False
        self._refused = False

    async def send(self, message: Message) -> None:
        if self._counter.too_long and not self._started:
            self._started = self._refused = True
            await _refuse(self._send, 413, _TOO_LONG)
        if self._refused:
            return
        self._started = True
        await self._send(_under_headers(message))


def _under_headers(message: Message) -> Message:
    if message["type"] != "http.response.start":
        return message
    named = {name for name, _ in _HEADERS}
    kept = [(name, value) for name, value in message["headers"] if name.lower() not in named]
    return {**message, "headers": [*kept, *_HEADERS]}


async def _refuse(send: Send, status: int, sentence: str) -> None:
    body = json.dumps({"error": sentence}).encode()
    headers = [(b"content-type", b"application/json"), *_HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
