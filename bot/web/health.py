"""What is served in, how it is out: for those who watch over the server, but open to all who reach it."""

import asyncio
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime

from bot.indexing.kept import KeptIndex
from bot.serving import Served

# The reason may name folders of the machine: it is in the log, for the operator alone.
_TROUBLE = (
    "The documents as they are now cannot be read, so they are served as they were before; see the log."
)
_STARTING = "The documents are being read."
# Whoever watches a server takes one that is silent for much longer for dead.
_PATIENCE_SECONDS = 2.0
_AWAY = "The search engine that the passages are in cannot be asked; see the log."


@dataclass(frozen=True, slots=True)
class Readiness:
    """Why the server is not ready, a sentence each; none where it is."""

    reasons: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """The status of the answer that says so."""
        return 503 if self.reasons else 200

    def told(self) -> dict[str, object]:
        """The object of `/readyz`."""
        return {"ready": not self.reasons, "reasons": list(self.reasons)}


STARTING = Readiness((_STARTING,))


class Ready:
    """Tells whether questions are answered from the documents as they are now.

    Where passages are looked up in a cluster, that is asked, beside all else and once at a time: one that is
    silent counts as away after so many `seconds`.
    """

    def __init__(self, served: Served, *, seconds: float = _PATIENCE_SECONDS) -> None:
        self._served = served
        self._seconds = seconds
        self._asking = threading.Lock()
        self._asked: Future[bool] | None = None

    def now(self) -> Readiness:
        """Whether it is."""
        try:
            return self._told(answers=self._answers().result(self._seconds))
        except TimeoutError:
            return self._told(answers=False)

    async def soon(self) -> Readiness:
        """The same, keeping nobody else waiting."""
        # Others wait for the same answer: who waits no longer must not take it from them.
        answer = asyncio.shield(asyncio.wrap_future(self._answers()))
        try:
            return self._told(answers=await asyncio.wait_for(answer, self._seconds))
        except TimeoutError:
            return self._told(answers=False)

    def _told(self, *, answers: bool) -> Readiness:
        return Readiness((_TROUBLE,) * bool(self._served.watched.trouble) + (_AWAY,) * (not answers))

    def _answers(self) -> Future[bool]:
        """Whether passages can be looked up, as soon as it is known."""
        with self._asking:
            if self._asked is None or self._asked.done():
                self._asked = Future()
                index = self._served.assistant.index
                if index is None:
                    self._asked.set_result(True)
                else:
                    threading.Thread(target=_ask, args=(index, self._asked), daemon=True).start()
            return self._asked


def _ask(index: KeptIndex, answer: Future[bool]) -> None:
    try:
        answer.set_result(index.answers())
    finally:
        # Whatever it met, nobody is to wait for it for ever.
        if not answer.done():
            answer.set_result(False)


def health(served: Served) -> dict[str, object]:
    """The object of `/healthz`; its status is "stale" while the documents cannot be read as they are now."""
    assistant, watched = served.assistant, served.watched
    corpus = assistant.corpus
    return {
        "status": "stale" if watched.trouble else "ok",
        "documents": len(corpus.documents),
        "problems": len(corpus.problems),
        "corpus": corpus.digest,
        "looked": _told(watched.looked),
        "changed": _told(watched.changed),
        "trouble": _TROUBLE if watched.trouble else None,
        "meaning": {"state": assistant.meaning, "encoded": round(assistant.encoded, 3)},
    }


def _told(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
