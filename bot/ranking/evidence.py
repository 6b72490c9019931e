"""A query and candidates in, out what of the question stands in each passage, and what does not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from bot.aspects.answer_types import answer_types
from bot.index.fields import Fields
from bot.index.impacts import Places
from bot.queries import Name, Query

# Of a letter's many phrases the first are looked up.
MOST_PHRASES = 20

Column = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each candidate as the answer, a value a candidate, each from 0 to 1.

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

    placed: Column
    named: Column
    unknown: Column
    apart: Column
    worst: Column
    untyped: Column
    worded: Column

    def at(self, candidate: int) -> dict[str, float]:
        """The evidence for one candidate, by name."""
        return {field.name: float(getattr(self, field.name)[candidate]) for field in fields(self)}


def gathered(query: Query, index: Fields, places: Places) -> Evidence:
    """What speaks for each of the passages at some places as the answer to a query."""
    headed = index.headed(places)
    in_name = _Held(lambda term: index.titled(term, places) | headed(term))
    here = _Held(lambda term: in_name.term(term) | index.by_body.holds(term, places))
    worth = {term: index.telling(term) * name.weight for term, name in query.names.items()}
    asking = {term: index.telling(term) for term in query.asking}
    placed = _share(worth, query.names, here, len(places), unnamed=index.unity)
    named = _share(worth, query.names, in_name, len(places), unnamed=index.unity)
    missing = [
        np.where(here.name(term, query.names[term]), 0.0, value) / index.most_telling
        for term, value in worth.items()
    ]
    whole, none = sum(worth.values()), np.zeros(len(places))
    known = sum(value for term, value in worth.items() if _known(term, query.names[term], index))
    return Evidence(
        placed=placed,
        named=named + index.unity * (placed - named),
        unknown=none + (1 - known / whole if whole else 0.0),
        apart=none + _apart(query, index),
        worst=np.max(missing, axis=0) if missing else none,
        untyped=_untyped(query, index, places),
        worded=_share(asking, query.asking, here, len(places), unnamed=1.0),
    )


class _Held:
    """Which candidates hold a term, or all of another name of the same thing; each term is looked up once."""

    def __init__(self, look_up: Callable[[str], Flags]) -> None:
        self._look_up = look_up
        self._known: dict[str, Flags] = {}

    def term(self, term: str) -> Flags:
        """The candidates that hold one term."""
        if term not in self._known:
            self._known[term] = self._look_up(term)
        return self._known[term]

    def name(self, term: str, name: Name) -> Flags:
        """The candidates that hold a term or all of one of its other names."""
        ways = [self.term(term)]
        ways += [np.all([self.term(part) for part in other], axis=0) for other in name.others if other]
        return np.asarray(np.any(ways, axis=0))


def _share(
    worth: Mapping[str, float], names: Mapping[str, Name], held: _Held, count: int, *, unnamed: float
) -> Column:
    """How much of some names each candidate holds; `unnamed` where there are none."""
    whole = sum(worth.values())
    if not whole:
        return np.full(count, unnamed)
    found = (value * held.name(term, names[term]) for term, value in worth.items())
    return np.asarray(sum(found) / whole)


def _known(term: str, name: Name, index: Fields) -> bool:
    """Whether some source has a term or all of another name of the same thing."""
    return index.knows(term) or any(all(map(index.knows, other)) for other in name.others)


def _apart(query: Query, index: Fields) -> float:
    """The share of the phrases that no title and no passage has, though both their words are known."""
    known = [pair for pair in query.phrases[:MOST_PHRASES] if all(map(index.knows, pair))]
    return sum(not index.side_by_side(*pair) for pair in known) / len(known) if known else 0.0


def _untyped(query: Query, index: Fields, places: Places) -> Column:
    """1 for each passage that has no answer of the type that was asked for."""
    if query.answer_type is None:
        return np.zeros(len(places))
    bit = 1 << list(answer_types()).index(query.answer_type)
    return np.asarray(index.analysed.typed[places] & bit == 0, dtype=float)
