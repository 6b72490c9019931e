"""What lines of text are: paragraphs, and lists whose marks were typed by hand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.reading.html.lines import Line

# Word's symbol fonts put bullets into the private area. A hyphen needs a blank behind it: "-5 °C" is no item.
_BULLET = re.compile(r"(?:[•‣◦▪▫●○■□·►➢➤✓✔❖\uf0b7\uf0a7\uf0d8]\s*|[\-–—]\s+|o\s+(?=[A-Z]))(?=\S)")
_STAR = re.compile(r"\*\s+(?=\S)")
_NUMBER = re.compile(r"(\(?(?:\d{1,2}[.)]|[a-z]\)|[ivx]{1,4}\)))\s+(?=\S)", re.IGNORECASE)
# "A. Fleming" is a name; several letters in their order are the marks of a list.
_LETTER = re.compile(r"([a-h])\.\s+(?=\S)", re.IGNORECASE)
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
    lettered = _are_lettered(lines)
    entries: list[Entry] = []
    for line in lines:
        entry = _entry(line.words, stars=stars, lettered=lettered)
        if entry.number is not None or each_line or not entries:
            entries.append(entry)
        elif entries[-1].number is None:
            entries[-1].words += ("\n" if _starts_anew(line.words) else " ") + line.words
        elif _starts_anew(line.words):
            entries.append(entry)
        else:
            entries[-1].words += f" {line.words}"
    return _listed(lines) if len(entries) == 1 and not each_line and _is_list(lines) else entries


def _are_lettered(lines: Sequence[Line]) -> bool:
    """Whether lines are marked "a.", "b." and so on."""
    letters = [found[1].lower() for line in lines if (found := _LETTER.match(line.words))]
    return len(letters) >= _FEWEST_ITEMS and "abcdefgh".startswith("".join(letters))


def _entry(words: str, *, stars: bool, lettered: bool) -> Entry:
    mark = _BULLET.match(words) or (_STAR.match(words) if stars else None)
    if mark is not None:
        return Entry(words[mark.end() :], "")
    number = _NUMBER.match(words) or (_LETTER.match(words) if lettered else None)
    mark_of = number[0].rstrip() if number is not None else ""
    return Entry(words[number.end() :], mark_of) if number is not None else Entry(words)


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
