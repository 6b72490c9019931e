from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from bot.index import adding, best, building
from bot.index.bm25 import Bm25Index
from bot.index.rows import Rows

VOCABULARY = 6
TEXTS = st.lists(st.lists(st.integers(0, VOCABULARY - 1), max_size=12), min_size=1, max_size=40)


def _many(seed: int) -> list[list[int]]:
    """Texts whose terms are rare or not, so that a question has both sorts."""
    counts = np.random.default_rng(seed).poisson([2.0, 0.9, 0.3, 0.1, 0.05, 0.02], (150, VOCABULARY))
    return [np.repeat(np.arange(VOCABULARY), held).tolist() for held in counts]


MANY = st.builds(_many, st.integers(0, 2**32))
# Some terms of a question are unknown: no text holds them, or no vocabulary does.
WEIGHTS = st.dictionaries(
    st.integers(-2, VOCABULARY + 2), st.sampled_from([0.2, 0.5, 1.0, 1.7, 3.0]), max_size=VOCABULARY
)


def built(texts: Sequence[Sequence[int]], *, k1: float = 1.5, b: float = 0.75) -> Bm25Index:
    return Bm25Index.build(Rows.of(texts), VOCABULARY, k1=k1, b=b)


def rank_bm25(
    texts: list[list[int]], weights: dict[int, float], *, k1: float = 1.5, b: float = 0.75
) -> np.ndarray:
    """What rank-bm25 sums, each term's share taken times its weight."""
    total = np.zeros(len(texts))
    if any(texts):
        engine = BM25Plus(texts, k1=k1, b=b, delta=0)
        for term, weight in weights.items():
            total += weight * engine.get_scores([term])
    return total


@settings(deadline=None)
@given(TEXTS, WEIGHTS, st.sampled_from([0.9, 1.5]), st.sampled_from([0.0, 0.4, 0.75, 0.9]))
def test_scores_are_rank_bm25s_to_the_bit(
    texts: list[list[int]], weights: dict[int, float], k1: float, b: float
) -> None:
    expected = rank_bm25(texts, weights, k1=k1, b=b)
    assert np.array_equal(built(texts, k1=k1, b=b).scores(weights), expected)


@settings(deadline=None)
@given(TEXTS, st.lists(st.integers(0, VOCABULARY), max_size=6, unique=True))
def test_without_weights_the_scores_are_get_scores_to_the_bit(
    texts: list[list[int]], question: list[int]
) -> None:
    expected = BM25Plus(texts, delta=0).get_scores(question) if any(texts) else np.zeros(len(texts))
    assert np.array_equal(built(texts).scores(dict.fromkeys(question, 1.0)), expected)


@settings(deadline=None)
@given(TEXTS, WEIGHTS, st.integers(0, 50))
def test_the_best_are_those_of_all_scores_with_ties_by_place(
    texts: list[list[int]], weights: dict[int, float], count: int
) -> None:
    scores = rank_bm25(texts, weights)
    ordered = sorted(np.flatnonzero(scores), key=lambda place: (-scores[place], place))
    assert built(texts).best(weights, count).tolist() == ordered[:count]


@settings(deadline=None)
@given(MANY, WEIGHTS, st.integers(0, 8), st.sampled_from([0, 1000]), st.sampled_from([0, 40, 1000]))
def test_the_best_of_many_texts_are_those_of_all_scores(
    texts: list[list[int]], weights: dict[int, float], count: int, few: int, short: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adding, "_FEW", few)
        patch.setattr(adding, "_SHORT", short)
        patch.setattr(best, "_GROUPS", 2)
        found = built(texts).best(weights, count)
    scores = rank_bm25(texts, weights)
    ordered = sorted(np.flatnonzero(scores), key=lambda place: (-scores[place], place))
    assert found.tolist() == ordered[:count]


@settings(deadline=None)
@given(TEXTS, WEIGHTS, st.data())
def test_scores_at_some_places_are_those_of_all_scores(
    texts: list[list[int]], weights: dict[int, float], data: st.DataObject
) -> None:
    index = built(texts)
    places = np.array(data.draw(st.lists(st.integers(0, len(texts) - 1))), dtype=np.intp)
    assert np.array_equal(index.scores_at(weights, places), index.scores(weights)[places])


@settings(deadline=None)
@given(TEXTS, st.integers(-2, VOCABULARY + 2))
def test_a_term_is_where_the_texts_hold_it(texts: list[list[int]], term: int) -> None:
    index, held = built(texts), [term in text for text in texts]
    assert index.places(term).tolist() == np.flatnonzero(held).tolist()
    assert index.frequency(term) == sum(held)
    assert index.holds(term, np.arange(len(texts))).tolist() == held
    assert (index.idf(term) > 0) == any(held)


@settings(deadline=None)
@given(TEXTS, st.integers(1, 20))
def test_rows_that_are_sorted_in_ranges_make_the_same_index(texts: list[list[int]], terms: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        whole = built(texts).arrays()
        patch.setattr(building, "_RANGE", terms)
        parted = built(texts).arrays()
    assert all(np.array_equal(whole[name], parted[name]) for name in whole)


def test_an_index_opens_from_arrays_that_are_read_by_memory_map(tmp_path: Path) -> None:
    index, weights = built(_many(1)), {0: 1.0, 3: 0.5, 5: 2.0}
    for name, array in index.arrays().items():
        np.save(tmp_path / f"{name}.npy", array)
    kept = {path.stem: np.load(path, mmap_mode="r") for path in tmp_path.iterdir()}
    opened = Bm25Index.from_arrays(kept)
    assert np.array_equal(opened.best(weights, 9), index.best(weights, 9))
    assert np.array_equal(opened.scores(weights), index.scores(weights))


def test_threads_ask_one_index_at_once() -> None:
    index = built(_many(2))
    questions = [{term: 1.0, other: 0.5} for term in range(VOCABULARY) for other in range(VOCABULARY)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda weights: index.best(weights, 5).tolist(), questions * 5))
    assert found == [index.best(weights, 5).tolist() for weights in questions] * 5


@pytest.mark.parametrize(("few", "short"), [(0, 0), (0, 1000), (1000, 0)])
def test_a_question_that_was_interrupted_leaves_nothing_behind(
    few: int, short: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "_FEW", few)
    monkeypatch.setattr(adding, "_SHORT", short)
    index, weights = built(_many(3)), {4: 1.0, 5: 1.0}
    expected = index.best(weights, 5).tolist()
    with monkeypatch.context() as patch:
        patch.setattr(best, "threshold", _interrupted)
        patch.setattr(adding, "threshold", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            index.best(weights, 5)
    assert index.best(weights, 5).tolist() == expected


def _interrupted(sums: object, count: int) -> float:
    raise KeyboardInterrupt


def test_a_term_in_every_text_still_counts_for_a_match() -> None:
    assert (built([[0], [0, 1]]).scores({0: 1.0}) > 0).all()


@pytest.mark.parametrize("texts", [[], [[]], [[], []]])
def test_an_index_without_terms_scores_nothing(texts: list[list[int]]) -> None:
    index = built(texts)
    assert index.size == len(texts)
    assert index.scores({0: 1.0}).tolist() == [0.0] * len(texts)
    assert index.best({0: 1.0}, 3).size == 0
