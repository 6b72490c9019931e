"""Where the lines of a Markdown source stand in the document's text: the parser only counts them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LINE_END = re.compile(r"\r\n|\r|\n")
# Indents, and the marks of quotations.
_BEFORE_WORDS = " \t>"


@dataclass(frozen=True, slots=True)
class LineSpans:
    """Where each line starts and ends, its line end left out."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str, first: int) -> "LineSpans":
        """The lines of a text from the offset `first`."""
        breaks = [match.span() for match in _LINE_END.finditer(text, first)]
        return cls(text, (first, *(end for _, end in breaks)), (*(start for start, _ in breaks), len(text)))

    def trimmed(self, lines: Sequence[int] | None) -> tuple[int, int] | None:
        """What stands in the lines from the first to before the second; None where that is nothing."""
        if lines is None:
            return None
        whole = self.text[self.starts[lines[0]] : self.ends[lines[1] - 1]]
        inner = whole.lstrip(_BEFORE_WORDS).strip()
        start = self.starts[lines[0]] + len(whole) - len(whole.lstrip(_BEFORE_WORDS).lstrip())
        return (start, start + len(inner)) if inner else None

    def stripped_end(self, line: int) -> int:
        """Where a line ends without the white space at its end."""
        start = self.starts[line]
        return start + len(self.text[start : self.ends[line]].rstrip())
