"""What is served in, how it is out: for those who watch over the server, but open to all who reach it."""

from datetime import datetime

from bot.serving import Served

# The reason may name folders of the machine: it is in the log, for the operator alone.
_TROUBLE = (
    "The documents as they are now cannot be read, so they are served as they were before; see the log."
)


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
