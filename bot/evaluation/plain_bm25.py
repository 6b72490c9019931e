"""Passages in, their ranking by plain BM25 out: the scores of rank-bm25's BM25Okapi with its defaults.

`get_scores` there walks over every passage for every word of a question. What a word adds to a passage
does not depend on the question, so it is worked out once, by the same operations in the same order: the sums
are the same to the bit (a test holds this).
"""

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.records import Passage

# BM25Okapi's defaults.
K1, B, EPSILON = 1.5, 0.75, 0.25
_WORD = re.compile(r"\w+")

Scores = NDArray[np.float64]
Places = NDArray[np.intp]


class PlainBm25:
    """BM25 over the bare words of passages: no stems, no vocabulary, no headings."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._size = len(passages)
        self._impacts: dict[str, tuple[Places, Scores]] = {}
        found: dict[str, tuple[list[int], list[int]]] = {}
        lengths = []
        for place, passage in enumerate(passages):
            words = plain_words(passage.text)
            lengths.append(len(words))
            for word, count in Counter(words).items():
                places, counts = found.setdefault(word, ([], []))
                places.append(place)
                counts.append(count)
        if found:
            self._weigh(found, np.array(lengths))

    def _weigh(self, found: dict[str, tuple[list[int], list[int]]], lengths: NDArray[np.int_]) -> None:
        worth = {word: _idf(self._size, len(places)) for word, (places, _) in found.items()}
        floor = EPSILON * (sum(worth.values()) / len(worth))
        average = int(lengths.sum()) / self._size
        for word, (places, counts) in found.items():
            at, count = np.array(places, dtype=np.intp), np.array(counts)
            saturated = count * (K1 + 1) / (count + K1 * (1 - B + B * lengths[at] / average))
            self._impacts[word] = at, (floor if worth[word] < 0 else worth[word]) * saturated

    def scores(self, question: str) -> Scores:
        """The score of every passage, in their order."""
        total = np.zeros(self._size)
        for word in plain_words(question):
            if word in self._impacts:
                places, impacts = self._impacts[word]
                total[places] += impacts
        return total

    def ranked(self, question: str) -> tuple[Places, Scores]:
        """The places of all passages that share a word with the question, the best first, and their scores.

        Equal scores stay in the order of the passages.
        """
        matched = np.zeros(self._size, dtype=bool)
        for word in plain_words(question):
            if word in self._impacts:
                matched[self._impacts[word][0]] = True
        places, scores = np.flatnonzero(matched), self.scores(question)
        order = np.argsort(-scores[places], kind="stable")
        return places[order], scores[places[order]]


def plain_words(text: str) -> list[str]:
    """The words of a text in lower case."""
    return _WORD.findall(text.lower())


def _idf(size: int, having: int) -> float:
    return math.log(size - having + 0.5) - math.log(having + 0.5)
