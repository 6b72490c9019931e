"""Lines joined into one, with the words together again that were divided at their ends."""

import re
from collections.abc import Sequence

from bot.reading.pdf.segments import Segment

# These keep their hyphen at the end of a line: "self-help" is not "selfhelp".
_HYPHENATED = "self well non long short high low all half full part post pre anti multi co ex cross follow"
_CUT = re.compile(r"([^\W\d_]+)[-‐]$")


def joined_lines(lines: Sequence[Segment], words: frozenset[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A block's lines as one, and the offset in it at which each of its pages starts.

    `words` are those that the document uses within lines.
    """
    text = lines[0].text
    page = lines[0].page
    offsets = [(page, 0)]
    for line in lines[1:]:
        mark = f"{line.mark} " if line.mark else ""
        text = _with_line(text, mark + line.text, words)
        if line.page != page:
            page = line.page
            offsets.append((page, len(text) - len(mark + line.text)))
    return text, tuple(offsets)


def _with_line(text: str, line: str, words: frozenset[str]) -> str:
    if text[-1] not in "-‐" or not line[0].islower():
        return f"{text} {line}"
    cut = _CUT.search(text[-60:])
    if cut is None:
        return f"{text} {line}" if text[-2:-1] in ("", " ") else text + line
    first, second = cut[1], re.split(r"[^\w-]", line, maxsplit=1)[0]
    whole, hyphenated = f"{first}{second}".lower(), f"{first}-{second}".lower()
    kept = hyphenated in words or first.lower() in _HYPHENATED.split()
    return text + line if kept and whole not in words else text[:-1] + line
