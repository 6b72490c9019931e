"""The best texts for weighted terms by adding up, exactly, all that the terms add.

That is quickest where there is little to add: what takes the time is then not the arithmetic but the calls
that do it. Every sum comes of rank-bm25's operations in its order, so that it is its score to the bit.
"""

import threading
from collections.abc import Mapping

import numpy as np

from bot.index.best import threshold
from bot.index.impacts import Exact, Impacts, Places

# So few postings are quicker added up than left out, in a field of any size: measured at 1e4 and 1e5.
_SHORT = 3000
# In a field of so few texts, all of them are quicker added up: measured from 1e3 to 3e4.
_FEW = 12_000


class Adding:
    """Adds up one field; safe to share between threads, each of which keeps its own sums."""

    def __init__(self, impacts: Impacts) -> None:
        self._impacts = impacts
        self._kept = threading.local()

    def suits(self, known: Mapping[int, float]) -> bool:
        """Whether it is the quickest for these terms."""
        return self._impacts.size <= _FEW or self._are_short(known)

    def best(self, known: Mapping[int, float], count: int) -> Places:
        """The places of the `count` best texts that match known terms, of equals the first place first."""
        # Taken from its thread until it is all 0 again: who is interrupted leaves none behind.
        total: Exact | None = self._kept.__dict__.pop("total", None)
        if total is None:
            total = np.zeros(self._impacts.size)
        places, scores = (self._few_held if self._are_short(known) else self._all)(known, count, total)
        self._kept.total = total
        return places[np.lexsort((places, -scores))[:count]]

    def _are_short(self, known: Mapping[int, float]) -> bool:
        impacts, postings = self._impacts, 0
        for term in known:
            if impacts.has_column(term):
                return False
            postings += impacts.frequency(term)
        return postings <= _SHORT

    def _few_held(self, known: Mapping[int, float], count: int, total: Exact) -> tuple[Places, Exact]:
        """The best of the texts that hold terms with postings, ties among them, and their scores."""
        held: list[Places] = []
        for term, weight in known.items():
            places, shares = self._impacts.exact(term)
            if weight != 1.0:
                shares *= weight
            if held:
                shares += total.take(places)
            total[places] = shares
            held.append(places)
        sums: list[Exact] = []
        for places in held:
            # A text that comes up again has 0 by then.
            sums.append(total.take(places))
            total[places] = 0
        together = np.concatenate(sums)
        reached = _reaching(together, count)
        return np.concatenate(held)[reached], together[reached]

    def _all(self, known: Mapping[int, float], count: int, total: Exact) -> tuple[Places, Exact]:
        """The best of all texts, ties among them, and their scores."""
        for term, weight in known.items():
            places, shares = self._impacts.spread(term)
            if weight != 1.0:
                shares *= weight
            total[places] += shares
        reached = _reaching(total, count)
        scores = total[reached]
        total.fill(0)
        return reached, scores


def _reaching(scores: Exact, count: int) -> Places:
    """Where scores over 0 are among the `count` best, or equal to the last of them, or little less."""
    least = threshold(scores, count)
    (found,) = (scores >= least if least > 0 else scores).nonzero()
    return found
