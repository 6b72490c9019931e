"""What is served now: the assistant that everybody asks, and what was served before it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.assistant import Assistant
from bot.records import Document

# How a document stands to one with its id that was quoted: the same, with another text, or no longer there.
Standing = Literal["identical", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class Watched:
    """When the folder was last looked at, when what is served last changed, and why it is not the latest.

    `trouble` is a sentence to the operator, "" where there is none.
    """

    looked: datetime | None = None
    changed: datetime | None = None
    trouble: str = ""


class Served:
    """Holds the assistant over the documents as they are now, and is given another when they change.

    Whoever answers a request takes `assistant` once, and asks that one to the end: what is shown of one
    answer then comes from one state of the documents.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.watched = Watched()
        self._first: dict[str, str] = {}
        self._replaced: set[str] = set()
        self._note_versions(assistant)

    @property
    def assistant(self) -> Assistant:
        """The one to ask now."""
        return self._assistant

    def swap(self, assistant: Assistant) -> None:
        """From here on another is asked; whoever took the last one keeps it."""
        self._note_versions(assistant)
        self._assistant = assistant

    def knew(self, doc: str) -> bool:
        """Whether a document of this id has been served since the start."""
        return doc in self._first

    def standing(self, doc: str, digest: str | None, now: Document | None) -> Standing:
        """How a document, None for none, stands to the one of which `digest` is known.

        Without a digest, whoever asks may mean any version that has been served since the start.
        """
        if now is None:
            return "gone"
        quoted = self._first.get(doc) if digest is None else digest
        replaced = digest is None and doc in self._replaced
        return "changed" if replaced or now.digest != quoted else "identical"

    def _note_versions(self, assistant: Assistant) -> None:
        for document in assistant.corpus.heads:
            if self._first.setdefault(document.id, document.digest) != document.digest:
                self._replaced.add(document.id)
