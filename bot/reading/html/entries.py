"""What lines of text are: paragraphs, and lists whose marks were typed by hand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.reading.html.lines import Line

# Word's symbol fonts put bullets into the private area. A hyphen needs a blank behind it: "-5 °C" is no item.
_BULLET = re.compile(r"(?:[•‣◦▪▫●○■□·►➢➤✓✔❖\uf0b7\uf0a7\uf0d8]\s*|[\-–—]\s+|o\s+(?=[A-Z]))(?=\S)")
_STAR = re.compile(r"\*\s+(?=\S)")
_NUMBER = re.compile(r"(\(?(?:\d{1,2}[.)]|[a-z]\)|[ivx]{1,4}\)))\s+(?=\S)", re.IGNORECASE)
_MOST_ITEM_WORDS = 20
_FEWEST_ITEMS = 2


@dataclass(slots=True)
class Entry:
    """A paragraph, or an item with its number, which is empty where a bullet stands."""

    words: str
    number: str | None = None


def paragraphs(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The lines between blank ones."""
    group: list[Line] = []
    for line in lines:
        if line.words:
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def entries_of(lines: Sequence[Line], *, each_line: bool = False) -> list[Entry]:
    """What the lines of a paragraph are; `each_line` keeps lines apart that are no items."""
    # One star is a footnote's mark, several are bullets.
    stars = sum(_STAR.match(line.words) is not None for line in lines) >= _FEWEST_ITEMS
    entries: list[Entry] = []
    for line in lines:
        entry = _entry(line.words, stars=stars)
        if entry.number is not None or each_line or not entries:
            entries.append(entry)
        elif entries[-1].number is None:
            entries[-1].words += ("\n" if _starts_anew(line.words) else " ") + line.words
        elif _starts_anew(line.words):
            entries.append(entry)
        else:
            entries[-1].words += f" {line.words}"
    return _listed(lines) if len(entries) == 1 and not each_line and _is_list(lines) else entries


def _entry(words: str, *, stars: bool) -> Entry:
    mark = _BULLET.match(words) or (_STAR.match(words) if stars else None)
    if mark is not None:
        return Entry(words[mark.end() :], "")
    number = _NUMBER.match(words)
    return Entry(words[number.end() :], number[1]) if number is not None else Entry(words)


def _starts_anew(words: str) -> bool:
    return not words[0].islower()


def _is_list(lines: Sequence[Line]) -> bool:
    """Whether the lines under one that ends with a colon are the items of a list."""
    lead, *items = (line.words for line in lines)
    return (
        lead.endswith(":")
        and len(items) >= _FEWEST_ITEMS
        and all(len(words.split()) <= _MOST_ITEM_WORDS for words in items)
    )


def _listed(lines: Sequence[Line]) -> list[Entry]:
    lead, *items = lines
    return [Entry(lead.words), *(Entry(line.words, "") for line in items)]
