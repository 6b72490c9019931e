"""Boxes and panels that a site generator makes of its own directives, which Markdown takes for text.

`{{< callout >}}` and `{{% tab "Adults" %}}` of Hugo, `{% hint %}` of GitBook, `=== "Adults"` of MkDocs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.reading.markdown_boxes import FOLDED, NOTES
from bot.reading.markdown_html import FOLDED_LEVEL
from bot.reading.structure import Piece

_TABS = "tab tabitem tabpane accordion accordionitem expand expander expandable faq question toggle"
_DIRECTIVE = re.compile(
    r"^[ \t>]*\{[{%][<%]?[ \t]*(?P<closes>/[ \t]*|end)?(?P<kind>[\w-]+)"
    r"(?P<rest>[^{}\r\n]{0,300})\}{1,2}[ \t]*\r?$",
    re.MULTILINE,
)
_CLOSING = re.compile(r"\{[{%][<%]?[ \t]*(?:/[ \t]*|end)(?P<kind>[\w-]+)")
_TITLE = re.compile(
    r"(?:\b(?:title|header|heading|name|label|summary)[ \t]*=[ \t]*|^[ \t]*)\"(?P<title>[^\"]*\w[^\"]*)\""
)
_TAB = re.compile(r"===[+!]?[ \t]+\"(?P<title>[^\"\r\n]+)\"[ \t]*\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a paragraph, directives and all; `noted` where it stands in a call-out."""

    start: int
    end: int
    noted: bool


class Shortcodes:
    """The boxes that directives have opened at a place of the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._open: list[tuple[str, str]] = []
        self._in_tab = False
        # Where each kind is closed for the last time: one that never is holds nothing.
        self._closings = {found["kind"].lower(): found.start() for found in _CLOSING.finditer(text)}

    def over(self, start: int, end: int) -> Iterator[Stretch | Piece]:
        """Goes over a paragraph: what stands in it, with the headings and ends of panels."""
        tab = _TAB.match(self._text, start, end)
        if tab is not None:
            self._in_tab = True
            yield Piece("heading", *tab.span("title"), level=FOLDED_LEVEL)
            start = tab.end()
        for found in _DIRECTIVE.finditer(self._text, start, end):
            yield from self._stretch(start, found.start())
            yield from self._directive(found)
            start = found.end()
        yield from self._stretch(start, end)

    def left(self, place: int) -> Iterator[Piece]:
        """Leaves a tab of MkDocs, whose text is what stands farther in, for a block at this place."""
        if self._in_tab and _TAB.match(self._text, place) is None:
            self._in_tab = False
            yield Piece("break", place, place)

    def _stretch(self, start: int, end: int) -> Iterator[Stretch]:
        if start < end:
            yield Stretch(start, end, any(way == "note" for _, way in self._open))

    def _directive(self, found: re.Match[str]) -> Iterator[Stretch | Piece]:
        kind = found["kind"].lower()
        if found["closes"]:
            yield from self._close(kind, found.end())
            return
        title = _TITLE.search(found["rest"])
        folds = kind in _TABS.split() or kind in FOLDED.split()
        if self._closings.get(kind, -1) > found.start():
            self._open.append((kind, "panel" if folds and title else "note" if kind in NOTES.split() else ""))
        if folds and title is not None:
            first = found.start("rest")
            yield Piece(
                "heading", first + title.start("title"), first + title.end("title"), level=FOLDED_LEVEL
            )
        else:
            yield from self._stretch(*found.span())

    def _close(self, kind: str, place: int) -> Iterator[Piece]:
        kinds = [opened for opened, _ in self._open]
        if kind not in kinds:
            return
        first = len(kinds) - 1 - kinds[::-1].index(kind)
        panel = any(way == "panel" for _, way in self._open[first:])
        del self._open[first:]
        if panel:
            yield Piece("break", place, place)
