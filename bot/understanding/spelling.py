"""Misspelt words, corrected against the corpus's own words and common English.

A word that English or the corpus has is right and stays, so that "diet" never becomes "die" because
the corpus happens to lack it.
"""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from importlib.resources import files

import jellyfish
from rapidfuzz import process
from rapidfuzz.distance import OSA

# Shorter words have too many neighbours one slip away.
MIN_LENGTH = 4
_DOUBLE = re.compile(r"(.)\1+")
# Slips allowed in a word of so many letters: one slip in "liver" is another word soon enough.
_SLIPS = ((4, 1), (8, 2), (13, 3))
# Between these surprises (in nats) a word goes from everyday ("learn") to rare ("tumour").
COMMONEST, RAREST = 8.0, 12.0
# The 12,000 commonest words of English are what a misspelt word may also have meant.
COMMON = 3_000_000
# A rare word of English ("brest") one slip from a corpus word that is this many times as common is a slip.
RARE, TIMES_COMMONER = 1_000_000, 30
# What makes a candidate less likely than another that is as near, in slips. Chosen on half of 13,400 slips
# that people made in writing about anything, from the list of codespell; the other half agreed.
_OUTSIDE_CORPUS, _FIRST_LETTER, _LAST_LETTER = 0.3, 0.4, 0.3
# What makes it more likely: hands swap letters, and double them or not, more often than they take others.
_SWAPPED, _DOUBLED = 0.4, 0.4
# A word is meant the more often, the commoner it is in the corpus and in English: per nat, within bounds.
_BY_CORPUS, _BY_ENGLISH, _RARE_IN_ENGLISH, _COMMON_IN_ENGLISH = 0.03, 0.05, 10_000, 30_000_000
# How bad the best candidate may be, beyond the slips that a word of its length may have.
_WORST = 0.75
# What the corpus has next to the same word as the message ("hart attack") is so many slips nearer. That alone
# makes a slip of an English word that is no commoner; the likeliest candidates are looked at.
_IN_PHRASE, _MAYBE_A_SLIP, _MOST_TRIED = 0.5, 10_000_000, 12
# A word that sounds the same ("brane", "brain") is taken to be so many slips nearer than it is.
SAME_SOUND = 1.1
# However short, it may be so many slips away.
MOST_HEARD = 2

# So many words' corrections are remembered: all of the longest message's, read over again by follow-ups.
REMEMBERED = 4096


