"""Conversations, kept in memory on the server: what a browser sends as its history is never believed."""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.records import Turn

# Bounds on memory: so many conversations at once, so many turns in each, so long after the last question.
MOST_CONVERSATIONS = 2_000
MOST_TURNS = 20
LONGEST_IDLE_SECONDS = 2 * 60 * 60


@dataclass(frozen=True, slots=True)
class _Kept:
    turns: tuple[Turn, ...]
    touched: float


class Conversations:
    """Turns by conversation, under ids that cannot be guessed; the longest idle go first."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        # In the order in which they were touched.
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def begin(self) -> str:
        """The id of a new, empty conversation."""
        conversation = secrets.token_urlsafe(16)
        with self._lock:
            self._put(conversation, ())
        return conversation

    def turns(self, conversation: str | None) -> tuple[Turn, ...] | None:
        """What was said so far; None for a conversation that is unknown or forgotten."""
        self.sweep()
        with self._lock:
            kept = self._kept.get(conversation or "")
            return None if kept is None else kept.turns

    def add(self, conversation: str, turn: Turn, *, instead_of: int = 0) -> None:
        """Append a turn, in the place of so many of the latest; the oldest fall off.

        A conversation that was forgotten while the question was answered stays forgotten.
        """
        # The ranking is for the answer's receiver: nobody comes back to it.
        small = replace(turn, answer=replace(turn.answer, ranked=()))
        with self._lock:
            kept = self._kept.get(conversation)
            if kept is not None:
                self._put(conversation, (*before(kept.turns, instead_of), small)[-MOST_TURNS:])

    def forget(self, conversation: str) -> None:
        """Drop all that was said."""
        with self._lock:
            self._kept.pop(conversation, None)

    def sweep(self) -> None:
        """Drop what was said in conversations that have been idle for too long."""
        with self._lock:
            while self._kept and self._is_idle(next(iter(self._kept.values()))):
                self._kept.popitem(last=False)

    def _put(self, conversation: str, turns: tuple[Turn, ...]) -> None:
        self._kept[conversation] = _Kept(turns, self._clock())
        self._kept.move_to_end(conversation)
        while len(self._kept) > MOST_CONVERSATIONS:
            self._kept.popitem(last=False)

    def _is_idle(self, kept: _Kept) -> bool:
        return self._clock() - kept.touched > LONGEST_IDLE_SECONDS


def before(turns: tuple[Turn, ...], taken_back: int) -> tuple[Turn, ...]:
    """The turns without so many of the latest."""
    return turns[: max(len(turns) - taken_back, 0)]
