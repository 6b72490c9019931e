"""A document and its passages in, the whole of its text by what becomes of it out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.records import Document, Passage, Section

# "passage" can be quoted; "lost" is text that belongs to no passage although nothing speaks against it.
StretchKind = Literal["passage", "heading", "bibliography", "leftover", "facts", "lost", "blank"]
_FACTS = re.compile(r"\A\ufeff?---[ \t]*\r?\n.*?^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"[^\r\n]*")
_TELLING = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A slice of a document's text, and what becomes of it.

    A "heading", which the title is too, and a "bibliography" are shown around passages but answer nothing;
    a "leftover" is what a web page leaves behind, "facts" the block at the head of a Markdown file, and
    what is "blank" has neither letters nor digits.
    """

    kind: StretchKind
    start: int
    end: int


def stretches(document: Document, passages: Sequence[Passage]) -> tuple[Stretch, ...]:
    """The whole text of a document in order, cut where the kind changes; `passages` are the document's."""
    return tuple(_stretches(document, passages))


def shares(document: Document, found: Iterable[Stretch]) -> Mapping[StretchKind, float]:
    """Which share of a document's text is of each kind, in characters that are not white.

    What a Markdown file says of itself at its head is no text of it.
    """
    counts: dict[StretchKind, int] = {}
    for stretch in found:
        if stretch.kind not in ("facts", "blank"):
            count = len("".join(document.text[stretch.start : stretch.end].split()))
            counts[stretch.kind] = counts.get(stretch.kind, 0) + count
    whole = sum(counts.values())
    return {kind: count / whole for kind, count in counts.items()} if whole else {}


def _stretches(document: Document, passages: Sequence[Passage]) -> Iterator[Stretch]:
    known = [*_known(document), *(Stretch("passage", one.start, one.end) for one in passages)]
    at = 0
    for stretch in sorted(known, key=lambda stretch: stretch.start):
        start = max(stretch.start, at)
        if start < stretch.end:
            yield from _told(document.text, "lost", at, start)
            yield from _told(document.text, stretch.kind, start, stretch.end)
            at = stretch.end
    yield from _told(document.text, "lost", at, len(document.text))


def _known(document: Document) -> Iterator[Stretch]:
    """The stretches outside the passages that are there for a reason."""
    first = document.sections[0].start if document.sections else len(document.text)
    facts = _FACTS.match(document.text, 0, first)
    head = facts.end() if facts else 0
    yield Stretch("facts", 0, head)
    if _bare(document.text[head:first]) == _bare(document.title):
        yield Stretch("heading", head, first)
    for section in document.sections:
        if section.role != "body":
            yield Stretch(section.role, section.start, section.end)
        elif section.heading or not section.blocks or section.start < section.blocks[0].start:
            yield _heading(document.text, section)


def _bare(text: str) -> str:
    return "".join(_TELLING.findall(text))


def _heading(text: str, section: Section) -> Stretch:
    """A section's heading: its first line."""
    line = _LINE.match(text, section.start)
    end = line.end() if line else section.start
    return Stretch("heading", section.start, min(end, section.blocks[0].start) if section.blocks else end)


def _told(text: str, kind: StretchKind, start: int, end: int) -> Iterator[Stretch]:
    if start < end:
        yield Stretch(kind if _TELLING.search(text, start, end) else "blank", start, end)