class Speller:
    """Finds the word that a misspelt one was meant to be.

    `counts` says how often the corpus has each lower-cased word; `known` are further words that are right.
    """

    def __init__(self, counts: Mapping[str, int], known: Collection[str] = ()) -> None:
        self._counts = counts
        self._english = english_words()
        self._known = frozenset(known)
        common = (word for word, count in self._english.items() if count >= COMMON)
        self._candidates = [w for w in dict.fromkeys((*counts, *self._known, *common)) if _spellable(w)]
        by_length: defaultdict[int, dict[str, str]] = defaultdict(dict)
        for candidate in self._candidates:
            sounded = _sounded(candidate)
            by_length[len(sounded)][candidate] = sounded
        self._by_length: Mapping[int, Mapping[str, str]] = by_length
        # A letter says a misspelt word more than once, and a follow-up reads the letter again.
        self._remembered = lru_cache(REMEMBERED)(self._rated)

    def correct(self, word: str, beside: Callable[[str], bool] = lambda _: False) -> str | None:
        """The word that was meant, or None where the lower-cased `word` is right or nothing is near.

        `beside` tells whether the corpus has a word next to one that the misspelt one stands next to.
        """
        rated = self._remembered(word)
        in_phrases = [
            (badness - _IN_PHRASE, found) for badness, found in rated[:_MOST_TRIED] if beside(found)
        ]
        commonness = self._english.get(word)
        if commonness is not None:
            return min(in_phrases)[1] if in_phrases else self._commoner(word, commonness)
        best = min((*in_phrases, *rated[:1]), default=None)
        return None if best is None or best[0] > _slips(word) + _WORST else best[1]

    def forget(self) -> None:
        """Forget what was looked up before."""
        self._remembered.cache_clear()

    def _rated(self, word: str) -> Sequence[tuple[float, str]]:
        """What a word may have been meant to be, the likeliest first, with how unlikely each is."""
        if not _spellable(word) or word in self._counts or word in self._known:
            return ()
        near: Iterable[tuple[str, float]] = self._within(word, _slips(word))
        commonness = self._english.get(word)
        if commonness is not None:
            # What is a word may only be a slip for one that the corpus has.
            near = () if commonness >= _MAYBE_A_SLIP else self._within(word, 1)
            near = ((found, slips) for found, slips in near if found in self._counts)
        heard = () if commonness is not None else self._sounding_like(word)
        return sorted((self._badness(word, found, slips), found) for found, slips in (*near, *heard))

    def _within(self, word: str, slips: int) -> Iterator[tuple[str, float]]:
        """The candidates at most so many slips away, and how many; their lengths differ by no more."""
        sounded = _sounded(word)
        for length in range(len(sounded) - slips, len(sounded) + slips + 1):
            choices = self._by_length.get(length)
            if choices:
                near = process.extract(sounded, choices, scorer=OSA.distance, score_cutoff=slips, limit=None)
                yield from ((found, distance) for _, distance, found in near)

    def _sounding_like(self, word: str) -> Iterator[tuple[str, float]]:
        """The words that sound the same, and how many slips away each is taken to be."""
        for found in self._by_sound.get(_sound(word), ()):
            slips = OSA.distance(word, found)
            if slips <= max(_slips(word), MOST_HEARD):
                yield found, max(slips - SAME_SOUND, 0.5)

    @cached_property
    def _by_sound(self) -> Mapping[str, Sequence[str]]:
        heard: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._candidates:
            heard[_sound(word)].append(word)
        return heard

    def _badness(self, word: str, found: str, slips: float) -> float:
        count = self._counts.get(found, 0)
        if not count and len(word) == MIN_LENGTH:
            return math.inf
        english = min(self._english.get(found, 0), _COMMON_IN_ENGLISH)
        return (
            slips
            + _OUTSIDE_CORPUS * (not count)
            + _FIRST_LETTER * (found[0] != word[0])
            + _LAST_LETTER * (found[-1] != word[-1])
            - _SWAPPED * (sorted(found) == sorted(word))
            - _DOUBLED * (_undoubled(found) == _undoubled(word))
            - _BY_CORPUS * math.log1p(count)
            - _BY_ENGLISH * math.log1p(english / _RARE_IN_ENGLISH)
        )

    def _commoner(self, word: str, commonness: int) -> str | None:
        if commonness >= RARE or len(word) <= MIN_LENGTH:
            return None
        better = [
            (-self._counts[found], found)
            for found, _ in self._within(word, 1)
            if found in self._counts
            and found[0] == word[0]
            and self._english.get(found, 0) >= commonness * TIMES_COMMONER
        ]
        return min(better)[1] if better else None


def _spellable(word: str) -> bool:
    return len(word) >= MIN_LENGTH and word.isalpha()


def _sounded(word: str) -> str:
    """The word as it is heard, where people write what they hear: "bisfosfonates"."""
    return word.replace("ph", "f")


def _undoubled(word: str) -> str:
    return _DOUBLE.sub(r"\1", word)


def _sound(word: str) -> str:
    """How a word sounds, by Metaphone (Philips 1990), with the "ch" of "chemo" as a "k"."""
    return jellyfish.metaphone(word).replace("X", "K")


def _slips(word: str) -> int:
    return max(slips for length, slips in _SLIPS if len(word) >= length)


@cache
def english_words() -> Mapping[str, int]:
    """The words of common English with their frequency in books and on the web, from symspellpy's list."""
    listing = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text("utf-8-sig")
    entries = listing.split()
    return dict(zip(entries[::2], map(int, entries[1::2]), strict=True))


def spelled_out(word: str) -> tuple[str, ...]:
    """The words that a lower-cased one stands for where it was written in haste: "you" for "u"."""
    return _shorthand().get(word, (word,))


@cache
def _shorthand() -> Mapping[str, tuple[str, ...]]:
    lines = files("bot.understanding").joinpath("shorthand.tsv").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {typed: tuple(meant.split()) for typed, meant in pairs}


def rarity(word: str) -> float:
    """How rare a lower-cased word is in English: 0.05 for the commonest, 1 for one that the list lacks.

    A word is as common as the commonest of its forms: "tripping" is no rarer than "trip".
    """
    listed = english_words()
    count = max(listed.get(form, 0) for form in (word, *_plain_forms(word)))
    if not count:
        return 1.0
    surprise = math.log(_english_total() / count)
    return min(1.0, max(0.05, (surprise - COMMONEST) / (RAREST - COMMONEST)))


def _plain_forms(word: str) -> Iterator[str]:
    """What a word may be an inflected form of: "tripping" of "trip"."""
    for ending in ("ing", "ed", "es", "s", "ly"):
        bare = word.removesuffix(ending)
        if bare != word and len(bare) >= MIN_LENGTH:
            yield bare
            yield bare + "e"
            if bare[-1] == bare[-2]:
                yield bare[:-1]


@cache
def _english_total() -> int:
    return sum(english_words().values())
