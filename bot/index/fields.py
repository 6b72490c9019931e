"""Passages in, BM25 over each of their fields out: titles, headings, bodies, and all of them together."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.analysis import Analyser, stopwords, words
from bot.index.named import NamedIndex
from bot.passages import lead_in
from bot.records import Corpus, Passage

# A title that says more than was asked is about something narrower: "Essential Tremor" is not "Tremor".
TITLE_B = 0.75
HEADING_B = 0.4
# A corpus is about one thing if more than this share of its titles has the same word.
ONE_TOPIC = 0.5
# A title that so many documents have is none of a document's own.
MANY_TITLES = 3
_OF_FILES = frozenset(
    [
        "copy",
        "doc",
        "document",
        "draft",
        "file",
        "final",
        "leaflet",
        "microsoft",
        "new",
        "page",
        "pdf",
        "scan",
        "scanned",
        "text",
        "title",
        "untitled",
        "version",
        "word",
    ]
)


class Fields:
    """What can be looked up of a corpus, field by field, in the order of its passages.

    `titles[place]` is the title of the document at that place in the corpus, empty where it tells nothing
    of the document; `unity` in [0, 1] is how far all documents are about one thing.
    """

    def __init__(self, corpus: Corpus, passages: Sequence[Passage], analyser: Analyser) -> None:
        self.places: Mapping[str, int] = {doc.id: place for place, doc in enumerate(corpus.documents)}
        self.document_of = np.array([self.places[passage.doc] for passage in passages], dtype=np.intp)
        bodies = [analyser.terms(passage.text) for passage in passages]
        self.titles = _telling_titles(corpus, self.document_of, bodies, analyser)
        titles = [analyser.terms(title) for title in self.titles]
        headings = [analyser.terms(" ".join(passage.heading)) for passage in passages]
        leads = [analyser.terms(lead_in(passage)) for passage in passages]
        self.title_terms = tuple(map(frozenset, titles))
        self.heading_terms = tuple(map(frozenset, headings))
        self.body_terms = tuple(map(frozenset, bodies))
        self.texts = (titles, bodies)
        idle = {analyser.term(word) for word in stopwords()}
        self.title_content = tuple(terms - idle for terms in self.title_terms)
        common = Counter(term for terms in self.title_content for term in terms)
        told = sum(map(bool, self.title_content))
        self.common_terms = frozenset(term for term, count in common.items() if count > ONE_TOPIC * told)
        self.unity = max(common.values(), default=0) / max(told, 1)
        self.by_title = NamedIndex(titles, b=TITLE_B)
        self.by_heading = NamedIndex(
            [[*heading, *lead] for heading, lead in zip(headings, leads, strict=True)], b=HEADING_B
        )
        self.by_body = NamedIndex(bodies)
        together = (
            [*titles[place], *heading, *body]
            for place, heading, body in zip(self.document_of, headings, bodies, strict=True)
        )
        self.by_all = NamedIndex(list(together))
        self.title_pairs = frozenset(pair for title in titles for pair in pairwise(title))
        headed: dict[str, list[int]] = {}
        for place, terms in enumerate(self.heading_terms):
            for term in terms:
                headed.setdefault(term, []).append(place)
        self._headed = {term: np.array(places, dtype=np.intp) for term, places in headed.items()}
        self.known = frozenset(self.by_all.vocabulary())
        self.most_telling = math.log(len(passages) + 1)

    def named(self, passage: Passage) -> frozenset[str]:
        """The terms of a passage's title and headings."""
        title = self.title_terms[int(self.document_of[passage.index])]
        return title | self.heading_terms[passage.index]

    def named_at(self, term: str, places: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Which of some passages have a term in their title or their headings."""
        titled = np.isin(self.document_of[places], self.by_title.places(term))
        return np.asarray(titled | np.isin(places, self._headed.get(term, ())))

    def telling(self, term: str) -> float:
        """How telling a term is: its idf, and for one that no passage has that of the rarest."""
        return self.by_body.idf(term) or self.most_telling


def _telling_titles(
    corpus: Corpus, document_of: Iterable[int], bodies: Sequence[Sequence[str]], analyser: Analyser
) -> tuple[str, ...]:
    """The documents' titles, empty for one that says nothing of its document: a file's name, "Word Document".

    Such a title is made of figures and words for files, and has no telling word in common with its document;
    or it is that of many others too.
    """
    said: list[set[str]] = [set() for _ in corpus.documents]
    for place, body in zip(document_of, bodies, strict=True):
        said[place].update(body)
    same = Counter(document.title for document in corpus.documents)
    idle = {analyser.term(word) for word in stopwords()}
    return tuple(
        document.title
        if same[document.title] < MANY_TITLES
        and (_names(document.title) or (set(analyser.terms(document.title)) - idle) & terms)
        else ""
        for document, terms in zip(corpus.documents, said, strict=True)
    )


def _names(title: str) -> bool:
    """Whether a title has a word, and not only figures and what files are called."""
    return any(word.isalpha() and word not in _OF_FILES for word in words(title))
