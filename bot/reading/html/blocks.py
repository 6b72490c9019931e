"""The blocks that collected lines become: paragraphs, items with their numbers, headings and notes."""

from collections.abc import Sequence

from bot.reading.headlines import reads_as_heading
from bot.reading.html.entries import Entry, entries_of, paragraphs
from bot.reading.html.lines import Line, Lines
from bot.reading.layout import Layout


class Blocks:
    """Collects the text of a block and lays it out when the block ends."""

    def __init__(self, *, in_cell: bool) -> None:
        self.layout = Layout()
        self.lines = Lines()
        # How many lists are open, and what opens the item that is being read: its number, "" for a bullet.
        self.lists = 0
        self.item: str | None = None
        # The level of what looks like a heading.
        self.level = 2
        self.in_note = False
        self._note_heading = ""
        self._in_cell = in_cell

    def flush(self) -> None:
        """Ends the block that is being collected."""
        for group in paragraphs(self.lines.taken()):
            self._group(group)

    def heading(self, words: str, *, level: int) -> None:
        """Adds a heading. One in a box is said with the text of the box, one in a list with its number."""
        if self.in_note:
            self._note_heading = words
            return
        number, self.item = self.item, None
        numbered = f"{number} {words}" if number and not words[0].isdigit() else words
        self.layout.add("heading", numbered, level=level)

    def end_note(self) -> None:
        """Ends a box; a heading with nothing under it is its text."""
        self.flush()
        self._note("")
        self.in_note = False

    def _group(self, lines: Sequence[Line]) -> None:
        """Lays out lines that stand together: text, with a bold heading above it or a list in it."""
        first, *others = lines
        if others and first.bold and not others[0].bold and self._is_free and reads_as_heading(first.words):
            self.layout.add("heading", first.words, level=self.level)
            lines = others
        for entry in entries_of(lines, each_line=self._in_cell):
            self._entry(entry)
            self.item = None

    @property
    def _is_free(self) -> bool:
        return not self.lists and not self.in_note and not self._in_cell

    def _entry(self, entry: Entry) -> None:
        number = self.item if entry.number is None else entry.number
        if self.in_note:
            self._note(entry.words if number is None else f"{number or '•'} {entry.words}")
        elif number is None:
            self.layout.add("paragraph", entry.words)
        else:
            depth = self.lists - (entry.number is None or self.item is not None)
            if number:
                self.layout.add_numbered(number, entry.words, depth=depth)
            else:
                self.layout.add("item", entry.words, depth=depth)

    def _note(self, words: str) -> None:
        heading, self._note_heading = self._note_heading, ""
        if heading and words:
            words = f"{heading} {words}" if heading[-1] in ".:!?" else f"{heading}: {words}"
        self.layout.add("note", words or heading)
