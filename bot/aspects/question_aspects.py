"""Which aspects a question asks about, from how it is worded."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from importlib.resources import files

import numpy as np

from bot.aspects.features import question_features
from bot.aspects.inventory import Distribution
from bot.aspects.linear_model import LinearModel

# A term that points to one aspect as strongly as this ("treatment") says what is told, not of what.
POINTS = 6.5


class QuestionAspects:
    """Tells questions' aspects by the phrasings that people use (`phrasings.tsv`)."""

    def __init__(self) -> None:
        self._model = question_model()

    def knows(self, term: str) -> bool:
        """Whether some phrasing uses the term."""
        return term in self._model.rows

    def pointing(self, term: str) -> float:
        """How strongly a term points to one aspect: its greatest weight, 0 if no phrasing has it."""
        row = self._model.rows.get(term)
        return 0.0 if row is None else float(self._model.weights[row].max())

    def naming(self, title: Iterable[str]) -> frozenset[str]:
        """The terms of a title that name its subject: all but those that say what of it is told."""
        return frozenset(term for term in title if self.pointing(term) < POINTS)

    def of(self, terms: Sequence[str], subject: Collection[str]) -> Distribution:
        """The probability of each of ASPECTS for a question's or a heading's terms."""
        return np.asarray(self._model.probabilities([question_features(terms, subject)])[0])


@cache
def question_model() -> LinearModel:
    """The weights that ship; `python -m bot.learning` fits them."""
    return LinearModel.from_table(files("bot.aspects").joinpath("question_weights.tsv").read_text("utf-8"))
