"""One field of the passages, or the titles of the documents, looked up by terms as they are spelled."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from bot.index.engine import Listing, Scoring, Searching
from bot.index.impacts import Exact, Places
from bot.index.lexicon import Lexicon


class Field:
    """BM25 over one field; places are those of its texts, in the order of the corpus."""

    def __init__(self, lexicon: Lexicon, engine: Scoring) -> None:
        self._lexicon, self._scoring = lexicon, engine

    def scores(self, weights: Mapping[str, float], places: Places) -> Exact:
        """The score of the texts at some places, 0 where nothing matches."""
        return self._scoring.scores_at(self._numbered(weights), places)

    def holds(self, term: str, places: Places) -> NDArray[np.bool_]:
        """Which of the texts at some places have a term."""
        return self._scoring.holds(self._lexicon.number(term), places)

    def idf(self, term: str) -> float:
        """How telling a term is: 0 for one that no text has."""
        return self._scoring.idf(self._lexicon.number(term))

    def frequency(self, term: str) -> int:
        """How many texts have a term."""
        return self._scoring.frequency(self._lexicon.number(term))

    def _numbered(self, weights: Mapping[str, float]) -> dict[int, float]:
        numbers = ((self._lexicon.number(term), weight) for term, weight in weights.items())
        return {number: weight for number, weight in numbers if number >= 0}


class SearchedField(Field):
    """A field whose best texts can be found."""

    def __init__(self, lexicon: Lexicon, engine: Searching) -> None:
        super().__init__(lexicon, engine)
        self._searching = engine

    def best(self, weights: Mapping[str, float], count: int) -> Places:
        """The places of the best that match weighted terms, best first, and of equals the first.

        Raises EngineError where the engine cannot be asked.
        """
        return self._searching.best(self._numbered(weights), count)


class ListedField(SearchedField):
    """A field of which all texts with a term can be told."""

    def __init__(self, lexicon: Lexicon, engine: Listing) -> None:
        super().__init__(lexicon, engine)
        self._listing = engine

    def places(self, term: str) -> Places:
        """The places of all texts that have a term, in order."""
        return self._listing.places(self._lexicon.number(term))
