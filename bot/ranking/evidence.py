"""A query and a passage in, out what of the question stands in the passage, and what does not."""

from collections.abc import Collection, Container
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bot.index.fields import Fields
from bot.records import Passage, Query
from bot.understanding.answer_types import answer_types


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a passage as the answer, each from 0 to 1.

    `placed`: how much of what was asked (weighted by how telling each word is) stands in the passage, its
    headings or its document's title; `named`: how much of it stands in the title or the headings alone or,
    as far as all documents are about one thing, anywhere there; `unknown`: how much of it no source has;
    `apart`: how many of the names that stand side by side in the question ("lung cancer") do so in no
    source; `worst`: how telling the most telling word is that is missing here; `untyped`: 1 where the
    question asks for a time, a price or a number and the passage has none; `worded`: how much of the words
    that ask ("side effects", "cost") stands here.

    A question that names nothing is taken to be about what the documents have in common: `placed` and
    `named` are then the share of them that are about the same.
    """

    placed: float
    named: float
    unknown: float
    apart: float
    worst: float
    untyped: float
    worded: float


class Witness:
    """Gathers the evidence of one query; what does not depend on the passage is worked out once."""

    def __init__(self, query: Query, fields: Fields) -> None:
        self._query = query
        self._fields = fields
        self._worth = {term: fields.telling(term) * name.weight for term, name in query.names.items()}
        self._asking = {term: fields.telling(term) for term in query.asking}
        self._unknown = 1 - self._share(fields.known, unnamed=1.0)
        self._apart = _apart(query, fields)

    def evidence(self, passage: Passage) -> Evidence:
        """What speaks for a passage as the answer."""
        named = self._fields.named(passage)
        here = named | self._fields.body_terms[passage.index]
        unity = self._fields.unity
        in_name, at_all = self._share(named, unnamed=unity), self._share(here, unnamed=unity)
        missing = [value for name, value in self._worth.items() if not self._query.named_in(name, here)]
        return Evidence(
            placed=at_all,
            named=in_name + unity * (at_all - in_name),
            unknown=self._unknown,
            apart=self._apart,
            worst=max(missing, default=0.0) / self._fields.most_telling,
            untyped=float(not _typed(self._query, passage)),
            worded=self._worded(here),
        )

    def _share(self, terms: Collection[str], *, unnamed: float) -> float:
        """How much of what was named stands in some terms; `unnamed` where the question names nothing."""
        whole = sum(self._worth.values())
        found = (value for name, value in self._worth.items() if self._query.named_in(name, terms))
        return sum(found) / whole if whole else unnamed

    def _worded(self, terms: Container[str]) -> float:
        """How much of the words that ask, beside those that name, stands in some terms."""
        whole = sum(self._asking.values())
        found = (
            worth
            for term, worth in self._asking.items()
            if term in terms or self._query.asking[term].among(terms)
        )
        return sum(found) / whole if whole else 1.0


def _apart(query: Query, fields: Fields) -> float:
    """The share of the phrases that no title and no passage has, though both their words are known."""
    known = [pair for pair in query.phrases if fields.known.issuperset(pair)]
    return sum(not _together(pair, fields) for pair in known) / len(known) if known else 0.0


def _together(pair: tuple[str, str], fields: Fields) -> bool:
    one, other = pair
    titles, bodies = fields.texts
    both = np.intersect1d(fields.by_body.places(one), fields.by_body.places(other), assume_unique=True)
    texts = (*titles, *(bodies[int(at)] for at in both))
    return any(pair in pairwise(text) for text in texts)


def _typed(query: Query, passage: Passage) -> bool:
    """Whether a passage has an answer of the type that was asked for."""
    if query.answer_type is None:
        return True
    return bool(answer_types()[query.answer_type].holds.search(passage.text))
