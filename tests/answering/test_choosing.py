import pytest

from bot.answering.choosing import chosen
from bot.records import Hit, Passage


def hit(index: int, doc: str, start: int = 0) -> Hit:
    return Hit(Passage(index, doc, start, start + 9, "some text", (), ()), 9.0 - index)


TERMS = [frozenset({f"term{at}"}) for at in range(30)]


def shown(hits: list[Hit], likelihoods: list[float], most: int = 3) -> list[int]:
    return [kept.passage.index for kept in chosen(hits, likelihoods, TERMS.__getitem__, most=most)]


def test_the_best_come_in_the_order_of_the_ranking() -> None:
    assert shown([hit(0, "a"), hit(1, "b"), hit(2, "c")], [0.9, 0.5, 0.8]) == [0, 1, 2]


def test_what_hardly_answers_is_not_shown_beside_what_does() -> None:
    assert shown([hit(0, "a"), hit(1, "b"), hit(2, "c")], [0.9, 0.1, 0.8]) == [0, 2]
    assert shown([hit(0, "a"), hit(1, "b")], [0.1, 0.9]) == [0, 1]


def test_what_stays_far_behind_the_first_is_not_shown_however_much_it_looks_like_an_answer() -> None:
    assert shown([hit(0, "a"), hit(1, "b"), hit(20, "c")], [0.7, 0.5, 0.9]) == [0, 1]


@pytest.mark.parametrize(("elsewhere", "order"), [(0.9, [0, 2, 1]), (0.85, [0, 1, 2])])
def test_another_document_comes_before_the_same_only_where_it_is_as_likely(
    elsewhere: float, order: list[int]
) -> None:
    assert shown([hit(0, "a"), hit(1, "a", start=50), hit(2, "b")], [0.9, 0.9, elsewhere]) == order


@pytest.mark.parametrize("other", [hit(1, "a", start=5), hit(0, "b")], ids=["overlapping", "the same words"])
def test_a_passage_that_says_the_same_is_left_out(other: Hit) -> None:
    assert len(shown([hit(0, "a"), other], [0.9, 0.9])) == 1


def test_no_more_than_asked_for_are_chosen() -> None:
    assert len(shown([hit(at, f"d{at}") for at in range(5)], [0.9] * 5)) == 3


def test_what_is_spared_makes_room_for_what_says_nearly_the_same() -> None:
    found = chosen(
        [hit(0, "a"), hit(0, "b"), hit(2, "c")],
        [0.4, 0.4, 0.3],
        TERMS.__getitem__,
        most=3,
        spared=lambda one, _: one.passage.doc == "a",
    )
    assert [kept.passage.doc for kept in found] == ["b", "c"]
