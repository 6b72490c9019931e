import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.aspects.inventory import ASPECTS
from bot.aspects.smoothing import smoothed

TREATMENT = ASPECTS.index("treatment")


def unsure(*, treatment: float) -> list[float]:
    row = [(1 - treatment) / (len(ASPECTS) - 1)] * len(ASPECTS)
    row[TREATMENT] = treatment
    return row


@given(st.lists(st.floats(0.01, 0.9), min_size=1, max_size=30))
def test_every_row_is_a_distribution(shares: list[float]) -> None:
    rows = smoothed(np.array([unsure(treatment=share) for share in shares]))
    assert np.allclose(rows.sum(axis=1), 1)
    assert (rows >= 0).all()


def test_a_passage_between_two_of_an_aspect_is_likelier_to_tell_it_too() -> None:
    flat = unsure(treatment=1 / len(ASPECTS))
    between = smoothed(np.array([unsure(treatment=0.9), flat, unsure(treatment=0.9)]))
    alone = smoothed(np.array([flat, flat, flat]))
    assert between[1, TREATMENT] > 2 * alone[1, TREATMENT]


def test_the_first_passage_is_taken_for_information_unless_it_says_otherwise() -> None:
    flat = np.full((1, len(ASPECTS)), 1 / len(ASPECTS))
    assert ASPECTS[smoothed(flat)[0].argmax()] == "information"
