from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.index import neighbours
from bot.index.neighbours import Neighbours
from bot.index.rows import Rows

TEXTS = st.lists(st.lists(st.integers(0, 5), max_size=6), max_size=12)


@given(TEXTS, TEXTS, st.integers(1, 9))
def test_pairs_are_those_that_stand_side_by_side_in_one_text(
    titles: list[list[int]], bodies: list[list[int]], at_a_time: int
) -> None:
    wanted = {pair for text in (*titles, *bodies) for pair in pairwise(text)}
    before, neighbours._AT_A_TIME = neighbours._AT_A_TIME, at_a_time
    try:
        found = Neighbours.of([Rows.of(titles), Rows.of(bodies)])
    finally:
        neighbours._AT_A_TIME = before
    assert {(one, other) for one in range(6) for other in range(6) if (one, other) in found} == wanted
