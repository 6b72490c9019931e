"""A ranking in, out how surely its first passages answer: a probability for each, not a search score."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.ranking.features import LONG_WORDS, Signals
from bot.records import Outcome
from bot.retrieval import Ranking
from bot.settings import Settings

# So many of the best passages are judged for whether they answer.
JUDGED = 8
WITH_ENCODER, WORDS_ALONE = "calibration.tsv", "calibration_words.tsv"


@dataclass(frozen=True, slots=True)
class Calibration:
    """A coefficient for each kind of evidence that a passage answers, and an intercept."""

    intercept: float
    coefficients: Mapping[str, float]

    def probability(self, found: Mapping[str, float]) -> float:
        """The probability, in [0, 1], that a passage of which this was found answers."""
        logit = self.intercept + sum(worth * found[name] for name, worth in self.coefficients.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the first passages of a ranking are worth, as calibrated probabilities in [0, 1].

    `answered` is that a right passage is among the first ones, `near` that the sources have anything near.
    `likelihoods` tells of each of the first JUDGED what `answered` would be, were it the first. They lean
    to caution: an answer that is none counted more than one that was missed when they were fitted.
    """

    likelihoods: tuple[float, ...]
    answered: float
    near: float

    def outcome(self, settings: Settings) -> Outcome:
        """What the patient is told."""
        if self.answered >= settings.answer_threshold:
            return "answered"
        return "related" if self.near >= settings.related_threshold else "none"


def judged(ranking: Ranking, models: Mapping[str, Calibration] | None = None) -> Judgement:
    """How surely the first passages answer; by the models that ship unless others are given."""
    if not ranking.hits:
        return Judgement((), 0.0, 0.0)
    if models is None:
        models = calibration(WORDS_ALONE if ranking.signals.likeness is None else WITH_ENCODER)
    values = [found(ranking, rank) for rank in range(min(JUDGED, len(ranking.hits)))]
    likely = tuple(map(models["answered"].probability, values))
    return Judgement(likely, likely[0], models["near"].probability(values[0]))


def found(ranking: Ranking, rank: int) -> Mapping[str, float]:
    """What there is to go by for the passage at a rank, from 0: by name, each of the size of 1.

    Beside the evidence: how far the passage leads before the other candidates (`lead`, `lead_of_three`), how
    much it tells what is asked (`told`), how far the words that ask are missing and it is not told either
    (`unmet`), how far its heading is the question (`same_heading`), how alike the question, the passage and
    its document are in meaning, and the likeness of the best candidate (`like_best`). What starts with
    `topic_` counts in a corpus about one thing.
    """
    signals, at = ranking.signals, ranking.order[rank]
    weights = [math.exp(score - ranking.scores[0]) for score in ranking.scores]
    whole = sum(weights)
    told = math.exp(float(max(signals.told[at], signals.announced[at])))
    stands = signals.evidence.at(at)
    by_name = stands | {
        "lead": weights[rank] / whole,
        "lead_of_three": sum(weights[:3]) / whole,
        "told": told,
        "unmet": (1 - stands["worded"]) * (1 - min(told, 1.0)),
        "long": min(signals.message_words / LONG_WORDS, 1.0),
        "aimed": signals.aimed,
        "same_heading": float(signals.same_heading[at]),
        **_alike(signals, at),
    }
    topical = {f"topic_{name}": value * signals.topic for name, value in by_name.items()}
    return by_name | topical | {"topic": signals.topic}


def _alike(signals: Signals, at: int) -> dict[str, float]:
    likeness = signals.likeness
    if likeness is None:
        return {}
    return {
        "like_message": float(likeness.message[at]),
        "like_words": float(likeness.words[at]),
        "like_document": float(likeness.document[at]),
        "like_best": float(likeness.message.max()),
    }


@cache
def calibration(name: str) -> Mapping[str, Calibration]:
    """The coefficients that ship, of `answered` and of `near`; `python -m bot.learning` fits them."""
    return calibrations(files("bot.answering").joinpath(name).read_text("utf-8"))


def calibrations(table: str) -> Mapping[str, Calibration]:
    """Read a tab-separated table: a header with the models' names, the intercepts first."""
    header, *lines = (line.split("\t") for line in table.splitlines())
    rows = {name: [float(value) for value in values] for name, *values in lines}
    intercepts = rows.pop("intercept")
    return {
        model: Calibration(intercepts[column], {name: values[column] for name, values in rows.items()})
        for column, model in enumerate(header[1:])
    }
