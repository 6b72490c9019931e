"""Weighted terms in, the best texts of a field out: candidates from a cluster, exact scores from here.

Lucene keeps the length of a text in one byte, rounded down, so that it scores no text too low. With its
parameters chosen for our mean length, and a boost for our idf instead of its own, its score of a candidate
bounds ours, and that of the last candidate bounds ours of all that were not asked for. So it is known when
the best are among the candidates; until then more are asked for.
"""

import logging
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.cluster.layout import MOST_ASKED
from bot.index.counted import Counted, Part, Statistics
from bot.index.impacts import Exact, Places

_LOG = logging.getLogger(__name__)
# Asked for so many times as many at each further step.
_STEP = 4
# Lucene's scores are of 32 bits, and so are the roundings on the way.
_SLACK = 1e-5
# No rounding of a length makes a score this much too high; some versions score (k1 + 1) times as high.
_SCALED = 1.5
# Lucene takes 1,024 terms in a search at most.
_MOST_TERMS = 1000


@dataclass(frozen=True, slots=True)
class Candidates:
    """The best texts as a cluster has them, best first, and of equals the first; with its scores."""

    places: Places
    scores: Exact


@dataclass(frozen=True, slots=True)
class Asked:
    """How a field is asked for: `find` gives so many candidates for boosted terms.

    So many texts `with_terms` have any; `k1` is BM25's there.
    """

    find: Callable[[Mapping[int, float], int], Candidates]
    with_terms: int
    k1: float
    depth: int


class ClusterField(Counted):
    """BM25 over one field of the passages, which is searched in a cluster."""

    def __init__(self, parts: Sequence[Part], statistics: Statistics, asked: Asked) -> None:
        super().__init__(parts, statistics)
        self._asked = asked

    def best(self, weights: Mapping[int, float], count: int) -> Places:
        """The places of the `count` best texts that match, the first place first where scores are equal.

        Raises EngineError where the cluster cannot be asked.
        """
        known = self.known(weights)
        if not known or count < 1:
            return np.empty(0, dtype=np.intp)
        # Only who wants to do harm asks for more.
        telling = sorted(known, key=lambda term: -known[term] * self.idf(term))[:_MOST_TERMS]
        boosts = {term: known[term] * self._boost(term) for term in telling}
        depth = max(self._asked.depth, 2 * count)
        while True:
            depth = min(depth, MOST_ASKED)
            found = self._asked.find(boosts, depth)
            exact = self.scores_at(known, found.places)
            order = np.lexsort((found.places, -exact))[:count]
            whole = len(found.places) < depth
            if whole or self._are_best(found, exact, float(exact[order[-1]]), len(order) == count):
                break
            if depth == MOST_ASKED:
                _LOG.info("Of more than %s candidates that are nearly alike, the first are taken.", depth)
                break
            depth *= _STEP
        return found.places[order]

    def _are_best(self, found: Candidates, exact: Exact, least: float, enough: bool) -> bool:
        """Whether no text that was not asked for can reach the `least` of the best scores."""
        ratios = found.scores / exact
        scale = float(ratios.min())
        nominal = self._asked.k1 + 1 if scale > _SCALED else 1.0
        return enough and float(found.scores[-1]) / min(nominal, scale) * (1 + _SLACK) < least

    def _boost(self, term: int) -> float:
        """What makes Lucene's score of a term ours."""
        frequency, texts = self.frequency(term), self._asked.with_terms
        lucene = math.log(1 + (texts - frequency + 0.5) / (frequency + 0.5))
        return self.idf(term) * float(self.statistics.gain[0]) / lucene


def query(field: str, boosts: Mapping[str, float], depth: int) -> dict[str, Any]:
    """The search for candidates, which come with their score and their place."""
    clauses = [{"term": {field: {"value": value, "boost": boost}}} for value, boost in boosts.items()]
    return {
        "size": depth,
        "track_total_hits": False,
        "stored_fields": "_none_",
        "query": {"bool": {"should": clauses}},
        "sort": [{"_score": "desc"}, {"place": "asc"}],
    }
