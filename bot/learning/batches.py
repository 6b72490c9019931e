"""Matches in, batches out that are hard to tell apart, and what in a batch must not count as wrong."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.learning.examples_of_meaning import Match, Passage

Matrix = NDArray[np.float32]

BATCH = 64
# So many matches of a batch are about like things: a message tells its own passage from seven near ones and
# from 56 far ones.
NEIGHBOURS = 8
# So many of the likest are looked through for neighbours of other sources.
_LOOKED_THROUGH = 40
# Messages of up to so many words stand with others as long: length then tells nothing, padding costs little.
_SHORT, _MIDDLING = 22, 60
_WORDS_APART = 30
# Passages likelier than this tell the same, whatever their titles are.
SAME_LIKENESS = 0.93
# Passages that were looked at and do not answer: two of each judged message, and so many in a batch at most.
MISSES_EACH, MOST_MISSES = 2, 16
# What is added to the score of a passage that must not count as wrong.
MASKED = -1e9
# Lengths that batches are padded to: each new one is compiled anew.
_STEPS = (32, 96)


@dataclass(frozen=True, slots=True)
class Padded:
    """Pieces of texts, a row each, and 1 where there is a piece."""

    ids: NDArray[np.int32]
    mask: Matrix


def batches(matches: Sequence[Match], likeness: Matrix, *, size: int, seed: int) -> Iterator[list[int]]:
    """Places of matches, `size` at a time, each place once; what does not fill a batch is left out.

    `likeness` holds a unit vector for the passage of each match.
    """
    rng = random.Random(seed)  # noqa: S311 - a choice to be repeated, not a secret
    groups = _groups(matches, likeness, rng)
    rng.shuffle(groups)
    groups.sort(key=lambda group: -_mean_words(matches, group) // _WORDS_APART)
    places = [place for group in groups for place in group]
    cut = [places[at : at + size] for at in range(0, len(places) - size + 1, size)]
    rng.shuffle(cut)
    yield from cut


def _groups(matches: Sequence[Match], likeness: Matrix, rng: random.Random) -> list[list[int]]:
    order = list(range(len(matches)))
    rng.shuffle(order)
    lengths = np.array([_length_class(match.message) for match in matches])
    left = np.ones(len(matches), dtype=bool)
    groups = []
    for start in order:
        if left[start]:
            like = likeness[start] @ likeness.T
            like[~left | (lengths != lengths[start])] = -np.inf
            like[start] = np.inf
            group = _of_different_sources(matches, np.argsort(-like)[: int(np.isfinite(like).sum()) + 1])
            left[group] = False
            groups.append(group)
    return groups


def _of_different_sources(matches: Sequence[Match], places: NDArray[np.intp]) -> list[int]:
    group: dict[str, int] = {}
    for place in places[:_LOOKED_THROUGH]:
        group.setdefault(matches[place].source, int(place))
    return list(group.values())[:NEIGHBOURS]


def _length_class(message: str) -> int:
    words = len(message.split())
    return 0 if words <= _SHORT else 1 if words <= _MIDDLING else 2


def _mean_words(matches: Sequence[Match], group: Sequence[int]) -> float:
    return sum(len(matches[place].message.split()) for place in group) / len(group)


def misses_of(batch: list[Match], rng: random.Random) -> list[Passage]:
    """Passages for a batch that were looked at for its messages and do not answer them, chosen by chance."""
    chosen = [match.misses[rng.randrange(len(match.misses))] for match in batch * MISSES_EACH if match.misses]
    return chosen[:MOST_MISSES]


def masked(batch: Sequence[Match], likeness: Matrix, misses: Sequence[Passage], columns: int) -> Matrix:
    """What to add to the scores: a row a message, a column a passage, then `columns` for misses.

    A passage is not wrong for a message where it has the source, or the title and kind, of the right one, or
    tells nearly the same; a column without a miss counts for nobody.
    """
    like = likeness @ likeness.T
    added = np.zeros((len(batch), len(batch) + columns), np.float32)
    subjects = [_subject(match.passage) for match in batch]
    for row, match in enumerate(batch):
        for column, other in enumerate(batch):
            same = match.source == other.source or (subjects[row] and subjects[row] == subjects[column])
            if row != column and (same or like[row, column] > SAME_LIKENESS):
                added[row, column] = MASKED
        for column, miss in enumerate(misses):
            if miss.text == match.passage.text:
                added[row, len(batch) + column] = MASKED
    added[:, len(batch) + len(misses) :] = MASKED
    return added


def _subject(passage: Passage) -> tuple[str, ...]:
    """Title and kind, whatever the order of the title's words; empty without a title."""
    words = sorted(re.findall("[a-z]+", passage.title.lower()))
    return (*words, passage.kind) if words else ()


def padded(rows: Sequence[Sequence[int]], longest: int) -> Padded:
    """Rows of pieces, none longer than `longest`, made equally long."""
    most = max(map(len, rows), default=0)
    length = next((step for step in _STEPS if most <= step < longest), longest)
    ids = np.zeros((len(rows), length), np.int32)
    mask = np.zeros((len(rows), length), np.float32)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = row
        mask[at, : len(row)] = 1
    return Padded(ids, mask)
