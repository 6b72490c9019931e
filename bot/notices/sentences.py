"""A message in, its sentences in plain words out: small letters, no accents, parts marked, slips mended."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.notices.phrases import BREAK
from bot.understanding.spelling import english_words

# A part of a sentence with fewer words belongs to the next: "In 2010, I had ...".
PART_WORDS = 4

_SENTENCE_END = re.compile(r"[.?!\u2026](?=\s|$)|[\n;]")
_WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?|[,:()\u2013\u2014]|(?<=\s)-(?=\s)")
_APOSTROPHES = re.compile("['\u2019\u2018`\u00b4]")
# "!!!" and "?!?!" end a sentence once: a run of marks must not be read again from each of its places.
_MARKS = re.compile(r"([.?!\u2026])[.?!\u2026]+")
# "38,5" is a reading, "1,000" is none.
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
# "nooo", "helppp": three of a letter are one.
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")


@dataclass(frozen=True, slots=True)
class Forgiveness:
    """Which slips of one letter are mended: in words of so many letters, and in their last letter or not."""

    shortest: int
    endings: bool


class Slips:
    """Mends words that are one slip away from one of `words` and no English words themselves."""

    def __init__(self, words: Iterable[str], forgiveness: Forgiveness) -> None:
        self._known = frozenset(words)
        self._forgiveness = forgiveness
        self._longest = max(map(len, self._known), default=0) + 1
        self._near: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self._known):
            if len(word) >= forgiveness.shortest:
                for shorter in (word, *_one_less(word)):
                    self._near[shorter].append(word)

    def mended(self, word: str) -> str:
        """The word that was meant, or the word itself."""
        if not self._forgiveness.shortest <= len(word) <= self._longest or word in self._known:
            return word
        near = (known for shorter in (word, *_one_less(word)) for known in self._near.get(shorter, ()))
        meant = next((known for known in near if self._forgiven(word, known)), None)
        return word if meant is None or word in english_words() else meant

    def _forgiven(self, word: str, known: str) -> bool:
        stem = min(len(word), len(known)) - 1
        inflected = word[:stem] == known[:stem]
        return OSA.distance(word, known) == 1 and (self._forgiveness.endings or not inflected)


class Spelling:
    """How the words of a language are written in haste, and what they stand for."""

    def __init__(self, meant: Mapping[str, str], slips: Slips) -> None:
        self._meant, self._slips = meant, slips
        longest_first = sorted(meant, key=len, reverse=True)
        self._hasty = re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, longest_first))})(?= )")

    def sentences(self, message: str) -> list[str]:
        """The sentences of a message: words that each end in a space, parts with a mark between."""
        return [self._spelled(text) for text in _SENTENCE_END.split(plain(message)) if text.strip()]

    def _spelled(self, text: str) -> str:
        parts: list[list[str]] = [[]]
        for word in _WORD.findall(text):
            if word[0].isalnum() and word not in ("but", "pero"):
                parts[-1].append(self._slips.mended(word))
            elif len(parts[-1]) >= PART_WORDS:
                parts.append([])
        spelled = f" {BREAK} ".join(" ".join(part) for part in parts) + " "
        return self._hasty.sub(lambda match: self._meant[match.group()], spelled)


def plain(message: str) -> str:
    """The message in small letters without accents and apostrophes, no white space or mark twice in a row."""
    squeezed = "\n".join(" ".join(line.split()) for line in message.splitlines())
    bare = _without_accents(_APOSTROPHES.sub("", squeezed).lower())
    return _DRAWN_OUT.sub(r"\1", _DECIMAL_COMMA.sub(".", _MARKS.sub(r"\1", bare)))


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _one_less(word: str) -> Iterator[str]:
    """The word with each of its letters left out in turn."""
    return (word[:at] + word[at + 1 :] for at in range(len(word)))
