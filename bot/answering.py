"""Query and Hits in, Answer out: what answers, what is only related, what does not.

Whether a passage answers is judged by evidence (which of the asked words stand where, and whether the
passage tells what is asked), put together by a logistic regression whose coefficients are in
`calibration.tsv`; not by a search score, which says nothing across questions.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from bot.records import Hit, Passage, Quote, Span

# A further passage is shown if it is about as likely to answer as the first.
NEARLY_AS_LIKELY = 0.8
# Two passages that share this much of their distinct terms say the same.
SAME_TEXT = 0.8
# A unit is marked if it has at least this much of what the best unit has.
NEARLY_AS_TELLING = 0.6


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a passage as the answer, each from 0 to 1.

    `placed`: how much of what was asked (weighted by how telling each word is) stands in the passage, its
    headings or its document's title; `named`: how much of it stands in the title or headings alone;
    `title`: how much of the title was asked for; `unknown`: how much of what was asked no source has;
    `worst`: how telling the most telling word is that is missing here; `told`: how likely the passage
    tells the aspect that was asked; `bare`: 1 where the question names nothing of its own.
    """

    placed: float
    named: float
    title: float
    unknown: float
    worst: float
    told: float
    bare: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The intercept and a coefficient for each kind of evidence."""

    intercept: float
    coefficients: tuple[float, ...]

    def probability(self, evidence: Evidence) -> float:
        """The probability, in [0, 1], that the passage answers."""
        values = (getattr(evidence, field.name) for field in fields(Evidence))
        logit = self.intercept + sum(w * v for w, v in zip(self.coefficients, values, strict=True))
        return 1 / (1 + math.exp(-logit))


@cache
def calibration() -> Calibration:
    """The coefficients that ship; `python -m bot.learning` fits them."""
    lines = files("bot").joinpath("calibration.tsv").read_text("utf-8").splitlines()
    table = {name: float(value) for name, value in (line.split("\t") for line in lines[1:])}
    return Calibration(table["intercept"], tuple(table[field.name] for field in fields(Evidence)))


def chosen(
    likely: Sequence[tuple[Hit, float]], terms: Mapping[int, Collection[str]], *, most: int
) -> tuple[tuple[Hit, float], ...]:
    """The hits to show, with their probabilities: the first, and others that add something to it.

    `terms` gives the distinct terms of each passage by its index.
    """
    kept: list[tuple[Hit, float]] = []
    for hit, probability in likely:
        if kept and probability < NEARLY_AS_LIKELY * kept[0][1]:
            continue
        if not any(_same(hit.passage, other.passage, terms) for other, _ in kept):
            kept.append((hit, probability))
        if len(kept) == most:
            break
    return tuple(kept)


def _same(one: Passage, other: Passage, terms: Mapping[int, Collection[str]]) -> bool:
    if one.doc == other.doc and one.start < other.end and other.start < one.end:
        return True
    mine, others = set(terms[one.index]), set(terms[other.index])
    return len(mine & others) >= SAME_TEXT * len(mine | others)


def quote(hit: Hit, telling: Sequence[float]) -> Quote:
    """The passage with its answering units marked; `telling` says how much each unit has of the answer."""
    best = max(telling, default=0.0)
    marked = (
        unit
        for unit, worth in zip(hit.passage.units, telling, strict=True)
        if worth >= NEARLY_AS_TELLING * best
    )
    return Quote(hit.passage, hit.score, tuple(_runs(marked, hit.passage.units)))


def _runs(marked: Iterator[Span], units: Sequence[Span]) -> Iterator[Span]:
    """The marked units: each for itself, as the reader's eye takes them."""
    wanted = set(marked)
    return (unit for unit in units if unit in wanted)
