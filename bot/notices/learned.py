"""A message in, the odds out that it calls for a notice: a learned second opinion beside the rules.

Rules know what was foreseen. The weights know which words go together in calls for help, so that they also
hear one that nobody foresaw; they are a readable table that `python -m bot.notices.fitting` fits.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from bot.notices.sentences import plain
from bot.records import Notice

# The features of a message of more words count less each, so that much talk does not add up to an alarm.
FULL_WEIGHT_WORDS = 12
# Longer messages are letters, which tell of many things: the rules read those sentence by sentence.
MOST_WORDS = 70
# So many letters stand for the forms of a word: "bleed" for "bleeding".
STEM_LETTERS = 5

# Odds that differ by a factor of e^1 do not tell pills taken by mistake from pills taken to die.
ABOUT_AS_LIKELY = 1.0

_WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
_FEVERS = ((38.0, 42.5), (100.4, 107.0))
_NORMAL = ((35.5, 37.9), (96.0, 100.3))
# "39 years" is no reading.
_COUNTED = frozenset(
    ["years", "year", "yrs", "yo", "anos", "weeks", "semanas", "days", "dias", "kg", "mg", "ml"]
)


@dataclass(frozen=True, slots=True)
class Odds:
    """The logarithms of the odds of each notice against none."""

    crisis: float
    urgent: float

    def over(self, *, crisis: float, urgent: float) -> Notice | None:
        """The notice whose odds are over its threshold; a crisis outweighs an emergency about as likely."""
        if self.crisis > crisis and self.crisis + ABOUT_AS_LIKELY > self.urgent:
            return "crisis"
        return "urgent" if self.urgent > urgent else None


class Weights:
    """What each feature adds to the odds."""

    def __init__(self, rows: Mapping[str, tuple[float, float]]) -> None:
        self._rows = rows
        self._start = rows.get("(intercept)", (0.0, 0.0))

    @classmethod
    def from_table(cls, table: str) -> "Weights":
        """Read the tab-separated table: a feature, its weight for a crisis and that for an emergency."""
        lines = (line.split("\t") for line in table.splitlines()[1:])
        return cls({feature: (float(crisis), float(urgent)) for feature, crisis, urgent in lines})

    def odds(self, message: str) -> Odds | None:
        """The odds of each notice; None for a message too long to be told as a whole."""
        words = words_of(message)
        if len(words) > MOST_WORDS:
            return None
        found = [self._rows[feature] for feature in features(words) if feature in self._rows]
        scale = weight(len(words))
        crisis, urgent = (math.fsum(row[at] for row in found) * scale for at in (0, 1))
        return Odds(self._start[0] + crisis, self._start[1] + urgent)


def weight(words: int) -> float:
    """What a feature counts in a message of so many words."""
    return min(1.0, math.sqrt(FULL_WEIGHT_WORDS / max(words, 1)))


def words_of(message: str) -> list[str]:
    """The words of a message without accents or capitals; numbers are "#", readings "#fever" or "#normal"."""
    found = _WORD.findall(plain(message))
    return [
        _number(word, following) if word[0].isdigit() else word
        for word, following in zip(found, [*found[1:], ""], strict=False)
    ]


def features(words: list[str]) -> set[str]:
    """Words, their stems, and pairs of words side by side or with one between."""
    found = set(words)
    found.update(f"{word[:STEM_LETTERS]}*" for word in words if len(word) > STEM_LETTERS)
    found.update(f"{one} {two}" for one, two in pairwise(words))
    found.update(f"{one} _ {two}" for one, two in zip(words, words[2:], strict=False))
    return found


def _number(word: str, following: str) -> str:
    if _between(word, _FEVERS) and following not in _COUNTED:
        return "#fever"
    return "#normal" if "." in word and _between(word, _NORMAL) else "#"


def _between(word: str, ranges: Iterable[tuple[float, float]]) -> bool:
    return any(least <= float(word) <= most for least, most in ranges)


@cache
def shipped() -> Weights:
    """The weights that ship."""
    return Weights.from_table(files("bot.notices").joinpath("weights.tsv").read_text("utf-8"))
