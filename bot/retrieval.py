"""Query in, ranked passages out: candidates by words and by meaning, one ranker over what speaks for each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.analysis import Analyser
from bot.aspects import ASPECTS, PassageAspects, QuestionAspects
from bot.aspects.passage_aspects import PassageText
from bot.index.fields import ONE_TOPIC, Fields
from bot.meaning import CorpusVectors
from bot.ranking.evidence import gathered
from bot.ranking.features import FEATURES, Signals
from bot.ranking.ranker import WITH_ENCODER, WORDS_ALONE, Ranker, shipped
from bot.records import Corpus, Hit, Passage, Query

Scores = NDArray[np.float64]

_INFORMATION = ASPECTS.index("information")
# So many of the best by each way of searching become candidates.
BY_EACH = 60
# The log of a probability is taken of this much more, lest one wrong guess decide.
_FLOOR = 0.02
# Aspects count at least so much of what they do where the title has all that was named.
LEAST_RELIANCE = 0.3
# What was shown last makes its neighbours likelier, half as much so many passages on.
NEAR_STEPS = 2.0


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates of a query, best first, with what spoke for each."""

    query: Query
    hits: tuple[Hit, ...]
    signals: Signals
    order: tuple[int, ...]
    ranker: Ranker

    def shares(self, rank: int) -> dict[str, float]:
        """What each feature adds to the score of the passage at a rank, from 0."""
        row = self.ranker.shares(self.signals)[self.order[rank]]
        return dict(zip(FEATURES, map(float, row), strict=True))


