import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from bot.index.bm25 import Bm25Index

TERMS = st.lists(st.sampled_from(["bone", "liver", "pain", "scan", "cancer"]), max_size=8)


@given(st.lists(TERMS, min_size=1, max_size=8).filter(any), TERMS)
def test_scores_are_rank_bm25s_to_the_bit(texts: list[list[str]], query: list[str]) -> None:
    distinct = list(dict.fromkeys(query))
    expected = BM25Plus(texts, delta=0).get_scores(distinct)
    assert np.array_equal(Bm25Index(texts).scores(dict.fromkeys(distinct, 1.0)), expected)


def test_a_weight_scales_what_its_term_contributes() -> None:
    index = Bm25Index([["bone", "pain"], ["liver"]])
    assert index.scores({"bone": 0.5})[0] == pytest.approx(index.scores({"bone": 1.0})[0] / 2)


def test_a_term_in_every_text_still_counts_for_a_match() -> None:
    assert (Bm25Index([["cancer"], ["cancer", "liver"]]).scores({"cancer": 1.0}) > 0).all()


@pytest.mark.parametrize("texts", [[], [[]], [[], []]])
def test_an_index_without_terms_scores_nothing(texts: list[list[str]]) -> None:
    assert Bm25Index(texts).scores({"bone": 1.0}).sum() == 0


def test_places_and_idf_of_an_unknown_term_are_empty_and_0() -> None:
    index = Bm25Index([["bone"]])
    assert index.places("liver").size == 0
    assert index.idf("liver") == 0
