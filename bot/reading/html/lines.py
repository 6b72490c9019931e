"""The text that is being collected: inline elements put together, cut into the page's own lines."""

import re
from dataclasses import dataclass

from bot.reading.layout import clean

_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_POWER = re.compile(r"[+\-−]?\d{1,3}")
_UNIT = re.compile(r"(?:\d|\b(?:[kcmdµμn]?m|s|h|min|kg|l))$")
_ORDINAL = re.compile(r"st|nd|rd|th|tm|sm|®|[*†‡§]+", re.IGNORECASE)
# Where two elements meet without a blank between their words, as boxes beside each other do.
_SENTENCES_MEET = re.compile(r"(?:[^\W\d_]{2}[.!?:;]|[a-z]{3})\n[A-Z][a-z]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of clean text, empty where the page leaves one blank; `bold` where all of it is."""

    words: str
    bold: bool


class Lines:
    """Collects text until a block ends."""

    def __init__(self) -> None:
        self._lines: list[list[tuple[str, bool]]] = [[]]
        self._at_edge = False

    def add(self, text: str, *, bold: bool) -> None:
        """Adds text as it stands in the markup."""
        if not text:
            return
        line = self._lines[-1]
        if self._at_edge and line and _SENTENCES_MEET.fullmatch(f"{line[-1][0][-3:]}\n{text[:2]}"):
            line.append((" ", bold))
        line.append((text, bold))
        self._at_edge = False

    def edge(self) -> None:
        """Notes that an inline element starts or ends here."""
        self._at_edge = True

    def end_line(self) -> None:
        """Starts a new line."""
        self._lines.append([])

    def raise_up(self, text: str, *, bold: bool) -> None:
        """Adds a superscript: "10⁹", "m²", "1st"; a number that refers to a note becomes "[1]"."""
        before = "".join(words for words, _ in self._lines[-1][-3:])[-8:]
        if _POWER.fullmatch(text) and _UNIT.search(before):
            self.add(text.translate(_RAISED), bold=bold)
        elif _ORDINAL.fullmatch(text) or text.startswith(("[", "(")) or not before.strip():
            self.add(text, bold=bold)
        else:
            self.add(f"[{text}]", bold=bold)

    def taken(self) -> list[Line]:
        """The lines so far, which are no longer collected; none where there is no text."""
        if self._lines == [[]]:
            return []
        lines, self._lines, self._at_edge = self._lines, [[]], False
        found = [
            Line(clean("".join(text for text, _ in line)), all(bold for text, bold in line if text.strip()))
            for line in lines
        ]
        return found if any(line.words for line in found) else []
