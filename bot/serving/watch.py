"""Looks at the folder again and again, and has what has changed and come to rest served.

It polls. Nobody is told of a change on a network share, where hospitals keep their documents, so that
watchfiles would poll there too; and it takes two looks in any case to know that a file is whole.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Self

from bot.assistant import Assistant
from bot.errors import BotError, CorpusError
from bot.library import VOCABULARY_FILE, read_corpus
from bot.library.look import Look, differing, look_at, mixed, moving
from bot.records import Corpus
from bot.serving.served import Served
from bot.serving.settled import settled

_LOG = logging.getLogger(__name__)
# Two looks that agree make four seconds at most until a file is taken up.
SECONDS_BETWEEN_LOOKS = 2.0
# Looking costs at most this share of a core, however many files there are; and where a slow share makes it
# wait, at most half of the time is spent asking it.
MOST_OF_A_CORE = 0.05
# So long is waited for new passages to be encoded before they are served, for then meaning goes on counting.
# Who puts a library there, a fifth of all or more, has it found by its words first, as at a first start: what
# was taken away must not be quoted until that is done.
PATIENCE_SECONDS, PATIENCE_FOR_MUCH_SECONDS = 120.0, 5.0
MUCH = 0.2
# What could not be taken up is tried again after so long, for a share may falter without a file that differs.
SECONDS_BEFORE_RETRY = 60.0
_FAULT = "The documents changed, but taking them up met a fault of the program's own; the log has it."


class Watch:
    """Keeps what is served up to its folder; `run` is for a thread of its own.

    `see` and `read` look at the folder and read it, or raise CorpusError; `first` is what was seen before the
    served corpus was read.
    """

    def __init__(
        self,
        served: Served,
        *,
        first: Look,
        see: Callable[[], Look],
        read: Callable[[], Corpus],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._served = served
        self._see, self._read, self._clock = see, read, clock
        # What the served corpus was read from, what the last two looks saw, and what could not be taken up.
        self._taken = first
        self._earlier: Look | None = None
        self._seen: Look | None = first
        self._refused: _Refused | None = None
        self._due = clock() + SECONDS_BETWEEN_LOOKS
        self._stopped = threading.Event()

    @classmethod
    def of(cls, served: Served, folder: Path, *, first: Look) -> Self:
        """The watch over a folder."""
        return cls(served, first=first, see=partial(look_at, folder), read=partial(read_corpus, folder))

    def run(self) -> None:
        """Watch until it is stopped."""
        while not self._stopped.wait(self.step()):
            pass

    def stop(self) -> None:
        """Ends `run`, and what it is at, soon."""
        self._stopped.set()

    def step(self) -> float:
        """Look if it is time, take up what changed, encode what is left; the seconds until the next look."""
        try:
            if self._clock() >= self._due:
                self._look()
            wanted = self._wanted()
            if wanted is not None:
                self._try(wanted)
            if self._served.assistant.meaning == "encoding":
                self._served.assistant.encode(enough=self._disturbed)
        except Exception:  # noqa: BLE001 - whatever a reader raises, what is served goes on and is watched
            _LOG.exception(_FAULT)
        return max(self._due - self._clock(), 0.0)

    def _look(self) -> None:
        began, spent = self._clock(), time.thread_time()
        self._earlier, self._seen = self._seen, None
        try:
            self._seen = self._see()
        except BotError as error:
            self._note_trouble(str(error))
        finally:
            cost, took = time.thread_time() - spent, self._clock() - began
            self._due = self._clock() + max(SECONDS_BETWEEN_LOOKS, cost / MOST_OF_A_CORE, took)
        self._served.watched = replace(self._served.watched, looked=datetime.now(UTC))

    def _wanted(self) -> Look | None:
        """The state of the files that is to be served instead of the present one, if there is another.

        Of a file that somebody is writing it is the state that is served.
        """
        if self._earlier is None or self._seen is None:
            return None
        wanted = mixed(self._seen, self._taken, moving(self._earlier, self._seen))
        if wanted == self._taken:
            self._refused = None
            self._note_trouble("")
            return None
        if self._refused is not None and self._refused.look == wanted and self._clock() < self._refused.until:
            self._note_trouble(self._refused.reason)
            return None
        return wanted

    def _disturbed(self) -> bool:
        """Whether there is something that goes before encoding; looks at the folder when it is time."""
        if self._stopped.is_set():
            return True
        if self._clock() < self._due:
            return False
        self._look()
        return self._wanted() is not None

    def _try(self, wanted: Look) -> None:
        """Take a state up or, whatever comes between, say why not and leave it alone for a while."""
        reason = _FAULT
        try:
            self._take_up(wanted)
            reason = ""
        except BotError as error:
            reason = str(error)
        finally:
            until = self._clock() + SECONDS_BEFORE_RETRY
            self._refused = _Refused(wanted, reason, until) if reason else None
            self._note_trouble(reason)

    def _take_up(self, wanted: Look) -> None:
        """Read the folder, make another assistant beside the present one and have it served."""
        if self._served.assistant.index is not None:
            self._renew(wanted)
            return
        before, seen = self._served.assistant, self._seen
        read = self._read()
        self._look()
        if seen is None or self._seen is None:
            raise CorpusError(self._served.watched.trouble)
        # What changed under the reader's hands may have been read by half.
        held = differing(wanted, seen) | differing(seen, self._seen)
        wanted = mixed(wanted, self._taken, held)
        changed = differing(wanted, self._taken)
        corpus = settled(read, before.corpus, held=held, same=wanted.keys() - changed)
        if corpus != before.corpus or VOCABULARY_FILE in changed:
            self._serve(before.over(corpus))
        self._taken = wanted

    def _renew(self, wanted: Look) -> None:
        """Bring an index that lies on disk up to a state of the folder, and have it served."""
        seen = self._seen or {}
        successor = self._served.assistant.renewed(wanted, differing(wanted, seen))
        self._look()
        if self._seen is None:
            raise CorpusError(self._served.watched.trouble)
        # What changed under the reader's hands may have been read by half: it is read again soon.
        if not differing(seen, self._seen) & differing(wanted, self._taken):
            self._serve(successor)
            # A file that went while the index was made is in no look of its own, and is looked for again.
            self._taken = wanted if successor.index is None else successor.index.look

    def _serve(self, successor: Assistant) -> None:
        before, began = self._served.assistant.corpus, self._clock()

        def enough() -> bool:
            patience = PATIENCE_SECONDS if successor.encoded > 1 - MUCH else PATIENCE_FOR_MUCH_SECONDS
            return self._stopped.is_set() or self._clock() - began >= patience

        try:
            successor.encode(enough=enough)
        finally:
            # By words alone where it cannot be encoded: what was taken away is no longer quoted.
            self._served.swap(successor)
            self._served.watched = replace(self._served.watched, changed=datetime.now(UTC))
        for sentence in _told(before, successor.corpus):
            _LOG.info(sentence)

    def _note_trouble(self, trouble: str) -> None:
        """Say it once, in the log and to those who ask for the state of the server."""
        if trouble == self._served.watched.trouble:
            return
        self._served.watched = replace(self._served.watched, trouble=trouble)
        if trouble:
            _LOG.warning("%s Until that is mended, the documents are served as they were before.", trouble)
        else:
            _LOG.info("The documents' folder can be read again.")


@dataclass(frozen=True, slots=True)
class _Refused:
    """A state of the files that could not be taken up, why, and until when it is left alone."""

    look: Look
    reason: str
    until: float


def _told(before: Corpus, now: Corpus) -> list[str]:
    """What an operator is told of a change: how much there is of it, and every new problem."""
    earlier, later = ({document.id: document for document in corpus.heads} for corpus in (before, now))
    changed = sum(earlier[name] != document for name, document in later.items() if name in earlier)
    added, removed = len(later.keys() - earlier.keys()), len(earlier.keys() - later.keys())
    told = f"{added} documents added, {changed} changed, {removed} removed; {len(later)} are served."
    return [told, *(problem.sentence for problem in now.problems if problem not in before.problems)]
