"""The line of the requests that make the bot think or read: a few are at it, some wait, the rest go."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

# More waiting than this would wait for seconds; whoever comes then is told so at once.
MOST_STANDING = 64


class Line:
    """Lets `at_once` requests through at a time.

    Threads that think take turns with the one that serves all connections: were there as many as requests,
    it would hardly get one, and nothing at all would be answered.
    """

    def __init__(self, at_once: int, *, most: int = MOST_STANDING) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._most = most
        self._standing = 0

    @property
    def is_full(self) -> bool:
        """Whether whoever comes now is to be sent away."""
        return self._standing >= self._most

    @asynccontextmanager
    async def stand(self) -> AsyncIterator[None]:
        """Waits for a turn, which lasts as long as the block."""
        self._standing += 1
        try:
            async with self._places:
                yield
        finally:
            self._standing -= 1
