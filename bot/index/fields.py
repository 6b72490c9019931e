"""An analysed corpus in, what can be looked up of it out: BM25 over each of its fields, and more."""

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bot.analysis import Analyser, stopwords
from bot.index.analysed import Analysed, analysed, many_titles
from bot.index.arrays import Room, in_memory, let_go
from bot.index.bm25 import Bm25Index
from bot.index.counted import Part
from bot.index.engine import Listing, Scoring, Searching
from bot.index.field import Field, ListedField, SearchedField
from bot.index.impacts import Exact, Places
from bot.index.layouts import beside, only, stretched, taken
from bot.index.neighbours import Neighbours
from bot.records import Corpus

Counts = NDArray[np.intp]
_NOWHERE = np.zeros(0, dtype=np.intp)
# So many words are counted at a time.
_AT_A_TIME = 4_000_000

# A title that says more than was asked is about something narrower: "Essential Tremor" is not "Tremor".
TITLE_B = 0.75
HEADING_B = 0.4
BODY_B = 0.75
B_OF: Mapping[str, float] = {"heading": HEADING_B, "body": BODY_B, "all": BODY_B}
# A corpus is about one thing if more than this share of its titles has the same word.
ONE_TOPIC = 0.5


def parts(analysed: Analysed) -> Mapping[str, tuple[Part, ...]]:
    """The parts that the texts of each field of the passages are made of, by its name, in this order."""
    titles = only(analysed.titles, analysed.telling)
    return {
        "heading": (Part(analysed.headings), Part(analysed.leads)),
        "body": (Part(analysed.bodies),),
        "all": (Part(titles, _documents(analysed)), Part(analysed.headings), Part(analysed.bodies)),
    }


def engines(
    analysed: Analysed, rooms: Callable[[str], Room] = lambda _: in_memory
) -> Iterator[tuple[str, Bm25Index]]:
    """The engine of each field by its name, one after the other, for together they may fill the memory.

    There are `rooms` for what each is made of, and one called "text" for what it is made from.
    """
    titles, size = only(analysed.titles, analysed.telling), len(analysed.terms)
    yield "title", Bm25Index.build(titles, size, b=TITLE_B, room=rooms("title"))
    for name, made_of in parts(analysed).items():
        yield name, _engine(made_of, size, b=B_OF[name], text=rooms("text"), room=rooms(name))
    yield "offer", Bm25Index.build(analysed.offers, size, room=rooms("offer"))


def _engine(made_of: Sequence[Part], size: int, *, b: float, text: Room, room: Room) -> Bm25Index:
    rows = beside(*(part.whole() for part in made_of), room=text)
    return Bm25Index.build(rows, size, b=b, room=room)


def neighbours(analysed: Analysed) -> Neighbours:
    """Which terms stand side by side in titles that tell something and in passages."""
    return Neighbours.of((only(analysed.titles, analysed.telling), analysed.bodies))


def totals(analysed: Analysed) -> Counts:
    """How often the documents have each word."""
    said, times = analysed.said.terms, analysed.times
    found = np.zeros(len(analysed.words), dtype=np.int64)
    for first in range(0, len(said), _AT_A_TIME):
        some = slice(first, first + _AT_A_TIME)
        found += np.bincount(said[some], times[some], len(found)).astype(np.int64)
        let_go(said, times)
    return found


@dataclass(frozen=True, slots=True)
class Engines:
    """What finds and scores in each field; `offer` are the questions that headings stand for."""

    title: Listing
    heading: Searching
    body: Scoring
    all: Searching
    offer: Listing


