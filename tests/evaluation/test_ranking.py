from math import log2

import pytest

from bot.evaluation.gold import Gold
from bot.evaluation.predictions import Ranked
from bot.evaluation.questions import Question
from bot.evaluation.ranking import items, unjudged_share, values_of
from bot.records import Span

SPANS = Question("q", "?", answers=(Gold("a", (Span(0, 10),)), Gold("b", (Span(0, 10),))))
GRADED = Question(
    "q",
    "?",
    answers=(Gold("a", grade=3), Gold("b", grade=2), Gold("c", grade=1, relevant=False)),
)


def ranked(*places: tuple[str, int]) -> tuple[Ranked, ...]:
    return tuple(Ranked(doc, start, start + 10) for doc, start in places)


@pytest.mark.parametrize(
    ("ranking", "expected"),
    [
        ((), []),
        ((("a", 0), ("b", 0)), ["0", "1"]),
        ((("x", 0), ("a", 0)), ["place:0", "0"]),
        ((("a", 0), ("a", 2), ("b", 0)), ["0", "place:1", "1"]),
    ],
)
def test_an_answer_counts_once_and_its_repeat_as_wrong(
    ranking: tuple[tuple[str, int], ...], expected: list[str]
) -> None:
    assert items(SPANS, ranked(*ranking)) == expected


def test_a_passage_may_stand_for_two_answers() -> None:
    question = Question("q", "?", answers=(Gold("a", (Span(0, 5),)), Gold("a", (Span(5, 10),))))
    assert items(question, ranked(("a", 0))) == ["0", "1"]


def test_documents_are_ranked_once_each() -> None:
    ranking = ranked(("x", 0), ("a", 0), ("x", 50), ("a", 50), ("c", 0))
    assert items(GRADED, ranking) == ["doc:x", "0", "2"]


def test_measures_agree_with_the_hand() -> None:
    values = values_of([(SPANS, ranked(("x", 0), ("a", 0), ("a", 1), ("b", 0)))])["q"]
    assert values.recall_at_5 == 1.0
    assert values.average_precision == pytest.approx((1 / 2 + 2 / 4) / 2)
    ideal = 3 + 3 / log2(3)
    assert values.ndcg_at_10 == pytest.approx((3 / log2(3) + 3 / log2(5)) / ideal)


def test_grades_count_as_gains() -> None:
    values = values_of([(GRADED, ranked(("b", 0), ("c", 0), ("a", 0)))])["q"]
    assert values.ndcg_at_10 == pytest.approx((2 + 3 / log2(4)) / (3 + 2 / log2(3)))


def test_a_question_without_a_ranking_to_speak_of_scores_0() -> None:
    assert values_of([(SPANS, ())])["q"].ndcg_at_10 == 0.0


def test_a_question_that_the_sources_do_not_answer_has_no_values() -> None:
    assert values_of([(Question("q", "?"), ranked(("a", 0)))]) == {}


@pytest.mark.parametrize(("question", "share"), [(SPANS, None), (GRADED, 1 / 2), (Question("q", "?"), None)])
def test_the_unjudged_share_applies_to_judged_documents(question: Question, share: float | None) -> None:
    assert unjudged_share(question, ranked(("a", 0), ("x", 0))) == share
