"""Query in, ranked passages out: fields weighed apart, aspects beside the words."""

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.analysis import Analyser
from bot.answering.marking import lead_in, marked
from bot.aspects import Distribution, PassageAspects, QuestionAspects
from bot.aspects.passage_aspects import PassageText
from bot.index.bm25 import Bm25Index
from bot.records import Corpus, Hit, Passage, Query, Span

Scores = NDArray[np.float64]


# A title that says more than was asked is about something narrower: "Essential Tremor" is not "Tremor".
TITLE_B = 0.75
# A corpus is about one thing if more than this share of its titles has the same word.
ONE_TOPIC = 0.5
# Where all documents are about one thing, their titles tell less of what is asked.
TITLE_TRUST = 0.8
# What was shown last makes its neighbours likelier, half as much so many passages on.
NEAR_STEPS = 2.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence counts in a passage's score; tuned across institutes.

    `body` counts the asked terms that do not stand in the title of the best document, `body_subject`
    those that do: a passage need not repeat what its title says. `told` and `announced` multiply the
    log-probability that the passage tells what is asked. What ends in `on_topic` counts as far as all
    documents are about one thing: `near_on_topic` what stands near the passage that a follow-up goes on from;
    `told_on_topic` takes from `told`, for there a document's neighbouring sections tell of different things.
    """

    title: float = 8.0
    heading: float = 0.15
    heading_on_topic: float = 1.15
    body: float = 1.5
    body_on_topic: float = 1.0
    body_subject: float = 0.2
    talked_of: float = 4.0
    near_on_topic: float = 4.0
    told: float = 6.0
    told_on_topic: float = -2.0
    announced: float = 4.0
    floor: float = 0.02
    least_reliance: float = 0.3


class Retriever:
    """Ranks the passages of one corpus."""

    def __init__(
        self,
        corpus: Corpus,
        passages: Sequence[Passage],
        analyser: Analyser,
        *,
        weights: Weights | None = None,
    ) -> None:
        self.weights = weights or Weights()
        self._passages = passages
        self._analyser = analyser
        self._places = {document.id: place for place, document in enumerate(corpus.documents)}
        self._document_of = np.array([self._places[passage.doc] for passage in passages], dtype=np.intp)
        titles = [analyser.terms(document.title) for document in corpus.documents]
        headings = [analyser.terms(" ".join(passage.heading)) for passage in passages]
        self._title_terms = [frozenset(title) for title in titles]
        # How far all documents are about one thing: a question that names nothing is then about that.
        common = Counter(term for title in self._title_terms for term in title)
        self._common_terms = frozenset(t for t, n in common.items() if n > ONE_TOPIC * len(titles))
        self.unity = max(common.values(), default=0) / max(len(titles), 1)
        opening = [
            (heading if at == 0 or passages[at - 1].heading != passages[at].heading else [])
            # Where titles tell the documents apart, a passage's first lines tell no more than its others.
            + (analyser.terms(lead_in(passages[at])) if self.unity > ONE_TOPIC else [])
            for at, heading in enumerate(headings)
        ]
        bodies = [analyser.terms(passage.text) for passage in passages]
        self.titles = Bm25Index(titles, b=TITLE_B)
        self.headings = Bm25Index(opening, b=0.4)
        self.bodies = Bm25Index(bodies)
        self.terms = tuple(frozenset(body) for body in bodies)
        self._heading_terms = tuple(frozenset(heading) for heading in headings)
        subject_of = [QuestionAspects().naming(title) for title in self._title_terms]
        self.known = frozenset(self.bodies.vocabulary()) | frozenset(self.titles.vocabulary())
        self.texts = (titles, bodies)
        self.most_telling = math.log(len(passages) + 1)
        self.aspects = PassageAspects.of(
            [
                PassageText(
                    passage.doc,
                    body,
                    analyser.terms(passage.heading[-1]) if passage.heading else (),
                    subject_of[place],
                )
                for passage, body, place in zip(passages, bodies, self._document_of, strict=True)
            ]
        )

    def scores(self, query: Query) -> Scores:
        """The score of every passage."""
        weigh = self.weights
        of_document = self._document_scores(query)
        subject = self._subject(of_document)
        asked = {t: w for t, w in query.weights.items() if t in query.asked or t in query.names}
        own = self.bodies.scores({t: w for t, w in asked.items() if t not in subject})
        same = self.bodies.scores({t: w for t, w in query.weights.items() if t in subject})
        wanted: Distribution = np.array(query.aspects)
        telling = weigh.told + weigh.told_on_topic * self.unity
        told = telling * np.log(self.aspects.told @ wanted + weigh.floor)
        announced = weigh.announced * np.log(self.aspects.announced @ wanted + weigh.floor)
        return np.asarray(
            weigh.title * (1 - TITLE_TRUST * self.unity) * of_document[self._document_of]
            + (weigh.heading + weigh.heading_on_topic * self.unity) * self.headings.scores(asked)
            + (weigh.body + weigh.body_on_topic * self.unity) * own
            + weigh.body_subject * same
            + weigh.near_on_topic * self.unity * self._nearness(query)
            + self._reliance(query, subject | self._best_title(of_document)) * (told + announced)
        )

    def _nearness(self, query: Query) -> Scores:
        """How near each passage stands, in its document, to those that were shown last: from 1 down to 0."""
        scores = np.zeros(len(self._passages))
        for shown in query.near:
            steps = np.abs(np.arange(len(scores)) - shown)
            same = self._document_of == self._document_of[shown]
            scores = np.maximum(scores, np.where(same, 0.5 ** (steps / NEAR_STEPS), 0.0))
        return scores

    def _subject(self, of_document: Scores) -> frozenset[str]:
        """The terms that name the subject: of the best title or, in a corpus about one thing, of most."""
        return self._common_terms if self.unity > ONE_TOPIC else self._best_title(of_document)

    def _best_title(self, of_document: Scores) -> frozenset[str]:
        return self._title_terms[int(of_document.argmax())] if of_document.any() else frozenset()

    def _document_scores(self, query: Query) -> Scores:
        """How well each document's title names the subject; one that was talked of is preferred."""
        scores = self.titles.scores(query.weights)
        for doc in query.documents:
            scores[self._places[doc]] += self.weights.talked_of
        return scores

    def _reliance(self, query: Query, subject: Collection[str]) -> float:
        """How far aspects decide: wholly where the title has all that was named, less where it has not.

        "What is tamoxifen?" in a document about an illness is answered by the passage with the word, whatever
        else that passage tells.
        """
        named = {term: query.weights.get(term, 0.0) * self.telling(term) for term in query.names}
        whole = sum(named.values())
        inside = sum(worth for term, worth in named.items() if term in subject)
        share = inside / whole if whole else 1.0
        return self.weights.least_reliance + (1 - self.weights.least_reliance) * share

    def marked(self, query: Query, passage: Passage) -> tuple[Span, ...]:
        """The sentences or items of a passage that answer."""
        worth = {t: w * self.telling(t) for t, w in query.weights.items() if t in query.asked}
        return marked(passage, query, worth, self.named(passage), self._analyser)

    def named(self, passage: Passage) -> frozenset[str]:
        """The terms of a passage's title and headings."""
        title = self._title_terms[int(self._document_of[passage.index])]
        return title | self._heading_terms[passage.index]

    def telling(self, term: str) -> float:
        """How telling a term is: its idf, and for one that no passage has that of the rarest."""
        return self.bodies.idf(term) or self.most_telling

    def hits(self, query: Query, *, depth: int) -> tuple[Hit, ...]:
        """The best passages, ties in the order of the corpus."""
        scores = self.scores(query)
        order = np.argsort(-scores, kind="stable")[:depth]
        return tuple(Hit(self._passages[int(at)], float(scores[at])) for at in order)
