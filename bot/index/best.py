"""The best texts for weighted terms, without a look at those that cannot be among them.

Terms are taken by what they can add at most. Once the rest together cannot lift a text that holds none of
those taken over the threshold, the postings of the rest are no longer walked, only looked up for the texts
that are left (MaxScore: Turtle and Flood 1995). Sums are rounded on the way, and nothing is left out but by
more than the rounding; whoever asks orders what is left by exact scores.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.index.impacts import Impacts, Places, Rounded

# Where a threshold is looked for among many sums, the best of so many groups for each that is wanted.
_GROUPS = 8
# Half the distance of neighbouring numbers of 32 bits around 1, and the roundings behind one term's share.
_ROUNDING, _ROUNDINGS = 2.0**-24, 8


@dataclass(frozen=True, slots=True)
class _Question:
    """Known terms by what they add at most, the highest first; `rest[n]` is the sum behind the first `n`."""

    terms: list[tuple[int, float]]
    rest: list[float]
    slack: float

    @classmethod
    def of(cls, impacts: Impacts, weights: Mapping[int, float]) -> "_Question":
        bounds = [(weight * float(impacts.bounds[term]), term, weight) for term, weight in weights.items()]
        bounds.sort(reverse=True)
        rest = [0.0]
        for bound, _, _ in reversed(bounds):
            rest.append(rest[-1] + bound)
        rest.reverse()
        slack = 2 * rest[0] * (len(bounds) + _ROUNDINGS) * _ROUNDING
        return cls([(term, weight) for _, term, weight in bounds], rest, slack)


class Search:
    """Finds the best texts of one field; safe to share between threads, each of which keeps its own sums."""

    def __init__(self, impacts: Impacts) -> None:
        self._impacts = impacts
        self._kept = threading.local()

    def candidates(self, weights: Mapping[int, float], count: int) -> Places:
        """Texts that match known terms, the `count` best and ties among them and few others, ascending."""
        question = _Question.of(self._impacts, weights)
        # Taken from its thread until it is all 0 again: who is interrupted leaves none behind.
        total: Rounded | None = self._kept.__dict__.pop("total", None)
        if total is None:
            total = np.zeros(self._impacts.size, dtype=np.float32)
        found = self._among_some(question, weights, count, total)
        self._kept.total = total
        found.sort()
        return found

    def _among_some(
        self, question: _Question, weights: Mapping[int, float], count: int, total: Rounded
    ) -> Places:
        taken, least = self._take(question, count, total)
        places, sums = taken.left(total, least - question.rest[taken.terms])
        if places.size > 4 * count:
            least = max(
                least, self._reached(weights, places[_largest(sums, 2 * count)], count) - question.slack
            )
            places = self._pruned(question, taken.terms, least, (places, sums), 3 * count)
        return places

    def _take(self, question: _Question, count: int, total: Rounded) -> "tuple[_Taken, float]":
        """Add up terms until the rest cannot bring in a text; what was taken, and the least score needed."""
        taken, least = _Taken([]), 0.0
        for number, (term, weight) in enumerate(question.terms):
            if question.rest[number] < least:
                break
            if self._impacts.has_column(term):
                self._impacts.add_column(term, weight, total)
                sums, taken.everywhere = total, True
            else:
                places, sums = self._impacts.posted(term)
                if weight != 1.0:
                    sums = sums * np.float32(weight)
                if number:
                    sums = sums + total.take(places)
                total[places] = sums
                taken.places.append(places)
            taken.terms = number + 1
            least = max(least, threshold(sums, count) - question.slack)
        return taken, least

    def _reached(self, weights: Mapping[int, float], places: Places, count: int) -> float:
        """The score that `count` of some texts reach."""
        scores = np.zeros(places.size)
        for share in self._impacts.shares_at(weights, places):
            scores += share
        return threshold(scores, count)

    def _pruned(
        self,
        question: _Question,
        done: int,
        least: float,
        found: tuple[Places, NDArray[np.floating]],
        enough: int,
    ) -> Places:
        """The texts that can still reach the least score, term by term until few `enough` are left."""
        places, sums = found
        for number in range(done, len(question.terms) + 1):
            (kept,) = (sums >= least - question.rest[number] - question.slack).nonzero()
            places, sums = places[kept], sums[kept]
            if places.size <= enough or number == len(question.terms):
                break
            term, weight = question.terms[number]
            (share,) = self._impacts.shares_at({term: weight}, places)
            sums = sums + share
        return places


@dataclass(slots=True)
class _Taken:
    """The texts that the first `terms` of a question are held by, or any text where one is `everywhere`."""

    places: list[Places]
    terms: int = 0
    everywhere: bool = False

    def left(self, total: Rounded, least: float) -> tuple[Places, NDArray[np.floating]]:
        """The texts whose totals reach the least, with these; all totals are 0 afterwards."""
        if self.everywhere:
            found = _from(total, least)
            sums = total[found]
            total.fill(0)
            return found, sums
        kept: list[Places] = []
        reached: list[Rounded] = []
        for places in self.places:
            sums = total.take(places)
            found = _from(sums, least)
            kept.append(places[found])
            reached.append(sums[found])
            total[places] = 0
        return np.concatenate(kept), np.concatenate(reached)


def _from(sums: Rounded, least: float) -> Places:
    """Where sums are over 0 and reach the least."""
    (places,) = (sums >= np.float32(least) if least > 0 else sums).nonzero()
    return places


def threshold(sums: NDArray[np.floating], count: int) -> float:
    """A value that `count` of the sums reach, the highest such where they are few; 0 if there are fewer."""
    groups = _GROUPS * count
    if sums.size > 2 * groups:
        # Sums that are mostly 0 make a partition slow, and the best of each group will do.
        sums = sums[: sums.size - sums.size % groups].reshape(-1, groups).max(axis=0)
    if sums.size < count:
        return 0.0
    ordered = sums.copy()
    ordered.partition(sums.size - count)
    return float(ordered[sums.size - count])


def _largest(sums: Rounded, count: int) -> Places:
    return sums.argpartition(sums.size - count)[-count:]
