import random
from collections.abc import Sequence

import numpy as np
import pytest
from rank_bm25 import BM25Okapi

from bot.evaluation.plain_bm25 import PlainBm25, plain_words
from bot.records import Passage

WORDS = ["heron", "stork", "crane", "pond", "reed", "fish", "frog", "nest", "egg", "wing", "the", "of", "a"]


def passages(texts: Sequence[str]) -> list[Passage]:
    return [
        Passage(place, f"d{place}", 0, len(text), text, heading=(), units=())
        for place, text in enumerate(texts)
    ]


def made(chance: random.Random, count: int) -> list[str]:
    return [" ".join(chance.choices(WORDS, k=chance.randint(1, 40))) for _ in range(count)]


@pytest.mark.parametrize("seed", range(10))
def test_scores_are_those_of_rank_bm25_to_the_bit(seed: int) -> None:
    chance = random.Random(seed)
    texts = made(chance, 50)
    theirs = BM25Okapi([plain_words(text) for text in texts])
    ours = PlainBm25(passages(texts))
    for question in ["The heron's fish?", "Stork STORK stork", "nobody", *made(chance, 5)]:
        assert np.array_equal(ours.scores(question), theirs.get_scores(plain_words(question))), question


def test_passages_that_share_a_word_are_ranked_by_their_scores_and_ties_by_their_order() -> None:
    engine = PlainBm25(passages(["Frogs croak.", "A heron.", "Herons wade.", "A heron.", "The pond froze."]))
    places, scores = engine.ranked("heron")
    assert places.tolist() == [1, 3]
    assert scores[0] == scores[1] > 0


def test_nothing_is_ranked_where_no_word_is_shared() -> None:
    assert PlainBm25(passages(["A heron."])).ranked("stork")[0].size == 0
    assert PlainBm25([]).ranked("stork")[0].size == 0
    assert PlainBm25(passages(["..."])).ranked("stork")[0].size == 0
