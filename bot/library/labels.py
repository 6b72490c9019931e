"""A document in, the same out with names that can be shown: its title, its headings, who published it.

What they are taken from may hold anything. A quote keeps every character of its source; a name stands in
sentences and lists of the page's own, which it must not turn round, hide in or push aside.
"""

import unicodedata
from dataclasses import replace
from pathlib import PurePosixPath

from bot.records import Document, Reference, Section

# Longer ones are whole paragraphs that were set like headings.
MOST_CHARACTERS = 300
_CUT = "\N{HORIZONTAL ELLIPSIS}"
# Of the signs that are not seen, these join or part letters, or say which way a neighbour is read.
_NEEDED = frozenset("\u200c\u200d\u200e\u200f\u061c")


def labelled(document: Document) -> Document:
    """The document with names of one short line, without signs that are not seen or that turn text round."""
    return replace(
        document,
        title=label(document.title) or label(PurePosixPath(document.id).stem) or document.id,
        publisher=_known(document.publisher),
        published=_known(document.published),
        revised=_known(document.revised),
        reviewed=_known(document.reviewed),
        references=tuple(map(_reference, document.references)),
        sections=tuple(map(_section, document.sections)),
    )


def label(text: str) -> str:
    """A name on one line, cut where it is too long."""
    seen = (" " if sign.isspace() else sign for sign in text if sign.isspace() or _is_seen(sign))
    line = " ".join("".join(seen).split())
    return line if len(line) <= MOST_CHARACTERS else line[: MOST_CHARACTERS - 1].rstrip() + _CUT


def _is_seen(sign: str) -> bool:
    return sign in _NEEDED or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co")


def _known(text: str | None) -> str | None:
    return (label(text) or None) if text else None


def _reference(reference: Reference) -> Reference:
    return replace(
        reference,
        title=label(reference.title) or reference.mark,
        publisher=_known(reference.publisher),
        published=_known(reference.published),
        revised=_known(reference.revised),
    )


def _section(section: Section) -> Section:
    return replace(section, heading=tuple(filter(None, map(label, section.heading))))
