"""A query in, passages out by how well they match and how likely each of them answers."""

import math
from collections.abc import Collection, Container
from dataclasses import replace
from itertools import pairwise

import numpy as np

from bot.answering.evidence import Evidence, calibration
from bot.records import Hit, Passage, Query
from bot.retrieval import Retriever
from bot.understanding.answer_types import answer_types

# So many of the best passages are judged for whether they answer.
JUDGED = 8
# What the log-odds that a passage answers count beside its score; beyond the surest they say no more.
ODDS_WEIGHT, SUREST_ODDS = 0.6, 4.0


class Judge:
    """Judges whether passages answer, by the words and aspects that the retriever knows of them."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever

    def ranking(self, query: Query, *, depth: int) -> tuple[tuple[Hit, float], ...]:
        """The best passages with how likely each answers: 0 for all but the first JUDGED by score alone.

        Those are ranked by their score and the odds together; none of the others can overtake them.
        """
        hits = self._retriever.hits(query, depth=max(depth, JUDGED))
        judged = [(hit, self.probability(query, hit.passage)) for hit in hits[:JUDGED]]
        ranked = [(_raised(hit, _odds(likely)), likely) for hit, likely in judged]
        ranked.sort(key=lambda pair: -pair[0].score)
        rest = ((_raised(hit, -SUREST_ODDS), 0.0) for hit in hits[JUDGED:depth])
        return (*ranked, *rest)

    def probability(self, query: Query, passage: Passage) -> float:
        """How likely, in [0, 1], a passage answers."""
        return calibration().probability(self.evidence(query, passage))

    def evidence(self, query: Query, passage: Passage) -> Evidence:
        """What speaks for a passage as the answer to a query."""
        retriever, unity = self._retriever, self._retriever.unity
        named = retriever.named(passage)
        here = named | retriever.terms[passage.index]
        worth = {term: retriever.telling(term) * name.weight for term, name in query.names.items()}
        lacking = self._lacking(query, here)
        in_name, at_all = _share(query, worth, named, unity), _share(query, worth, here, unity)
        missing = [value for name, value in worth.items() if not query.named_in(name, here)]
        return Evidence(
            placed=at_all,
            named=in_name + unity * (at_all - in_name),
            unknown=1 - _share(query, worth, retriever.known, 1.0),
            apart=self._apart(query),
            worst=max(missing, default=0.0) / retriever.most_telling,
            untyped=float(not _typed(query, passage)),
            worded=(1 - lacking) * unity,
            unmet=lacking * (1 - self._told(query, passage)) * unity,
        )

    def _told(self, query: Query, passage: Passage) -> float:
        """How likely a passage tells what is asked, as its document or as its own words show."""
        aspects, wanted = self._retriever.aspects, np.array(query.aspects)
        return max(float(row[passage.index] @ wanted) for row in (aspects.told, aspects.announced))

    def _lacking(self, query: Query, terms: Container[str]) -> float:
        """How much of the words that ask, beside those that name, does not stand in some terms."""
        worth = {term: self._retriever.telling(term) for term in query.asking}
        whole = sum(worth.values())
        lacking = (
            worth[term] for term, word in query.asking.items() if term not in terms and not word.among(terms)
        )
        return sum(lacking) / whole if whole else 0.0

    def _apart(self, query: Query) -> float:
        """The share of the phrases that no title and no passage has, though both their words are known."""
        known = [pair for pair in query.phrases if self._retriever.known.issuperset(pair)]
        return sum(not self._together(pair) for pair in known) / len(known) if known else 0.0

    def _together(self, pair: tuple[str, str]) -> bool:
        one, other = pair
        titles, bodies = self._retriever.texts
        index = self._retriever.bodies
        both = np.intersect1d(index.places(one), index.places(other), assume_unique=True)
        texts = (*titles, *(bodies[int(at)] for at in both))
        return any(pair in pairwise(text) for text in texts)


def _odds(probability: float) -> float:
    """Log-odds, kept between plus and minus SUREST_ODDS."""
    odds = math.log(max(probability, 1e-9) / max(1 - probability, 1e-9))
    return max(-SUREST_ODDS, min(SUREST_ODDS, odds))


def _raised(hit: Hit, odds: float) -> Hit:
    return replace(hit, score=hit.score + ODDS_WEIGHT * odds)


def _share(query: Query, worth: dict[str, float], terms: Collection[str], unnamed: float) -> float:
    """How much of what was named stands in some terms; `unnamed` where the question names nothing."""
    whole = sum(worth.values())
    found = (value for name, value in worth.items() if query.named_in(name, terms))
    return sum(found) / whole if whole else unnamed


def _typed(query: Query, passage: Passage) -> bool:
    """Whether a passage has an answer of the type that was asked for."""
    if query.answer_type is None:
        return True
    return bool(answer_types()[query.answer_type].holds.search(passage.text))
