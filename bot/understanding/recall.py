"""Quotes of earlier answers in, the passages of today's corpus that they are out.

A conversation outlives the corpus that it began over: files change while it goes on. The number of a passage
means nothing in another corpus, so that an earlier one is looked for by its document and its words.
"""

from collections.abc import Sequence

from bot.passages import Passages
from bot.records import Corpus, Passage, Quote


class Recall:
    """The passages of one corpus, to find again what an answer over this or an earlier one showed."""

    def __init__(self, corpus: Corpus, passages: Passages) -> None:
        self._corpus, self._passages = corpus, passages

    def shown(self, quotes: Sequence[Quote]) -> tuple[Passage, ...]:
        """What these quotes are in this corpus, in order; those of documents that are gone are left out."""
        found = (self._today(quote.passage) for quote in quotes)
        return tuple(passage for passage in found if passage is not None)

    def _today(self, passage: Passage) -> Passage | None:
        """The same words in the same document or, where they were changed, what its heading has now."""
        try:
            here = self._passages.of(self._corpus.place_of(passage.doc))
        except KeyError:
            return None
        same = [other for other in here if other.text == passage.text]
        alike = same or [other for other in here if other.heading == passage.heading]
        return min(alike, key=lambda other: abs(other.start - passage.start), default=None)
