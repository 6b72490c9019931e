"""The words inside the HTML blocks of a Markdown file.

A quote is a slice of the file, so a piece is what stands between the tags of two blocks. Tags inside a
sentence stay in it ("Do <b>not</b> drive" would say the contrary in two pieces), and so do those between the
cells of a row, which could not be told apart without them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape

from bot.reading import text as plain_text
from bot.reading.markdown_tags import PANELS, VOID, Event, scanned
from bot.reading.structure import Piece, PieceKind

# The heading of a folded panel stands below whatever heading it is under.
FOLDED_LEVEL = 9
_INLINE = (
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark nobr q s samp "
    "small span strike strong sub sup time tt u var wbr"
)
# What ends where another of its kind begins, since its closing tag may be left out.
_ENDED_BY = {
    "li": ("li", "p"),
    "p": ("p",),
    "dt": ("dt", "dd", "p"),
    "dd": ("dt", "dd", "p"),
    "td": ("td", "th", "p"),
    "th": ("td", "th", "p"),
    "tr": ("tr", "td", "th", "p"),
}
_HEADING = re.compile("h[1-6]|summary")
_LINE_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_LINE = re.compile(r"[^\r\n]+")
# In cells of these, columns only arrange the page; and so they do where a row is longer than a screen.
_NOT_IN_ROWS = "h1 h2 h3 h4 h5 h6 table ul ol details"
_LONGEST_ROW = 1500
# What is nested more deeply was made to keep the reader busy.
_DEEPEST = 50


class _Words:
    """The span of a sentence that goes on: from its first word to its last, or to the tags around these."""

    def __init__(self) -> None:
        self._opened: int | None = None
        self._first: int | None = None
        self._last = 0
        self._closed = 0
        self._after_tag = False
        self._tags_inside = False
        self._breaks = 0

    def text(self, event: Event) -> None:
        """Takes in some words."""
        if self._first is None:
            self._first = event.start
        self._tags_inside |= self._after_tag
        self._last = self._closed = event.end
        self._after_tag, self._breaks = False, 0

    def tag(self, event: Event) -> bool:
        """Takes in a tag; tells whether it is the second line break on end, which ends the sentence."""
        self._breaks += event.name == "br"
        if self._first is not None:
            self._after_tag = True
            if event.kind == "close":
                self._closed = event.end
        elif event.kind == "close":
            self._opened = None
        elif self._opened is None and event.name not in VOID.split():
            self._opened = event.start
        return self._breaks > 1

    @property
    def span(self) -> tuple[int, int] | None:
        """Where the words are; None where there are none."""
        if self._first is None:
            return None
        if not self._tags_inside:
            return self._first, self._last
        return self._first if self._opened is None else self._opened, self._closed


class HtmlBlocks:
    """The HTML blocks of a file one by one, with the elements that are still open between them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._open: list[Event] = []
        self._unseen: list[str] = []
        self._closings: dict[str, int] = {}
        self._words = _Words()
        self._opens_item = False

    @property
    def is_open(self) -> bool:
        """Whether an element goes on behind the block."""
        return bool(self._open)

    @property
    def noted(self) -> bool:
        """Whether a call-out goes on behind the block; one that is never closed holds nothing."""
        return any(tag.note and self._last_closing(tag.name) > tag.start for tag in self._open)

    @property
    def hides(self) -> bool:
        """Whether an element that nobody sees goes on behind the block."""
        return bool(self._unseen)

    def pieces(self, start: int, stop: int) -> Iterator[Piece]:
        """The headings and blocks of `text[start:stop]`; a "break" where a folded panel ends."""
        events = tuple(scanned(self._text, start, stop))
        place = 0
        while place < len(events):
            event = events[place]
            place += 1
            if self._unseen or event.unseen:
                self._pass(event)
            elif event.kind == "text":
                self._words.text(event)
            elif event.name in _INLINE.split():
                if self._words.tag(event):
                    yield from self._flush()
            elif self._begins_row(event, place) and (end := self._row_end(events, place)):
                yield from self._flush()
                yield from self._row(events[place - (event.name != "tr") : end])
                place = end
            else:
                yield from self._flush()
                yield from self._border(event)
        yield from self._flush()
        if self._unseen and self._last_closing(self._unseen[0]) < stop:
            # Nothing closes it: rather show what was to be hidden than lose all that follows.
            self._unseen.clear()

    def _last_closing(self, name: str) -> int:
        """Where an element of this name is closed for the last time; -1 where none is."""
        if name not in self._closings:
            self._closings[name] = self._text.lower().rfind(f"</{name}")
        return self._closings[name]

    def _pass(self, event: Event) -> None:
        if event.kind == "open" and event.name not in VOID.split() and len(self._unseen) < _DEEPEST:
            self._unseen.append(event.name)
        elif event.kind == "close" and event.name in self._unseen:
            del self._unseen[len(self._unseen) - 1 - self._unseen[::-1].index(event.name) :]

    def _border(self, event: Event) -> Iterator[Piece]:
        if event.kind == "open" and event.name not in VOID.split() and len(self._open) < _DEEPEST:
            while self._open and self._open[-1].name in _ENDED_BY.get(event.name, ()):
                self._open.pop()
            self._open.append(event)
            if event.title is not None:
                yield Piece("heading", *event.title, level=FOLDED_LEVEL)
            self._opens_item = event.name == "li" or (self._opens_item and event.name not in ("ul", "ol"))
        elif event.kind == "close" and event.name in (names := [tag.name for tag in self._open]):
            del self._open[len(names) - 1 - names[::-1].index(event.name) :]
            if event.name in ("li", "ul", "ol"):
                self._opens_item = False
            if event.name in ("details", *PANELS.split()):
                yield Piece("break", event.end, event.end)

    def _flush(self) -> Iterator[Piece]:
        span, self._words = self._words.span, _Words()
        if span is None:
            return
        names = [tag.name for tag in self._open]
        heading = next((name for name in reversed(names) if _HEADING.fullmatch(name)), None)
        if heading is not None:
            level = FOLDED_LEVEL if heading == "summary" else int(heading[1])
            name = unescape(_TAG.sub("", _LINE_BREAK.sub(" ", self._text[span[0] : span[1]])))
            yield Piece("heading", *span, level=level, name=" ".join(name.split()))
            return
        depth = max(sum(name in ("ul", "ol") for name in names) - 1, 0)
        opens, self._opens_item = self._opens_item, False
        kind: PieceKind = "item" if opens else "paragraph"
        if "dd" in names[-1:] or self.noted:
            kind = "note"
        if kind == "paragraph":
            yield from self._lines(*span)
        else:
            yield Piece(kind, *span, depth=depth if kind == "item" else 0, marked=kind == "item")

    def _lines(self, start: int, stop: int) -> Iterator[Piece]:
        """A text between two tags, which may be a list or a table: Markdown without a blank line."""
        spans = (match.span() for match in _LINE.finditer(self._text, start, stop))
        for piece in plain_text.pieces(self._text, plain_text.lines(self._text, spans)):
            if piece.kind != "break":
                yield replace(piece, kind="paragraph", level=1) if piece.kind == "heading" else piece

    def _begins_row(self, event: Event, place: int) -> bool:
        if event.kind != "open":
            return False
        goes_on = place == 1 and bool(self._open) and self._open[-1].name == "tr"
        return event.name == "tr" or (goes_on and event.name in ("td", "th"))

    def _row_end(self, events: Sequence[Event], place: int) -> int:
        """The place behind a row that tells something of a table; 0 where its cells only arrange the page."""
        end = place
        while end < len(events) and events[end].name not in ("tr", "tbody", "thead", "tfoot"):
            if events[end].kind == "open" and events[end].name in _NOT_IN_ROWS.split():
                return 0
            if events[end].name == "table":
                break
            end += 1
        first = place - (events[place - 1].name != "tr")
        cells = [event for event in events[first:end] if event.kind == "open" and event.name in ("td", "th")]
        if len(cells) < 2 or events[end - 1].end - cells[0].end > _LONGEST_ROW:
            return 0
        return end

    def _row(self, events: Sequence[Event]) -> Iterator[Piece]:
        cells = [event for event in events if event.name in ("td", "th")]
        opened = [cell for cell in cells if cell.kind == "open"]
        first = opened[0].end
        last = cells[-1].start if cells[-1].kind == "close" else events[-1].end
        whole = self._text[first:last]
        words = whole.strip()
        if not any(event.kind == "text" for event in events) or not words:
            return
        start = first + len(whole) - len(whole.lstrip())
        header = all(cell.name == "th" for cell in opened) or any(tag.name == "thead" for tag in self._open)
        yield Piece("row", start, start + len(words), header=header)
