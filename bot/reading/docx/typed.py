"""Lists that were typed with their bullets and numbers, as lists."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.reading.docx.blocks import Row, Text, in_words
from bot.reading.docx.symbols import TICKS

_BULLET = re.compile(r"[•‣◦▪●·○■□➢*–—-]\s+(?=\S)|[•●▪■◦‣](?=\w)")
# Lists of what to do and what not to do are told apart by these.
_TICK = re.compile(rf"([{TICKS}])\s*(?=\w)")
_LONGEST_ITEM = 2000
_NUMBER = re.compile(r"(\(?(?:(\d{1,2})|([a-z])|([ivx]{2,4}))[.)])\s+(?=\S)")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def with_typed_lists(blocks: Sequence[Text | Row]) -> list[Text | Row]:
    """Paragraphs that were typed with bullets or numbers as items of lists."""
    split = [part for block in blocks for part in _by_lines(block)]
    found: list[Text | Row] = []
    for place, typed in enumerate(split):
        following = split[place + 1] if place + 1 < len(split) else None
        before = found[-1] if found else None
        block = _typed_item(typed, before, following)
        if isinstance(before, Text) and _continues(before, block):
            found[-1] = replace(before, words=f"{before.words} {in_words(block)}")
        else:
            found.append(block)
    return found


def _continues(item: Text, block: Text | Row) -> bool:
    """Whether a block is a further paragraph of an item."""
    if item.kind != "item" or isinstance(block, Row) or block.kind != "paragraph":
        return False
    return block.continues and not block.look.bold and len(item.words) < _LONGEST_ITEM


def _by_lines(block: Text | Row) -> list[Text | Row]:
    """A paragraph whose lines were broken by hand before each bullet, line by line."""
    if isinstance(block, Row) or block.kind != "paragraph" or "\n" not in block.words:
        return [block]
    lines = block.words.split("\n")
    listed = (
        any(_BULLET.match(line) or _TICK.match(line) for line in lines)
        or sum(_NUMBER.match(line) is not None for line in lines) > 1
    )
    return [replace(block, words=line) for line in lines] if listed else [block]


def _typed_item(block: Text | Row, before: Text | Row | None, following: Text | Row | None) -> Text | Row:
    if isinstance(block, Row) or block.kind != "paragraph":
        return block
    bullet = _BULLET.match(block.words)
    if bullet is not None:
        return replace(block, kind="item", words=block.words[bullet.end() :])
    tick = _TICK.match(block.words)
    if tick is not None:
        return replace(block, kind="item", number=tick[1], words=block.words[tick.end() :])
    mark = _NUMBER.match(block.words)
    if mark is not None and (
        _next(_places(block)) & _places(following) or _next(_places(before)) & _places(block)
    ):
        return replace(block, kind="item", number=mark[1], words=block.words[mark.end() :])
    return block


def _places(block: Text | Row | None) -> set[tuple[str, int]]:
    """Where in a list a paragraph stands by the number that it was typed with: "i." may be a letter."""
    mark = _NUMBER.match(in_words(block)) if isinstance(block, Text) else None
    if mark is None:
        return set()
    if mark[2]:
        return {("figure", int(mark[2]))}
    places = {("letter", ord(mark[3]) - ord("a"))} if mark[3] else set()
    typed = mark[3] or mark[4]
    return places | ({("roman", _ROMAN.index(typed))} if typed in _ROMAN else set())


def _next(places: set[tuple[str, int]]) -> set[tuple[str, int]]:
    return {(form, place + 1) for form, place in places}
