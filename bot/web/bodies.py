"""The body of a request, counted as it comes: a length need not be announced."""

from collections import deque

from bot.web.asgi import Message, Receive


class Body:
    """Passes a body on until it is too long; then the application sees a client that went away."""

    def __init__(self, receive: Receive, *, most: int) -> None:
        self._receive = receive
        self._most = most
        self._bytes = 0
        self._here: deque[Message] = deque()

    @property
    def too_long(self) -> bool:
        """Whether more has come than may."""
        return self._bytes > self._most

    async def receive(self) -> Message:
        """The next message of the body."""
        return self._here.popleft() if self._here else await self._next()

    async def arrive(self) -> bool:
        """Waits for all of it, to be received here; False where the client went away or it is too long."""
        more = True
        while more:
            message = await self._next()
            self._here.append(message)
            if message["type"] != "http.request":
                return False
            more = message.get("more_body", False)
        return True

    async def _next(self) -> Message:
        message = await self._receive()
        self._bytes += len(message.get("body", b""))
        return {"type": "http.disconnect"} if self.too_long else message
