"""How surely a passage answers, judged by evidence and not by a search score.

The evidence (which of the asked words stand where, and whether the passage tells what is asked) is put
together by a logistic regression whose coefficients are in `calibration.tsv`.
"""

import math
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a passage as the answer, each from 0 to 1.

    `placed`: how much of what was asked (weighted by how telling each word is) stands in the passage, its
    headings or its document's title; `named`: how much of it stands in the title or the headings alone or,
    as far as all documents are about one thing, anywhere there; `unknown`: how much of it no source has;
    `apart`: how many of the names that stand side by side in the question ("lung cancer") do so in no
    source; `worst`: how telling the most telling word is that is missing here; `untyped`: 1 where the
    question asks for a time, a price or a number and the passage has none.

    In a library of many subjects the name decides; where all documents are about one thing, so do the words
    that ask ("side effects", "cost"). As far as that is so, `worded` is how much of them stands here, and
    `unmet` how far they do not and what they ask for is not told either. A question that names nothing is
    taken to be about what the documents have in common: `placed` and `named` are then the share of them that
    are about the same.
    """

    placed: float
    named: float
    unknown: float
    apart: float
    worst: float
    untyped: float
    worded: float
    unmet: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The intercept and a coefficient for each kind of evidence, in the order of Evidence."""

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
    lines = files("bot.answering").joinpath("calibration.tsv").read_text("utf-8").splitlines()
    table = {name: float(value) for name, value in (line.split("\t") for line in lines[1:])}
    return Calibration(table["intercept"], tuple(table.get(field.name, 0.0) for field in fields(Evidence)))
