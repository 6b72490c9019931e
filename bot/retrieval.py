"""Query in, ranked passages out: candidates by words and by meaning, one ranker over what speaks for each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from bot.analysis import Analyser
from bot.aspects import ASPECTS
from bot.index.fields import ONE_TOPIC, Fields
from bot.index.impacts import Exact, Places
from bot.meaning import CorpusVectors
from bot.queries import Query
from bot.ranking.evidence import gathered
from bot.ranking.features import FEATURES, Signals
from bot.ranking.ranker import WITH_ENCODER, WORDS_ALONE, Ranker, shipped
from bot.records import Corpus, Hit, Passage

_INFORMATION = ASPECTS.index("information")
# So many of the best by each way of searching become candidates; where titles decide, of so many documents.
BY_EACH = 60
_TITLES = 200
# The log of a probability is taken of this much more, lest one wrong guess decide.
_FLOOR = 0.02
# Aspects count at least so much of what they do where the title has all that was named.
LEAST_RELIANCE = 0.3
# What was shown last makes its neighbours likelier, half as much so many passages on.
NEAR_STEPS = 2.0


class Hits(Sequence[Hit]):
    """Passages at some places with their scores, best first; each is fetched when it is looked at."""

    def __init__(self, passages: Sequence[Passage], places: Sequence[int], scores: Sequence[float]) -> None:
        self._passages, self._places, self._scores = passages, places, scores

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, rank: int) -> Hit: ...
    @overload
    def __getitem__(self, rank: slice) -> tuple[Hit, ...]: ...
    def __getitem__(self, rank: int | slice) -> Hit | tuple[Hit, ...]:
        if isinstance(rank, slice):
            return tuple(self[at] for at in range(*rank.indices(len(self))))
        return Hit(self._passages[self._places[rank]], self._scores[rank])


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates of a query, best first, with what spoke for each; `scores` are those of the hits."""

    query: Query
    hits: Sequence[Hit]
    scores: Sequence[float]
    signals: Signals
    order: tuple[int, ...]
    ranker: Ranker

    def shares(self, rank: int) -> dict[str, float]:
        """What each feature adds to the score of the passage at a rank, from 0."""
        row = self.ranker.shares(self.signals)[self.order[rank]]
        return dict(zip(FEATURES, map(float, row), strict=True))


