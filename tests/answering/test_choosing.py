import pytest

from bot.answering.choosing import chosen
from bot.records import Hit, Passage


def hit(index: int, doc: str, score: float, start: int = 0) -> Hit:
    return Hit(Passage(index, doc, start, start + 9, "some text", (), ()), score)


TERMS = {at: frozenset({f"term{at}"}) for at in range(9)}


def test_the_best_of_another_document_comes_before_a_second_of_the_same() -> None:
    likely = [(hit(0, "a", 9), 0.9), (hit(1, "a", 8, start=50), 0.9), (hit(2, "b", 1), 0.9)]
    assert [kept.passage.index for kept in chosen(likely, TERMS, most=3)] == [0, 2, 1]


@pytest.mark.parametrize(
    ("other", "likelihood"),
    [
        (hit(1, "a", 1, start=50), 0.9),
        (hit(1, "b", 8), 0.5),
        (hit(1, "a", 8, start=5), 0.9),
        (hit(0, "b", 8), 0.9),
    ],
    ids=["far behind", "unlikely", "overlapping", "the same words"],
)
def test_a_passage_that_adds_nothing_is_left_out(other: Hit, likelihood: float) -> None:
    assert len(chosen([(hit(0, "a", 9), 0.9), (other, likelihood)], TERMS, most=3)) == 1


def test_no_more_than_asked_for_are_chosen() -> None:
    assert len(chosen([(hit(at, f"d{at}", 9), 0.9) for at in range(5)], TERMS, most=3)) == 3
