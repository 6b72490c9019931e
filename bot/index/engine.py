"""What a search engine has to give, whichever it is: rank-bm25's scores of one field, to the bit."""

from collections.abc import Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.index.impacts import Exact, Places


class Scoring(Protocol):
    """BM25 over the texts of one field; texts are known by their place, terms by their number."""

    def scores_at(self, weights: Mapping[int, float], places: Places) -> Exact:
        """The scores of some texts for weighted terms; 0 where nothing matches."""
        ...

    def idf(self, term: int) -> float:
        """How telling a term is: 0 for one that no text holds."""
        ...

    def frequency(self, term: int) -> int:
        """How many texts hold a term."""
        ...

    def holds(self, term: int, places: Places) -> NDArray[np.bool_]:
        """Which of some texts hold a term."""
        ...


class Searching(Scoring, Protocol):
    """One that finds the best texts too."""

    def best(self, weights: Mapping[int, float], count: int) -> Places:
        """The places of the `count` best texts that match, the first place first where scores are equal.

        Raises EngineError where the engine cannot be asked.
        """
        ...


class Listing(Searching, Protocol):
    """One that lists all texts with a term too."""

    def places(self, term: int) -> Places:
        """The texts that hold a term, ascending."""
        ...
