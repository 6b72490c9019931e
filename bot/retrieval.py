"""Query in, ranked passages out: fields weighed apart, aspects beside the words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.analysis import Analyser
from bot.aspects import Distribution, PassageAspects
from bot.aspects.passage_aspects import PassageText
from bot.index.bm25 import Bm25Index
from bot.records import Corpus, Hit, Passage, Query

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence counts in a passage's score; tuned across institutes.

    `body` counts the asked terms that do not stand in the title of the best document, `body_subject`
    those that do: a passage need not repeat what its title says. `told` and `announced` multiply the
    log-probability that the passage tells what is asked.
    """

    title: float = 3.0
    heading: float = 1.0
    body: float = 0.5
    body_subject: float = 0.3
    told: float = 4.0
    announced: float = 2.0
    floor: float = 0.01


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
        places = {document.id: place for place, document in enumerate(corpus.documents)}
        self._document_of = np.array([places[passage.doc] for passage in passages], dtype=np.intp)
        titles = [analyser.terms(document.title) for document in corpus.documents]
        headings = [analyser.terms(" ".join(passage.heading)) for passage in passages]
        bodies = [analyser.terms(passage.text) for passage in passages]
        self.titles = Bm25Index(titles, b=0.4)
        self.headings = Bm25Index(headings, b=0.4)
        self.bodies = Bm25Index(bodies)
        self._title_terms = [frozenset(title) for title in titles]
        subjects = (self._title_terms[place] for place in self._document_of)
        self.aspects = PassageAspects.of(
            [
                PassageText(passage.doc, body, analyser.terms(passage.heading[-1]) if passage.heading else (), subject)
                for passage, body, subject in zip(passages, bodies, subjects, strict=True)
            ]
        )

    def scores(self, query: Query) -> Scores:
        """The score of every passage."""
        weigh = self.weights
        of_document = self.titles.scores(query.weights)
        subject = self._title_terms[int(of_document.argmax())] if of_document.any() else frozenset()
        asked = {t: w for t, w in query.weights.items() if t in query.asked}
        body = self.bodies.scores({t: w for t, w in asked.items() if t not in subject})
        same = self.bodies.scores({t: w for t, w in query.weights.items() if t in subject})
        wanted: Distribution = np.array(query.aspects)
        return np.asarray(
            weigh.title * of_document[self._document_of]
            + weigh.heading * self.headings.scores(asked)
            + weigh.body * body
            + weigh.body_subject * same
            + weigh.told * np.log(self.aspects.told @ wanted + weigh.floor)
            + weigh.announced * np.log(self.aspects.announced @ wanted + weigh.floor)
        )

    def hits(self, query: Query, *, depth: int) -> tuple[Hit, ...]:
        """The best passages, ties in the order of the corpus."""
        scores = self.scores(query)
        order = np.argsort(-scores, kind="stable")[:depth]
        return tuple(Hit(self._passages[int(at)], float(scores[at])) for at in order)
