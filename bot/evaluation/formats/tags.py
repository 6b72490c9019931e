"""A text with tags in, elements and their words out.

Published sets are marked up by hand, with ampersands and tags that an XML parser refuses. They are read all
the same.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Element:
    """An element: its attributes and its content as they stand, and its line, from 1."""

    attributes: str
    content: str
    line: int

    def attribute(self, *names: str) -> str | None:
        """The value of the first of these attributes that is there."""
        for name in names:
            found = re.search(rf"""\b{name}\s*=\s*["']([^"']+)["']""", self.attributes, re.IGNORECASE)
            if found:
                return found[1].strip()
        return None

    def words(self, *names: str) -> str:
        """The words of the first of these elements inside that has any."""
        for name in names:
            for inner in elements(self.content, name):
                text = plain(inner.content)
                if text:
                    return text
        return ""


def elements(text: str, name: str) -> Iterator[Element]:
    """The elements of a name, whatever its case; `name` is a pattern.

    The text is gone through once: what is never closed must not be looked for from each place that opens it.
    """
    opened: re.Match[str] | None = None
    line, counted = 1, 0
    for tag in re.finditer(
        rf"<(?:(?P<name>{name})\b(?P<attributes>[^<>]*)|/(?P<ended>{name})\s*)>", text, re.I
    ):
        if opened is None and tag["name"] is not None:
            opened = tag
        elif (
            opened is not None and tag["ended"] is not None and tag["ended"].lower() == opened["name"].lower()
        ):
            line += text.count("\n", counted, opened.start())
            counted = opened.start()
            yield Element(opened["attributes"], text[opened.end() : tag.start()], line)
            opened = None


def plain(text: str) -> str:
    """The words without tags, one blank between them."""
    return " ".join(unescape(_TAG.sub(" ", text)).split())
