"""A figure in, the plain sentence that says what it means out; and which figures are told first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.evaluation.intervals import Interval
from bot.evaluation.metrics import MEASURES, Figure, Measure
from bot.evaluation.reading_cost import Price

# What whoever reads no further should have read; all else is a detail.
HEADLINES = ("hit@1", "hit@3", "helped", "lost", "misled", "characters")
# Of a share, "{count} of {n}" is told.
_SHARES: Mapping[str, str] = {
    "hit@1": "What is ranked first is right for {count} of {n} questions that the documents answer.",
    "hit@3": "One of the first three is right for {count} of {n}.",
    "hit@5": "One of the first five is right for {count} of {n}.",
    "answered": "Of {n} questions that the documents answer, {count} were given an answer.",
    "helped": "A right passage was shown for {count} of {n} questions that the documents answer.",
    "refused": "Of {n} questions that the documents do not answer, {count} were not answered.",
    "wrongly-refused": "Of {n} questions that the documents answer, {count} were not given an answer.",
    "lost": "Of {n} questions that the documents answer, {count} were told that nothing is near.",
    "misled": "Of {n} questions that the documents do not answer, {count} were given an answer.",
    "overall-exact": "For {count} of {n}, the set's answer is marked, or none given where there is none.",
    "exact": "For {count} of {n}, what is marked is word for word what the set gives as the answer.",
    "agreement": "Of {n} follow-ups, {count} got the same first passage as the question asked in full.",
    "verbatim": "For {count} of {n} questions, all that was shown is the source's own words.",
}
# Of any other figure, its value is told.
_MEANS: Mapping[str, str] = {
    "MRR@10": "1 for a right one at rank 1, 0.5 at rank 2, 0.33 at rank 3: {value:.2f} on average.",
    "nDCG@10": "The first ten places have {percent:.0f} % of the worth that the best order would have.",
    "MAP": "Down to each right answer, {percent:.0f} % of what is ranked is right, on average.",
    "recall@5": "The first five hold {percent:.0f} % of a question's right answers, on average.",
    "recall@10": "The first ten hold {percent:.0f} % of a question's right answers, on average.",
    "word-F1": "What is marked and what the set gives as the answer agree in {percent:.0f} % of their words.",
    "overall-F1": "The same, with 1 for each question that is rightly not answered: {value:.2f} on average.",
    "precision": "Of the passages that a patient was shown, {percent:.0f} % are right, on average.",
    "characters": "A patient was given {value:.0f} characters to read on average, about {words:.0f} words.",
    "unjudged": "Of the first ten documents, nobody has judged {percent:.0f} %, on average.",
}
# In English, with the space behind it.
CHARACTERS_A_WORD = 6


@dataclass(frozen=True, slots=True)
class Said:
    """A figure in words: the sentence with its numbers, what its interval says, and what it costs to read.

    Without the cost a bot whose passages are longer looks better than one that finds the very place.
    """

    measure: str
    value: str
    sentence: str
    interval: str
    n: int
    cost: str = ""


def said_of(figures: Sequence[Figure]) -> tuple[Said, ...]:
    """A sentence for each figure that is known, in order."""
    measures = {measure.name: measure for measure in MEASURES}
    return tuple(
        Said(
            figure.measure,
            _number(figure.value, measures[figure.measure]),
            _sentence(figure, figure.value, measures[figure.measure]),
            _interval(figure.interval, measures[figure.measure]),
            figure.n,
            _cost(figure.price),
        )
        for figure in figures
        if figure.value is not None
    )


def _sentence(figure: Figure, value: float, measure: Measure) -> str:
    if measure.name in _SHARES:
        return _SHARES[measure.name].format(count=round(value * figure.n), n=figure.n)
    if measure.name in _MEANS:
        form = _MEANS[measure.name]
        return form.format(value=value, percent=100 * value, words=value / CHARACTERS_A_WORD)
    return f"{measure.meaning[:1].upper()}{measure.meaning[1:]}."


def _cost(price: Price | None) -> str:
    if price is None:
        return ""
    read = f"Read for that, on average: {price.words:.0f} words ({price.characters:.0f} characters)"
    rate = price.hits_a_hundred_words
    return f"{read}." if rate is None else f"{read}, which is {rate:.2f} hits a hundred words."


def _number(value: float, measure: Measure) -> str:
    return f"{100 * value:.1f} %" if measure.share else f"{value:.0f}"


def _interval(interval: Interval | None, measure: Measure) -> str:
    if interval is None:
        return "too few for an interval"
    if measure.share:
        return f"95 % interval: {100 * interval.low:.0f} to {100 * interval.high:.0f} %"
    return f"95 % interval: {interval.low:.0f} to {interval.high:.0f}"
