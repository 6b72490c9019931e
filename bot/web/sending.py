"""What is sent from behind the guard: under which headers, and what is refused."""

import json

from bot.web.asgi import Message, Send
from bot.web.bodies import Body

ORIGINALS = "/original/"
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
# A file of the operator's may hold anything: nothing in it loads or sends, and no page frames it. Scripts
# inside a PDF stay inside its viewer; "sandbox" besides would leave Safari's window empty.
_POLICY_OF_ORIGINALS = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
)


def _headers(policy: str) -> tuple[tuple[bytes, bytes], ...]:
    return ((b"content-security-policy", policy.encode()), *_ALWAYS)


_HEADERS, _HEADERS_OF_ORIGINALS = _headers(_POLICY), _headers(_POLICY_OF_ORIGINALS)
_OURS = frozenset(name for name, _ in _HEADERS)


class Started:
    """Passes an answer on, and knows whether it has begun."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.started = False

    async def send(self, message: Message) -> None:
        """The next of it."""
        self.started = True
        await self._send(message)


class Sender:
    """Sends the application's answer under our headers, or a refusal where the body was too long."""

    def __init__(self, send: Send, body: Body, path: str, too_long: str) -> None:
        self._send = send
        self._body = body
        self._headers = _HEADERS_OF_ORIGINALS if path.startswith(ORIGINALS) else _HEADERS
        self._too_long = too_long
        self._started = False
        self._refused = False

    async def send(self, message: Message) -> None:
        """The next of it."""
        if self._body.too_long and not self._started:
            self._started = self._refused = True
            await refuse(self._send, 413, self._too_long)
        if self._refused:
            return
        self._started = True
        await self._send(self._under_headers(message))

    def _under_headers(self, message: Message) -> Message:
        if message["type"] != "http.response.start":
            return message
        kept = [header for header in message["headers"] if header[0].lower() not in _OURS]
        return {**message, "headers": [*kept, *self._headers]}


async def refuse(send: Send, status: int, sentence: str, *more: tuple[bytes, bytes]) -> None:
    """Answers with one sentence."""
    body = json.dumps({"error": sentence}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        *more,
        *_HEADERS,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
