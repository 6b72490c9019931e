"""Phrases written in plain words in, the places where a message says them out.

In a phrase, `a/b` is one of these words, `bleed*` any word that starts so, `...` up to four words without
a denial, `....` up to eight of them, `<name>` any of the words of a named group (also as one of several:
`<whose>/the`), and `this & that` the two in either order with at most eight words between.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

# Stands between the parts of a sentence.
BREAK = "|"
# How many words a gap may hold.
_GAPS = {"...": 4, "....": 8}
# Phrases lie in heaps by so many letters of a word that every match has.
_HEAP_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Grammar:
    """What phrases may refer to: the terms of named groups, their patterns, and the words that deny."""

    terms: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, str]
    denial: str

    @classmethod
    def of(cls, groups: Mapping[str, Iterable[str]], denials: Iterable[str]) -> "Grammar":
        """The grammar with these groups of words, in whose gaps none of `denials` stands."""
        terms = {name: tuple(listed) for name, listed in groups.items()}
        patterns = {
            name: "|".join("".join(_either(item) for item in term.split()) for term in listed)
            for name, listed in terms.items()
        }
        return cls(terms, patterns, "|".join(denials))

    def pattern(self, phrase: str) -> str:
        """The regular expression of a phrase from the beginning of a word."""
        return "".join(self._item(item) for item in phrase.split())

    def letters(self, phrase: str) -> list[frozenset[str]]:
        """For each item the first letters of words of which a match has one; the longest item is first."""
        starts = [self._starts(item) for item in phrase.split() if item not in _GAPS]
        starts.sort(key=lambda words: min(map(len, words)), reverse=True)
        return [frozenset(word[:_HEAP_LETTERS] for word in words) for words in starts if all(words)]

    def _starts(self, item: str) -> list[str]:
        """The beginnings of words of which one is in an item; an empty one tells nothing."""
        starts = []
        for word in item.split("/"):
            terms = self.terms[word[1:-1]] if word[0] == "<" else ()
            starts += [start for term in terms for start in self._longest(term)] or [_start(word)]
        return starts

    def _longest(self, term: str) -> list[str]:
        return max((self._starts(item) for item in term.split()), key=lambda starts: min(map(len, starts)))

    def _item(self, item: str) -> str:
        if item in _GAPS:
            return rf"(?:(?!(?:{self.denial}|{re.escape(BREAK)}) )\S+ ){{0,{_GAPS[item]}}}"
        words = item.split("/")
        named = [self.groups[word[1:-1]] for word in words if word[0] == "<"]
        plain = [word for word in words if word[0] != "<"]
        return f"(?:{'|'.join(named + ([_either('/'.join(plain))] if plain else []))})"


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A regular expression, and letters of its other words: without one of each it need not be tried."""

    expression: str
    others: tuple[frozenset[str], ...]

    def possible(self, letters: frozenset[str]) -> bool:
        return not any(map(letters.isdisjoint, self.others))


class Phrases:
    """Phrases to look for together."""

    def __init__(self, phrases: Iterable[str], grammar: Grammar) -> None:
        self._heaps: defaultdict[str, list[_Pattern]] = defaultdict(list)
        for ordered in (ordered for phrase in phrases for ordered in _either_way(phrase)):
            telling, *others = grammar.letters(ordered)
            pattern = _Pattern(grammar.pattern(ordered), tuple(others))
            for letters in telling:
                self._heaps[letters].append(pattern)
        self._starts = frozenset(self._heaps)

    def found(self, text: str) -> Iterator[re.Match[str]]:
        """Where the phrases stand in a text whose words each end in a space."""
        letters = _letters(text)
        if self._starts.isdisjoint(letters):
            return
        heaps = sorted(letters & self._starts)
        tried = (pattern for heap in heaps for pattern in self._heaps[heap] if pattern.possible(letters))
        for expression in dict.fromkeys(pattern.expression for pattern in tried):
            yield from _matches(_compiled(expression), text)

    def within(self, text: str) -> bool:
        """Whether some phrase stands in the text."""
        return next(self.found(text), None) is not None

    def last(self, text: str) -> re.Match[str] | None:
        """The place that ends last."""
        return max(self.found(text), key=lambda match: match.end(), default=None)

    def ends(self, text: str) -> bool:
        """Whether the text ends in a phrase."""
        return any(match.end() == len(text) for match in self.found(text))


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches at beginnings of words; a look-behind in the pattern would keep `re` from skipping."""
    start = 0
    while (match := pattern.search(text, start)) is not None:
        begins = match.start() == 0 or text[match.start() - 1] == " "
        start = match.end() if begins else match.start() + 1
        if begins:
            yield match


@lru_cache(maxsize=64)
def _letters(text: str) -> frozenset[str]:
    """The first letters of each word; a sentence is searched for some two hundred lists in a row."""
    return frozenset(word[:_HEAP_LETTERS] for word in text.split())


def _start(word: str) -> str:
    """The letters that a word begins with; none where too few are given to tell."""
    start = word.rstrip("*")
    return start if start == word or len(start) >= _HEAP_LETTERS else ""


def _either_way(phrase: str) -> tuple[str, ...]:
    """A phrase with its two sides in both orders."""
    one, _, other = phrase.partition(" & ")
    return (f"{one} .... {other}", f"{other} .... {one}") if other else (phrase,)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when a message first has one of its words: compiling them all would make every start wait."""
    return re.compile(pattern)


def _either(item: str) -> str:
    either = "|".join(re.escape(word).replace(r"\*", r"[^ |]*") for word in item.split("/"))
    return f"(?:{either}) "
