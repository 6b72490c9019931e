"""Passages in, how much there is to read of them out: what a hit costs whoever looks for it.

The longer passages are, the more of them hit. So every rate of hits stands beside what was to be read for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.evaluation.predictions import Ranked, Shown
from bot.records import Document

# As far down as a rate of hits looks.
DEEPEST_READ = 5


@dataclass(frozen=True, slots=True)
class Amount:
    """How much there is to read."""

    words: int = 0
    characters: int = 0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.words + other.words, self.characters + other.characters)


NOTHING = Amount()


@dataclass(frozen=True, slots=True)
class Price:
    """What a rate of hits costs: how much is read on average, and what a hundred words of it hit."""

    words: float
    characters: float
    hits_a_hundred_words: float | None


class Lengths:
    """How long passages are, each looked up once."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._known: dict[tuple[str, int, int], Amount] = {}

    def of(self, passage: Ranked | Shown) -> Amount:
        """The words and characters of a passage; none where its document is not there."""
        place = (passage.doc, passage.start, passage.end)
        if place not in self._known:
            document = self._documents.get(passage.doc)
            text = document.text[max(passage.start, 0) : max(passage.end, 0)] if document else ""
            self._known[place] = amount_of(text)
        return self._known[place]

    def down_to(self, units: Sequence[Ranked]) -> tuple[Amount, ...]:
        """How much there is to read down to each of the first places."""
        return tuple(accumulate(self.of(unit) for unit in units[:DEEPEST_READ]))


def amount_of(text: str) -> Amount:
    """How much a text is to read."""
    return Amount(len(text.split()), len(text))


def price_of(hits: Sequence[float], read: Iterable[Amount]) -> Price | None:
    """The price of hits (1 or 0 each) for which so much was read; None where nothing was."""
    amounts = list(read)
    if not amounts:
        return None
    words = sum(amount.words for amount in amounts)
    characters = sum(amount.characters for amount in amounts)
    return Price(words / len(amounts), characters / len(amounts), 100 * sum(hits) / words if words else None)
