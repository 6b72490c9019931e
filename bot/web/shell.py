"""Gradio's page with our scripts in its head as it is served, so that they need not wait for Gradio's."""

from bot.web.asgi import App, Message, Receive, Send

HEAD = (
    b'<link rel="icon" href="/favicon.ico"><link rel="stylesheet" href="/ui/page.css">'
    b'<script type="module" async src="/ui/page.js"></script>'
)
_END = b"</head>"


class Shell:
    """ASGI middleware around the mounted page: puts HEAD at the end of the head of "/"."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass everything on, the page itself with the scripts put in."""
        page = scope["type"] == "http" and scope["path"] == "/"
        await self._app(scope, receive, _Inserter(send).send if page else send)


class _Inserter:
    """Holds an answer back until it is whole, then sends it with HEAD in it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message = {}
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return
        body = self._body.replace(_END, HEAD + _END, 1)
        length = (b"content-length", str(len(body)).encode())
        kept = [(name, value) for name, value in self._start["headers"] if name.lower() != length[0]]
        await self._send({**self._start, "headers": [*kept, length]})
        await self._send({"type": "http.response.body", "body": body})
