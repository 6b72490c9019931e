"""A question as a file gives it, before its answers are looked up in the corpus."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GoldEntry:
    """One right answer as written: exact words, a span, or a graded whole document.

    `relevant_from` is the least grade that counts as right, for a document of a graded set.
    """

    where: str
    doc: str
    text: str | None = None
    start: int | None = None
    end: int | None = None
    grade: int | None = None
    relevant_from: int = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One question as written; `where` names file and line for messages."""

    where: str
    id: str
    question: str
    kind: str = "all"
    history: tuple[str, ...] = ()
    answers: tuple[GoldEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Entries:
    """What a file holds, and sentences on what was guessed or is not used."""

    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()
