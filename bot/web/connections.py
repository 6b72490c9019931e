"""One client's connection, closed when it takes too long or when its place is needed."""

import asyncio
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import cast

from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.web.proxies import Proxies, household, is_loopback

# What is sent to whoever comes when nobody else can be let in.
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 10\r\ncontent-type: application/json\r\n"
    b"content-length: 60\r\nconnection: close\r\n\r\n"
    b'{"error": "Too many are connected; please try again soon."}\n'
)
# Files and pipes that the server needs besides its connections.
_OTHER_FILES = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on connections: so many, and so many from one address that is not this machine's or a proxy's.

    Of IPv6 a /64 counts as one address, for one household has all of them.

    Where all places are taken, whoever has been silent longest makes room: only where all are being answered
    is a newcomer turned away. Every `seconds` each is looked at: in that time a request has to begin and its
    head to end, so many bytes of a body have to come, and so many of an answer have to be taken.
    """

    connections: int = 800
    per_address: int = 100
    seconds: float = 10.0
    bytes_of_body: int = 2_000
    bytes_of_answer: int = 10_000
    proxies: Proxies = field(default_factory=Proxies)


def bounded(limits: Limits) -> type[H11Protocol]:
    """The protocol that keeps within these limits, for uvicorn."""

    class Bounded(_Connection):
        bounds = limits

    return Bounded


def fitting(limits: Limits) -> Limits:
    """The limits, with fewer connections where the system lets this process hold fewer files open.

    As many as the system allows are asked for first.
    """
    if sys.platform == "win32":
        return limits
    import resource

    wanted = limits.connections + _OTHER_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    allowed = wanted if hard == unlimited else min(wanted, hard)
    if soft != unlimited and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return replace(limits, connections=max(1, allowed - _OTHER_FILES))


class _Connection(H11Protocol):
    """Looks at itself now and then, and goes where nothing has moved."""

    bounds: Limits
    _look: asyncio.TimerHandle | None = None
    _moved = 0.0
    _received = 0
    _state: tuple[object, bool, int] | None = None
    _household = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let the client in, in the place of a silent one if need be, or turn it away."""
        super().connection_made(cast("asyncio.Transport", transport))
        self._household = self._counted_as()
        self._moved = self.loop.time()
        if not (self._has_room() or self._makes_room()):
            self.transport.write(_FULL)
            self.transport.close()
            return
        self._look_again()

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        if self._look is not None:
            self._look.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came, and count it."""
        self._moved = self.loop.time()
        self._received += len(data)
        super().data_received(data)

    def shutdown(self) -> None:
        """Let go at the server's end: at once of who has not even asked, of others after their answer."""
        if self.is_silent:
            self.transport.abort()
        else:
            super().shutdown()

    def _has_room(self) -> bool:
        return (
            len(self._present(self.connections)) <= self.bounds.connections
            and len(self._neighbours()) <= self.bounds.per_address
        )

    def _makes_room(self) -> bool:
        """Whether a silent client could be sent away; one of the same address where that has too many."""
        crowd = self._neighbours()
        if len(crowd) <= self.bounds.per_address:
            crowd = self._present(self.connections)
        silent = [other for other in crowd if other is not self and other.is_silent]
        if not silent:
            return False
        min(silent, key=lambda other: other._moved).transport.abort()
        return True

    @property
    def is_silent(self) -> bool:
        """Whether the server waits for the client: for a request, or for more of one."""
        cycle = self.cycle
        return cycle is None or cycle.response_complete or cycle.more_body

    def _counted_as(self) -> str:
        """What stands for the client's address; "" for this machine and proxies, which are not counted."""
        address = self.client[0] if self.client else ""
        uncounted = not address or is_loopback(address) or address in self.bounds.proxies
        return "" if uncounted else household(address)

    def _neighbours(self) -> "list[_Connection]":
        """The connections that count as the client's address; none where it is not counted."""
        if not self._household:
            return []
        return [other for other in self._present(self.connections) if other._household == self._household]

    @staticmethod
    def _present(connections: Iterable[object]) -> "list[_Connection]":
        """Those that have not been told to go."""
        return [
            other
            for other in connections
            if isinstance(other, _Connection) and not other.transport.is_closing()
        ]

    def _look_again(self) -> None:
        self._look = self.loop.call_later(self.bounds.seconds, self._close_if_stuck)

    def _close_if_stuck(self) -> None:
        if self._is_stuck():
            self.transport.abort()
        else:
            self._look_again()

    def _is_stuck(self) -> bool:
        """Whether nothing has moved since the last look; before the first request, since the start."""
        cycle, received, before = self.cycle, self._received, self._state
        self._received = 0
        if cycle is None:
            return True
        self._state = (cycle, cycle.response_complete, self.transport.get_write_buffer_size())
        if cycle.more_body and not cycle.response_complete:
            return received < self.bounds.bytes_of_body
        if before is None or self._state[:2] != before[:2]:
            return False
        left, left_before = self._state[2], before[2]
        if not cycle.response_complete:
            # More is written while it is taken, so that only what has not moved at all tells.
            return 0 < left == left_before
        taken = left_before - left
        return taken < self.bounds.bytes_of_answer and (left > 0 or taken == 0)
