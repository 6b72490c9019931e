"""What is served in, how it is out: for those who watch over the server, but open to all who reach it."""

from dataclasses import dataclass
from datetime import datetime

from bot.serving import Served

# The reason may name folders of the machine: it is in the log, for the operator alone.
_TROUBLE = (
    "The documents as they are now cannot be read, so they are served as they were before; see the log."
)
STARTING = "The documents are being read."
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


def readiness(served: Served | None) -> Readiness:
    """Whether questions are answered from the documents as they are now; None is served while it starts.

    Where passages are looked up in a cluster, that is asked, which may take seconds.
    """
    if served is None:
        return Readiness((STARTING,))
    index = served.assistant.index
    away = index is not None and not index.answers()
    return Readiness((_TROUBLE,) * bool(served.watched.trouble) + (_AWAY,) * away)


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
