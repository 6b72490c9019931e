"""Which aspects each passage of a corpus tells, from its words, its headings and its neighbours."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from bot.aspects.features import passage_features
from bot.aspects.inventory import Distribution
from bot.aspects.linear_model import LinearModel
from bot.aspects.question_aspects import QuestionAspects
from bot.aspects.smoothing import smoothed

# A heading is written to say what follows; it is told apart as a question is ("Symptoms of ...").
HEADING_WEIGHT = 0.6
_LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class PassageText:
    """What is known of one passage: its document, its terms, its nearest heading's terms, its subject's."""

    doc: str
    terms: Sequence[str]
    heading: Sequence[str]
    subject: Collection[str]


@dataclass(frozen=True, slots=True)
class PassageAspects:
    """Two distributions over ASPECTS, a row a passage.

    `told` looks at the whole document, `announced` at the passage's own words and headings: the first
    lines of a section announce what the rest goes on to tell.
    """

    told: Distribution
    announced: Distribution

    @classmethod
    def of(cls, passages: Sequence[PassageText]) -> "PassageAspects":
        """Judge the passages of a corpus, given in document order."""
        announced = _announced(passages)
        told = np.empty_like(announced)
        first = 0
        for after in range(1, len(passages) + 1):
            if after == len(passages) or passages[after].doc != passages[first].doc:
                told[first:after] = smoothed(announced[first:after])
                first = after
        return cls(told, announced)


@cache
def passage_model() -> LinearModel:
    """The weights that ship; `python -m bot.learning` fits them."""
    return LinearModel.from_table(files("bot.aspects").joinpath("passage_weights.tsv").read_text("utf-8"))


def _announced(passages: Sequence[PassageText]) -> Distribution:
    own = passage_model().probabilities([passage_features(p.terms, p.subject) for p in passages])
    questions = QuestionAspects()
    for place, passage in enumerate(passages):
        opens = place == 0 or passages[place - 1].heading != passage.heading
        if passage.heading and opens:
            own[place] *= np.maximum(questions.of(passage.heading, passage.subject), _LEAST) ** HEADING_WEIGHT
    own = np.maximum(own, _LEAST)
    return np.asarray(own / own.sum(axis=1, keepdims=True))