class Fields:
    """What can be looked up of a corpus, field by field, in the order of its passages.

    `document_of` is the place of each passage's document and `first` that of each document's first passage;
    `unity` in [0, 1] is how far all documents are about one thing.
    """

    def __init__(
        self,
        analysed: Analysed,
        engines: Engines,
        neighbours: Neighbours,
        totals: Counts,
        analyser: Analyser,
    ) -> None:
        self.analysed = analysed
        self.neighbours = neighbours
        self.first = np.concatenate([[0], np.cumsum(analysed.counts, dtype=np.int64)])
        self._lexicon = analysed.terms
        self.by_title = ListedField(analysed.terms, engines.title)
        self.by_heading = SearchedField(analysed.terms, engines.heading)
        self.by_body = Field(analysed.terms, engines.body)
        self.by_all = SearchedField(analysed.terms, engines.all)
        self._by_offer = ListedField(analysed.terms, engines.offer)
        self.most_telling = math.log(len(analysed.bodies) + 1)
        self._idle = frozenset(analyser.term(word) for word in stopwords())
        self._title_sizes, self.common_terms, self.unity = self._in_common()
        self._totals = totals
        self._said = np.zeros(len(analysed.terms), dtype=bool)
        self._said[analysed.stems[totals > 0]] = True

    @classmethod
    def of(cls, analysed: Analysed, analyser: Analyser) -> Self:
        """Index what was analysed."""
        made = Engines(**dict(engines(analysed)))
        return cls(analysed, made, neighbours(analysed), totals(analysed), analyser)

    def asking(self, *, heading: Searching, body: Scoring, together: Searching) -> Self:
        """The same with other engines for the fields of the passages; `together` is for all of them."""
        other = copy(self)
        other.by_heading = SearchedField(self._lexicon, heading)
        other.by_body = Field(self._lexicon, body)
        other.by_all = SearchedField(self._lexicon, together)
        return other

    @classmethod
    def of_corpus(cls, corpus: Corpus, analyser: Analyser) -> Self:
        """Analyse and index a corpus in memory."""
        titles = many_titles(document.title for document in corpus.documents)
        return cls.of(analysed(corpus.documents, titles, analyser), analyser)

    @cached_property
    def document_of(self) -> Places:
        """The place of the document of each passage."""
        return _documents(self.analysed)

    @property
    def size(self) -> int:
        """How many passages there are."""
        return len(self.analysed.bodies)

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return len(self.analysed.counts)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How often the documents have each word, in lower case, wherever in their texts."""
        said = zip(self.analysed.words, self._totals.tolist(), strict=True)
        return {word: count for word, count in said if count}

    def says(self, term: str) -> bool:
        """Whether the documents have a word with this term, wherever in their texts."""
        number = self._lexicon.number(term)
        return number >= 0 and bool(self._said[number])

    def whole_titles(self, terms: Collection[str]) -> Places:
        """The documents in whose titles nothing says anything beyond these terms, and something does."""
        found = [self.by_title.places(term) for term in terms if term not in self._idle]
        documents, counts = np.unique(np.concatenate([_NOWHERE, *found]), return_counts=True)
        return np.asarray(documents[counts == self._title_sizes[documents]])

    def title_terms(self, document: int) -> frozenset[str]:
        """The terms of a document's title, none where it tells nothing of the document."""
        if not self.analysed.telling[document]:
            return frozenset()
        return self._spelled(self.analysed.titles[document])

    def title_content(self, document: int) -> frozenset[str]:
        """Those of the terms of a document's title that say something."""
        return self.title_terms(document) - self._idle

    def body_terms(self, passage: int) -> frozenset[str]:
        """The distinct terms of a passage."""
        return self._spelled(self.analysed.bodies[passage])

    def named(self, passage: int) -> frozenset[str]:
        """The terms of a passage's title and headings."""
        headings = self._spelled(self.analysed.headings[passage])
        return self.title_terms(int(self.document_of[passage])) | headings

    def in_nearest_heading(self, terms: Collection[str], places: Places) -> tuple[Counts, Counts]:
        """How many of some distinct terms the nearest heading of each passage has, and how many of all."""
        headings = self.analysed.headings
        sizes = self.analysed.nearest[places].astype(np.int64)
        numbers = headings.terms[stretched(headings.starts[places + 1] - sizes, sizes)]
        row, number = _distinct(np.repeat(np.arange(len(places)), sizes), numbers)
        asked = np.isin(number, [self._lexicon.number(term) for term in terms])
        return np.bincount(row[asked], minlength=len(places)), np.bincount(row, minlength=len(places))

    def opens_document(self, places: Places) -> Exact:
        """1 for each of some passages that is the first of its document, else 0."""
        return np.asarray(self.first[self.document_of[places]] == places, dtype=float)

    def passages_of(self, documents: Places) -> Places:
        """The places of the passages of some documents, in order."""
        counts = self.analysed.counts[documents].astype(np.int64)
        return np.sort(stretched(self.first[documents], counts))

    def title_scores(self, weights: Mapping[str, float], places: Places) -> Exact:
        """The score of the title of the document of each of some passages."""
        documents, of_places = np.unique(self.document_of[places], return_inverse=True)
        return np.asarray(self.by_title.scores(weights, documents)[of_places])

    def telling(self, term: str) -> float:
        """How telling a term is: its idf, and for one that no passage has that of the rarest."""
        return self.by_body.idf(term) or self.most_telling

    def knows(self, term: str) -> bool:
        """Whether some passage, its headings or its title have a term."""
        return self.by_all.frequency(term) > 0

    def offering(self, terms: Collection[str]) -> Places:
        """The passages whose headings stand for a question with some of these terms, most first."""
        found = [self._by_offer.places(term) for term in terms]
        places, counts = np.unique(np.concatenate([_NOWHERE, *found]), return_counts=True)
        return np.asarray(places[np.argsort(-counts, kind="stable")])

    def side_by_side(self, one: str, other: str) -> bool:
        """Whether two terms are neighbours in some title or passage, in this order."""
        pair = self._lexicon.number(one), self._lexicon.number(other)
        return min(pair) >= 0 and pair in self.neighbours

    def titled(self, term: str, places: Places) -> NDArray[np.bool_]:
        """Which of some passages have a term in the title of their document."""
        documents, of_places = np.unique(self.document_of[places], return_inverse=True)
        return np.asarray(self.by_title.holds(term, documents)[of_places])

    def headed(self, places: Places) -> Callable[[str], NDArray[np.bool_]]:
        """Tells, for a term, which of some passages have it in their headings."""
        headings = taken(self.analysed.headings, places)
        row_of = np.repeat(np.arange(len(places)), headings.lengths())

        def holds(term: str) -> NDArray[np.bool_]:
            found = np.zeros(len(places), dtype=bool)
            found[row_of[headings.terms == self._lexicon.number(term)]] = True
            return found

        return holds

    def _spelled(self, terms: NDArray[np.integer]) -> frozenset[str]:
        return frozenset(self._lexicon[number] for number in set(terms.tolist()))

    def _in_common(self) -> tuple[Counts, frozenset[str], float]:
        """What titles say and have in common.

        How many terms say something in each, those that more than half of the titles that do have, and which
        share of them has the commonest.
        """
        titles = only(self.analysed.titles, self.analysed.telling)
        says = ~np.isin(titles.terms, [self._lexicon.number(term) for term in self._idle])
        row_of = np.repeat(np.arange(len(titles)), titles.lengths())[says]
        row, number = _distinct(row_of, titles.terms[says])
        sizes = np.bincount(row, minlength=len(titles))
        told = np.count_nonzero(sizes)
        content, counts = np.unique(number, return_counts=True)
        common = self._spelled(content[counts > ONE_TOPIC * told])
        return sizes, common, int(counts.max(initial=0)) / max(int(told), 1)


def _distinct(rows: Places, numbers: NDArray[np.int32]) -> tuple[Places, Places]:
    """Each number of each row once: the rows, and the numbers."""
    found = np.unique((rows.astype(np.int64) << 32) | numbers)
    return found >> 32, found & 0xFFFFFFFF


def _documents(analysed: Analysed) -> Places:
    return np.repeat(np.arange(len(analysed.counts)), analysed.counts)
