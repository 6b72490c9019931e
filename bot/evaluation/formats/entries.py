"""A question as a file gives it, before its answers are looked up in the corpus."""

from dataclasses import dataclass

NOT_ANSWERED = "They count as questions that the sources do not answer."


@dataclass(frozen=True, slots=True)
class GoldEntry:
    """One right answer as written: exact words, a span, or a graded whole document.

    Without `doc` the words, or the `context` that the spans of `alternatives` count in, are looked for in
    every document. `relevant_from` is the least grade that counts as right; `by_stem` lets `doc` leave out
    the ending of a file's name. One with a `fault` is wrong by itself, whatever the corpus has.
    """

    where: str
    doc: str | None
    text: str | None = None
    start: int | None = None
    end: int | None = None
    grade: int | None = None
    relevant_from: int = 2
    by_stem: bool = False
    context: str | None = None
    alternatives: tuple[tuple[int, int], ...] = ()
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One question as written; `where` names file and line for messages.

    `of` is the id of the question that this is another form of, `article` what it was asked about. One that
    is not `judged` has no answers because nobody looked for any, and not because there are none.
    """

    where: str
    id: str
    question: str
    kind: str = "all"
    history: tuple[str, ...] = ()
    of: str | None = None
    answers: tuple[GoldEntry, ...] = ()
    judged: bool = True
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Carried:
    """A document that comes with a set: `name` is the id that judgements know it by, or its title."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Entries:
    """What a file holds, sentences on what was guessed or is not used, and on what is wrong."""

    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
