"""Call-outs and folded panels of Markdown, in the forms of site generators and programs for notes."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from bot.reading.markdown_html import FOLDED_LEVEL
from bot.reading.markdown_lines import LineSpans
from bot.reading.structure import Piece

# "> [!WARNING]", with a title of its own or without.
CALL_OUT = re.compile(
    r"(?:\[!\w+\][+-]?|(?:\*\*|__)(?:note|warning|caution|danger|tip|important|info|attention)"
    r":?(?:\*\*|__):?(?=[ \t]*[\r\n]))"
    r"[ \t]*(?:[\r\n]+[ \t>]*)?(?P<title>)",
    re.IGNORECASE,
)
# "> ⚠️ **Warning:** ...", which is quoted with its first word.
_WARNED = re.compile(
    r"[^\w\s]*\s*(?:\*\*|__)?(?:note|warning|caution|danger|tip|important|attention)\b"
    r"[\w ]{0,30}(?:[:!]|\*\*|__)",
    re.IGNORECASE,
)
# "!!! warning", "::: tip Title", ":::note[Title]", "```{note}".
_BOX = re.compile(r"[ \t{.]*(?:ad-)?(?P<kind>[\w-]+)\}?[\s\[\"]*(?P<title>[^\[\]{}\"=]*)")
NOTES = (
    "note warning caution danger tip info important alert hint attention error notice success seealso "
    "callout admonition"
)
FOLDED = "details collapse spoiler"


def is_note(stated: str) -> bool:
    """Whether what is said of a block makes it a call-out ("warning", "{tip}", "ad-info")."""
    box = _BOX.match(stated)
    return box is not None and box.group("kind").lower() in NOTES.split()


class Boxes:
    """The quotations and boxes that are open at a place of the text."""

    def __init__(self, lines: LineSpans) -> None:
        self._lines = lines
        self._open: list[str] = []

    @property
    def noted(self) -> bool:
        """Whether what stands here is a note."""
        return "note" in self._open

    def open(self, token: Token, following: Sequence[Token]) -> Iterator[Piece]:
        """Goes into a box; its title, if it has one, is quoted with it or heads it."""
        if token.type == "blockquote_open":
            words = following[-1].content if following else ""
            called = CALL_OUT.match(words) or _WARNED.match(words)
            self._open.append("note" if called else "")
            return
        stated = _BOX.match(token.info)
        folded = token.markup.startswith("?") or (
            stated is not None and stated.group("kind").lower() in FOLDED.split()
        )
        noted = is_note(token.info) or token.type == "admonition_open"
        self._open.append("folded" if folded else "note" if noted else "")
        if stated is None or token.map is None or not stated.group("title").strip():
            return
        start = self._lines.ends[token.map[0]] - len(token.info) + stated.start("title")
        span = start, start + len(stated.group("title").rstrip())
        if folded:
            yield Piece("heading", *span, level=FOLDED_LEVEL)
        elif noted:
            yield Piece("note", *span)

    def close(self, last: Piece | None) -> Iterator[Piece]:
        """Leaves the innermost box behind the last piece; a folded panel ends with a "break"."""
        if self._open.pop() == "folded" and last is not None:
            yield Piece("break", last.end, last.end)