class Retriever:
    """Ranks the passages of one corpus; `vectors` are None until they are there, and without an encoder."""

    def __init__(
        self, fields: Fields, corpus: Corpus, passages: Sequence[Passage], analyser: Analyser
    ) -> None:
        self.fields = fields
        self._corpus = corpus
        self.vectors: CorpusVectors | None = None
        self._passages = passages
        self._analyser = analyser

    def ranking(self, query: Query) -> Ranking:
        """The candidates, best first; ties in the order of the corpus."""
        places, signals = self.signals(query)
        ranker = shipped(WORDS_ALONE if signals.likeness is None else WITH_ENCODER)
        scores = ranker.scores(signals)
        order = np.argsort(-scores, kind="stable")
        ordered: list[float] = scores[order].tolist()
        hits = Hits(self._passages, places[order].tolist(), ordered)
        return Ranking(query, hits, ordered, signals, tuple(order.tolist()), ranker)

    def signals(self, query: Query) -> tuple[Places, Signals]:
        """The places of the candidates, in the order of the corpus, and what speaks for each."""
        index, vectors = self.fields, self.vectors
        vector = None if vectors is None else vectors.encoder.question(query.message)
        asked = {t: w for t, w in query.weights.items() if t in query.asked or t in query.names}
        typed = dict.fromkeys(self._analyser.terms(query.message), 1.0)
        titled = index.by_title.best(query.weights, _TITLES)
        best = int(titled[0]) if len(titled) else None
        reliance = self._reliance(query, best)
        ways = [
            index.by_all.best(query.weights, BY_EACH),
            index.by_all.best(typed, BY_EACH),
            index.by_heading.best(typed, BY_EACH),
            self._of_subject(query, typed, titled, reliance),
        ]
        if vectors is not None and vector is not None:
            ways.append(vectors.nearest(vector, BY_EACH))
        places = np.unique(np.concatenate(ways))
        if not len(places) or index.size <= BY_EACH:
            places = np.arange(min(index.size, BY_EACH))
        told, announced = self._told(query, places, reliance)
        opens = index.opens_document(places)
        return places, Signals(
            words=index.by_all.scores(query.weights, places),
            typed=index.by_all.scores(typed, places),
            names=index.by_body.scores({t: w for t, w in query.weights.items() if t in query.names}, places),
            asking=index.by_body.scores({t: w for t, w in asked.items() if t not in query.names}, places),
            title=index.title_scores(query.weights, places),
            heading=index.by_heading.scores(typed, places),
            told=told,
            announced=announced,
            opens_section=index.analysed.opens[places].astype(float),
            opens_document=opens,
            defines=opens * query.aspects[_INFORMATION],
            same_heading=self._same_heading(typed.keys(), places),
            length=index.analysed.lengths[places] / 100,
            near=self._nearness(query, places),
            talked_of=self._talked_of(query, places),
            evidence=gathered(query, index, places),
            likeness=None if vectors is None or vector is None else vectors.likeness(vector, places),
            topic=float(index.unity > ONE_TOPIC),
            aimed=0.0 if best is None else reliance * self._title_share(query, best),
            message_words=len(query.message.split()),
        )

    def _of_subject(
        self, query: Query, typed: Mapping[str, float], titled: Places, reliance: float
    ) -> Places:
        """The best passages of the documents whose titles the question names best, by what they tell."""
        index = self.fields
        places = index.passages_of(titled)
        told, announced = self._told(query, places, reliance)
        named = index.title_scores(query.weights, places) * (1 + 0.01 * index.by_all.scores(typed, places))
        order = np.argsort(-(named + told + announced), kind="stable")[:BY_EACH]
        return places[order]

    def _told(self, query: Query, places: Places, reliance: float) -> tuple[Exact, Exact]:
        """How well what the stretches around passages tell, and they themselves, is what is asked."""
        wanted, analysed = np.array(query.aspects), self.fields.analysed
        told, announced = (
            np.log(tells[places].astype(float) @ wanted + _FLOOR) * reliance
            for tells in (analysed.told, analysed.announced)
        )
        return told, announced

    def _same_heading(self, typed: Collection[str], places: Places) -> Exact:
        """How many of the terms of the message and of each nearest heading both have (Jaccard)."""
        shared, sizes = self.fields.in_nearest_heading(typed, places)
        return np.asarray(shared / np.maximum(len(typed) + sizes - shared, 1))

    def _nearness(self, query: Query, places: Places) -> Exact:
        """How near each passage stands, in its document, to those that were shown last: from 1 down to 0."""
        scores = np.zeros(len(places))
        of = self.fields.document_of
        for shown in query.near:
            same = of[places] == of[shown]
            scores = np.maximum(scores, np.where(same, 0.5 ** (np.abs(places - shown) / NEAR_STEPS), 0.0))
        return scores

    def _talked_of(self, query: Query, places: Places) -> Exact:
        documents = [self._corpus.place_of(doc) for doc in query.documents]
        return np.isin(self.fields.document_of[places], documents).astype(float)

    def _reliance(self, query: Query, best: int | None) -> float:
        """How far aspects decide: wholly where the best title has all that was named, less where it has not.

        "What is tamoxifen?" in a document about an illness is answered by the passage with the word, whatever
        else that passage tells.
        """
        index = self.fields
        subject = frozenset() if best is None else index.title_terms(best)
        subject |= index.common_terms if index.unity > ONE_TOPIC else frozenset()
        named = {term: query.weights.get(term, 0.0) * index.telling(term) for term in query.names}
        whole = sum(named.values())
        inside = sum(worth for term, worth in named.items() if term in subject)
        share = inside / whole if whole else 1.0
        return LEAST_RELIANCE + (1 - LEAST_RELIANCE) * share

    def _title_share(self, query: Query, best: int) -> float:
        """How much of the best title the question has, weighed by how telling each of its words is."""
        index = self.fields
        worth = {term: index.by_title.idf(term) for term in sorted(index.title_content(best))}
        whole = sum(worth.values())
        return sum(worth[term] for term in worth.keys() & query.weights.keys()) / whole if whole else 0.0
