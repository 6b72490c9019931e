import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.index.layouts import beside, only, taken
from bot.index.rows import Rows

TEXTS = st.lists(st.lists(st.integers(0, 9), max_size=5), min_size=1, max_size=9)


def texts(rows: Rows) -> list[list[int]]:
    return [rows[at].tolist() for at in range(len(rows))]


@given(TEXTS, st.data())
def test_rows_are_taken_in_any_order_and_more_than_once(given_: list[list[int]], data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, len(given_) - 1), max_size=12))
    found = taken(Rows.of(given_), np.array(places, dtype=np.intp))
    assert texts(found) == [given_[at] for at in places]


@given(TEXTS, st.data())
def test_rows_that_were_not_chosen_are_empty(given_: list[list[int]], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.booleans(), min_size=len(given_), max_size=len(given_)))
    wanted = [text if kept else [] for text, kept in zip(given_, chosen, strict=True)]
    assert texts(only(Rows.of(given_), np.array(chosen))) == wanted


@given(TEXTS)
def test_fields_stand_side_by_side_in_order(given_: list[list[int]]) -> None:
    other = [[*reversed(text), 7] for text in given_]
    found = beside(Rows.of(given_), Rows.of(other), Rows.of(given_))
    assert texts(found) == [[*text, *more, *text] for text, more in zip(given_, other, strict=True)]
