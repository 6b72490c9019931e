"""Who may see the evaluators' page: a token printed at the start, exchanged for a session cookie."""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

COOKIE = "evaluator"
# A working day; the link that was printed opens a new session.
SESSION_SECONDS = 12 * 60 * 60
# More evaluators than ever share a server; the oldest session goes first.
MOST_SESSIONS = 200


class Access:
    """The token and the sessions opened with it; not `required`, it is accepted but not asked for.

    The token is a new one unless it is given.
    """

    def __init__(
        self, *, required: bool, token: str | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.required = required
        self.token = token or secrets.token_urlsafe(32)
        self._clock = clock
        self._sessions: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def open(self, token: str) -> str | None:
        """A new session for the right token; None for any other."""
        if not _same(token, self.token):
            return None
        session = secrets.token_urlsafe(32)
        with self._lock:
            self._sessions[session] = self._clock()
            while len(self._sessions) > MOST_SESSIONS:
                self._sessions.popitem(last=False)
        return session

    def allows(self, session: str | None) -> bool:
        """Whether a request with this cookie is answered."""
        if not self.required:
            return True
        with self._lock:
            known = list(self._sessions.items())
        oldest = self._clock() - SESSION_SECONDS
        # All are compared: which one it is must not be told by the time either.
        found = [_same(session or "", name) and opened > oldest for name, opened in known]
        return any(found)


def _same(given: str, wanted: str) -> bool:
    """Compared in a time that does not tell how much of it is right."""
    return secrets.compare_digest(given.encode("utf-8", "backslashreplace"), wanted.encode())
