"""Phrases written in plain words in, the places where a message says them out.

In a phrase, `a/b` is one of these words, `bleed*` any word that starts so, `...` up to four words without
a denial, and `<name>` any of the words of a named group.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from bot.understanding.spelling import english_words

# Stands between the parts of a sentence.
BREAK = "|"
# A part of a sentence with fewer words belongs to the next: "In 2010, I had ...".
PART_WORDS = 4
# Shorter words have too many right words one slip away ("fit", "sit").
SHORTEST_FORGIVEN = 5

_SENTENCE_END = re.compile(r"[.?!\u2026]+(?=\s|$)|[\n;]+")
_WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?|[,:()\u2013\u2014]|(?<=\s)-(?=\s)")
_APOSTROPHES = re.compile("['\u2019\u2018`]")
# Phrases lie in heaps by so many letters of a word that every match has.
_HEAP_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Grammar:
    """What phrases may refer to: the patterns of named groups, and that of a gap."""

    groups: Mapping[str, str]
    gap: str

    @classmethod
    def of(cls, groups: Mapping[str, Iterable[str]], denials: Iterable[str]) -> "Grammar":
        """The grammar with these groups of words, in whose gaps none of `denials` stands."""
        patterns = {
            name: "|".join("".join(_either(item) for item in term.split()) for term in terms)
            for name, terms in groups.items()
        }
        return cls(patterns, rf"(?:(?!(?:{'|'.join(denials)}|{re.escape(BREAK)}) )\S+ ){{0,4}}")

    def pattern(self, phrase: str) -> str:
        """The regular expression of a phrase."""
        return r"(?<!\S)" + "".join(self._item(item) for item in phrase.split())

    def _item(self, item: str) -> str:
        if item == "...":
            return self.gap
        return f"(?:{self.groups[item[1:-1]]})" if item[0] == "<" else _either(item)


class Phrases:
    """Phrases to look for together."""

    def __init__(self, phrases: Iterable[str], grammar: Grammar) -> None:
        self._heaps: defaultdict[str, list[str]] = defaultdict(list)
        for phrase in phrases:
            for letters in _telling_letters(phrase):
                self._heaps[letters].append(grammar.pattern(phrase))

    def found(self, text: str) -> Iterator[re.Match[str]]:
        """Where the phrases stand in a text whose words each end in a space."""
        letters = {word[:_HEAP_LETTERS] for word in text.split()} & self._heaps.keys()
        for pattern in dict.fromkeys(pattern for heap in sorted(letters) for pattern in self._heaps[heap]):
            yield from _compiled(pattern).finditer(text)

    def within(self, text: str) -> bool:
        """Whether some phrase stands in the text."""
        return next(self.found(text), None) is not None

    def last(self, text: str) -> re.Match[str] | None:
        """The place that ends last."""
        return max(self.found(text), key=lambda match: match.end(), default=None)

    def ends(self, text: str) -> bool:
        """Whether the text ends in a phrase."""
        return any(match.end() == len(text) for match in self.found(text))


class Slips:
    """Mends words that are one slip away from one of `words` and no English words themselves."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = frozenset(words)
        self._longest = max(map(len, self._known), default=0) + 1
        self._near: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self._known):
            if len(word) >= SHORTEST_FORGIVEN:
                for shorter in (word, *_one_less(word)):
                    self._near[shorter].append(word)

    def mended(self, word: str) -> str:
        """The word that was meant, or the word itself."""
        if not SHORTEST_FORGIVEN <= len(word) <= self._longest or word in self._known:
            return word
        near = (known for shorter in (word, *_one_less(word)) for known in self._near.get(shorter, ()))
        meant = next((known for known in near if OSA.distance(word, known) == 1), None)
        return word if meant is None or word in english_words() else meant


def sentences(message: str, slips: Slips) -> list[str]:
    """The sentences of a message: lower-case words that each end in a space, a mark between the parts."""
    plain = _APOSTROPHES.sub("", message.lower())
    return [_spelled(text, slips) for text in _SENTENCE_END.split(plain) if text.strip()]


def _spelled(text: str, slips: Slips) -> str:
    parts: list[list[str]] = [[]]
    for word in _WORD.findall(text):
        if word[0].isalnum() and word != "but":
            parts[-1].append(slips.mended(word))
        elif len(parts[-1]) >= PART_WORDS:
            parts.append([])
    return f" {BREAK} ".join(" ".join(part) for part in parts) + " "


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when a message first has one of its words: compiling them all would make every start wait."""
    return re.compile(pattern)


def _either(item: str) -> str:
    either = "|".join(re.escape(word).replace(r"\*", r"[^ |]*") for word in item.split("/"))
    return f"(?:{either}) "


def _one_less(word: str) -> Iterator[str]:
    """The word with each of its letters left out in turn."""
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _telling_letters(phrase: str) -> set[str]:
    """The first letters of the words of which every match has one: those of the longest item."""
    items = [item.split("/") for item in phrase.split() if item != "..." and item[0] != "<"]
    telling = max(items, key=lambda words: min(len(word.rstrip("*")) for word in words))
    return {word.rstrip("*")[:_HEAP_LETTERS] for word in telling}