class Retriever:
    """Ranks the passages of one corpus; `vectors` are None until they are there, and without an encoder."""

    def __init__(self, corpus: Corpus, passages: Sequence[Passage], analyser: Analyser) -> None:
        self.fields = Fields(corpus, passages, analyser)
        self.vectors: CorpusVectors | None = None
        self._passages = passages
        self._analyser = analyser
        self.aspects = self._aspects()
        of = self.fields.document_of
        starts = np.array([at == 0 or of[at] != of[at - 1] for at in range(len(passages))], dtype=bool)
        opens = [
            starts[at] or passages[at].heading != passages[at - 1].heading for at in range(len(passages))
        ]
        self._opens_document = starts.astype(float)
        self._opens_section = np.array(opens, dtype=float)
        nearest = {passage.heading[-1:] for passage in passages}
        terms = {heading: frozenset(analyser.terms(" ".join(heading))) for heading in nearest}
        self._nearest_heading = [terms[passage.heading[-1:]] for passage in passages]
        self._length = np.array([len(passage.text.split()) for passage in passages], dtype=float)

    def ranking(self, query: Query) -> Ranking:
        """The candidates, best first; ties in the order of the corpus."""
        places, signals = self.signals(query)
        ranker = shipped(WORDS_ALONE if signals.likeness is None else WITH_ENCODER)
        scores = ranker.scores(signals)
        order = np.argsort(-scores, kind="stable")
        hits = tuple(Hit(self._passages[int(places[at])], float(scores[at])) for at in order)
        return Ranking(query, hits, signals, tuple(map(int, order)), ranker)

    def signals(self, query: Query) -> tuple[NDArray[np.intp], Signals]:
        """The places of the candidates, in the order of the corpus, and what speaks for each."""
        index, vectors = self.fields, self.vectors
        vector = None if vectors is None else vectors.encoder.question(query.message)
        asked = {t: w for t, w in query.weights.items() if t in query.asked or t in query.names}
        typed = dict.fromkeys(self._analyser.terms(query.message), 1.0)
        everything, as_typed = index.by_all.scores(query.weights), index.by_all.scores(typed)
        by_heading = index.by_heading.scores(typed)
        titles = index.by_title.scores(query.weights)
        title = titles[index.document_of]
        wanted = np.array(query.aspects)
        reliance = self._reliance(query, titles)
        told = np.log(self.aspects.told @ wanted + _FLOOR) * reliance
        announced = np.log(self.aspects.announced @ wanted + _FLOOR) * reliance
        ways = [everything, as_typed, by_heading, title * (1 + 0.01 * as_typed) + told + announced]
        if vectors is not None and vector is not None:
            ways.append(vectors.nearness(vector))
        places = _best(ways)

        def cut(scores: Scores) -> Scores:
            return np.asarray(scores[places])

        return places, Signals(
            words=cut(everything),
            typed=cut(as_typed),
            names=cut(index.by_body.scores({t: w for t, w in query.weights.items() if t in query.names})),
            asking=cut(index.by_body.scores({t: w for t, w in asked.items() if t not in query.names})),
            title=cut(title),
            heading=cut(by_heading),
            told=cut(told),
            announced=cut(announced),
            opens_section=cut(self._opens_section),
            opens_document=cut(self._opens_document),
            defines=cut(self._opens_document) * query.aspects[_INFORMATION],
            same_heading=self._same_heading(typed.keys(), places),
            length=cut(self._length) / 100,
            near=self._nearness(query, places),
            talked_of=self._talked_of(query, places),
            evidence=gathered(query, index, [self._passages[int(at)] for at in places]),
            likeness=None if vectors is None or vector is None else vectors.likeness(vector, places),
            topic=float(index.unity > ONE_TOPIC),
            aimed=reliance * self._title_share(query, titles),
            message_words=len(query.message.split()),
        )

    def _same_heading(self, typed: Collection[str], places: NDArray[np.intp]) -> Scores:
        """How many of the terms of the message and of each nearest heading both have (Jaccard)."""
        asked = frozenset(typed)
        headings = [self._nearest_heading[int(at)] for at in places]
        return np.array([len(asked & terms) / max(len(asked | terms), 1) for terms in headings])

    def _nearness(self, query: Query, places: NDArray[np.intp]) -> Scores:
        """How near each passage stands, in its document, to those that were shown last: from 1 down to 0."""
        scores = np.zeros(len(places))
        of = self.fields.document_of
        for shown in query.near:
            same = of[places] == of[shown]
            scores = np.maximum(scores, np.where(same, 0.5 ** (np.abs(places - shown) / NEAR_STEPS), 0.0))
        return scores

    def _talked_of(self, query: Query, places: NDArray[np.intp]) -> Scores:
        documents = [self.fields.places[doc] for doc in query.documents]
        return np.isin(self.fields.document_of[places], documents).astype(float)

    def _reliance(self, query: Query, titles: Scores) -> float:
        """How far aspects decide: wholly where the best title has all that was named, less where it has not.

        "What is tamoxifen?" in a document about an illness is answered by the passage with the word, whatever
        else that passage tells.
        """
        index = self.fields
        best = index.title_terms[int(titles.argmax())] if titles.any() else frozenset()
        subject = best | (index.common_terms if index.unity > ONE_TOPIC else frozenset())
        named = {term: query.weights.get(term, 0.0) * index.telling(term) for term in query.names}
        whole = sum(named.values())
        inside = sum(worth for term, worth in named.items() if term in subject)
        share = inside / whole if whole else 1.0
        return LEAST_RELIANCE + (1 - LEAST_RELIANCE) * share

    def _title_share(self, query: Query, titles: Scores) -> float:
        """How much of the best title the question has, weighed by how telling each of its words is."""
        if not titles.any():
            return 0.0
        index = self.fields
        worth = {term: index.by_title.idf(term) for term in index.title_content[int(titles.argmax())]}
        whole = sum(worth.values())
        return sum(worth[term] for term in worth.keys() & query.weights.keys()) / whole if whole else 0.0

    def _aspects(self) -> PassageAspects:
        index = self.fields
        subject_of = [QuestionAspects().naming(title) for title in index.title_terms]
        return PassageAspects.of(
            [
                PassageText(
                    passage.doc,
                    body,
                    self._analyser.terms(passage.heading[-1]) if passage.heading else (),
                    subject_of[place],
                )
                for passage, body, place in zip(
                    self._passages, index.texts[1], index.document_of, strict=True
                )
            ]
        )


def _best(ways: Sequence[Scores]) -> NDArray[np.intp]:
    """The places of the best by each way, in the order of the corpus; of ties the first."""
    return np.unique(np.concatenate([_first(scores, min(BY_EACH, len(scores))) for scores in ways]))


def _first(scores: Scores, count: int) -> NDArray[np.intp]:
    least = np.partition(scores, len(scores) - count)[len(scores) - count]
    better, ties = np.flatnonzero(scores > least), np.flatnonzero(scores == least)
    return np.concatenate([better, ties[: count - len(better)]])
