"""Conversations, kept in memory on the server: what a browser sends as its history is never believed."""

import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.records import Turn
from bot.settings import Talking

# What a browser makes up for itself and for each of its tabs cannot be guessed.
_KEY = re.compile(r"[0-9a-f]{32}")
# What a page writes behind its key where its tab had a conversation before the page was loaded.
EXPECTED = ".expected"


@dataclass(frozen=True, slots=True)
class _Kept:
    """The turns; `earlier` are those before the last change, None without one.

    `lost` are the questions before them that were forgotten too early, as far as the page still knows them;
    None where nothing was lost.
    """

    turns: tuple[Turn, ...]
    touched: float
    browser: str = ""
    earlier: tuple[Turn, ...] | None = None
    lost: tuple[str, ...] | None = None


class Conversations:
    """Turns by conversation, under ids that cannot be guessed; the longest idle go first.

    The bounds on the memory that they take are those that ship unless others are given.
    """

    def __init__(self, bounds: Talking | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._bounds = bounds or Talking()
        self._clock = clock
        # In the order in which they were touched.
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.RLock()

    def __len__(self) -> int:
        return len(self._kept)

    def begin(self, *, lost: bool = False) -> str:
        """The id of a new, empty conversation; `lost` says that it goes on with one that is unknown."""
        conversation = secrets.token_urlsafe(16)
        self._put(conversation, _Kept((), self._clock(), lost=() if lost else None))
        return conversation

    def turns(self, conversation: str | None) -> tuple[Turn, ...] | None:
        """What was said so far; None for a conversation that is unknown or forgotten."""
        kept = self._find(conversation)
        return None if kept is None else kept.turns

    def lost(self, conversation: str | None) -> tuple[str, ...] | None:
        """The questions before the turns that were lost, as far as they are known; None where none were."""
        kept = self._find(conversation)
        return None if kept is None else kept.lost

    def enter(
        self, conversation: str, browser: str, shown: Sequence[str] = (), *, lost: bool = False
    ) -> bool:
        """Begin a conversation under an id of the browser's own, unless it goes on already.

        True if the page still shows these questions of it: it was lost. `lost` says so of one whose questions
        nobody knows any more.
        """
        with self._lock:
            begins = self._find(conversation) is None
            if begins:
                known = tuple(shown) if shown or lost else None
                self._put(conversation, _Kept((), self._clock(), browser, lost=known))
            return begins and bool(shown)

    def add(self, conversation: str, turn: Turn, *, instead_of: int = 0) -> None:
        """Append a turn, in the place of so many of the latest; the oldest fall off.

        A conversation that was forgotten while the question was answered stays forgotten.
        """
        # The ranking is for the answer's receiver: nobody comes back to it.
        small = replace(turn, answer=replace(turn.answer, ranked=()))
        with self._lock:
            old = self._find(conversation)
            if old is not None:
                turns = (*before(old.turns, instead_of), small)[-self._bounds.conversation_turns :]
                self._put(conversation, replace(old, turns=turns, touched=self._clock()))

    def change(self, conversation: str, turns: tuple[Turn, ...]) -> None:
        """Put other turns in the place of those there are, which `bring_back` brings back."""
        with self._lock:
            old = self._find(conversation)
            if old is not None:
                self._put(conversation, replace(old, turns=turns, touched=self._clock(), earlier=old.turns))

    def recover(self, conversation: str, turns: tuple[Turn, ...]) -> None:
        """Put the turns there that were lost and have been asked again; `bring_back` undoes it."""
        with self._lock:
            self.change(conversation, turns[-self._bounds.conversation_turns :])
            old = self._find(conversation)
            if old is not None:
                self._put(conversation, replace(old, lost=None))

    def bring_back(self, conversation: str) -> bool:
        """Undo the last change, which can be redone in the same way; False if there was none."""
        with self._lock:
            old = self._find(conversation)
            if old is None or old.earlier is None:
                return False
            self._put(conversation, replace(old, turns=old.earlier, touched=self._clock(), earlier=old.turns))
            return True

    def can_bring_back(self, conversation: str) -> bool:
        """Whether there is a change to undo, or something lost to be asked again."""
        kept = self._find(conversation)
        return kept is not None and (kept.earlier is not None or bool(kept.lost))

    def forget(self, conversation: str) -> None:
        """Drop all that was said."""
        with self._lock:
            self._kept.pop(conversation, None)

    def forget_browser(self, browser: str) -> None:
        """Drop every conversation of a browser."""
        with self._lock:
            for conversation in [name for name, kept in self._kept.items() if browser == kept.browser]:
                self.forget(conversation)

    def sweep(self) -> None:
        """Throw away what nobody has gone on with for too long."""
        oldest = self._clock() - self._bounds.conversation_minutes * 60
        with self._lock:
            for conversation in [name for name, kept in self._kept.items() if kept.touched < oldest]:
                self.forget(conversation)

    def _find(self, conversation: str | None) -> _Kept | None:
        with self._lock:
            self.sweep()
            return self._kept.get(conversation or "")

    def _put(self, conversation: str, kept: _Kept) -> None:
        with self._lock:
            self._kept[conversation] = kept
            self._kept.move_to_end(conversation)
            while len(self._kept) > self._bounds.conversations:
                self._kept.popitem(last=False)


def before(turns: tuple[Turn, ...], taken_back: int) -> tuple[Turn, ...]:
    """The turns without so many of the latest."""
    return turns[: max(len(turns) - taken_back, 0)]


def keys(given: str, *, otherwise: str) -> tuple[str, str]:
    """The browser and the conversation that a page names as "BROWSER.TAB", else `otherwise` for both."""
    browser, _, tab = given.removesuffix(EXPECTED).partition(".")
    return (browser, tab) if _KEY.fullmatch(browser) and _KEY.fullmatch(tab) else (otherwise, otherwise)
