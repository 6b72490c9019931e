"""Each figure has a plain sentence with its numbers, and its interval."""

import pytest

from bot.evaluation.intervals import Interval
from bot.evaluation.metrics import MEASURES, Figure
from bot.evaluation.sentences import HEADLINES, said_of


@pytest.mark.parametrize("measure", [measure.name for measure in MEASURES])
def test_every_figure_has_a_sentence_with_a_number(measure: str) -> None:
    (said,) = said_of([Figure(measure, 0.25, 8, Interval(0.1, 0.5))])
    assert said.sentence[0].isupper() or said.sentence[0].isdigit()
    assert said.sentence.endswith(".")
    assert any(sign.isdigit() for sign in said.sentence)
    assert "{" not in said.sentence


def test_a_share_is_told_as_a_count_and_its_interval_in_percent() -> None:
    (said,) = said_of([Figure("hit@1", 0.725, 80, Interval(0.619, 0.811))])
    assert said.sentence == "What is ranked first is right for 58 of 80 questions that the documents answer."
    assert (said.value, said.interval) == ("72.5 %", "95 % interval: 62 to 81 %")


def test_what_is_no_share_is_told_as_it_is() -> None:
    (said,) = said_of([Figure("characters", 324.3, 29, Interval(243.6, 422.0))])
    assert said.sentence == "A patient was given 324 characters to read on average, about 54 words."
    assert (said.value, said.interval) == ("324", "95 % interval: 244 to 422")


def test_a_figure_over_nothing_is_not_told_and_one_over_one_has_no_interval() -> None:
    assert said_of([Figure("hit@1", None, 0)]) == ()
    (said,) = said_of([Figure("hit@1", 1.0, 1)])
    assert said.interval == "too few for an interval"


def test_the_headlines_are_few_and_there() -> None:
    assert len(HEADLINES) <= 6
    assert set(HEADLINES) <= {measure.name for measure in MEASURES}
