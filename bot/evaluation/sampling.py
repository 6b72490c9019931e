"""A corpus in, passages for an evaluator to write questions on out.

Whoever picks passages for questions picks what is easy to ask about. So they are drawn: every document in
turn, in an order drawn by chance, and in each document every section in turn, so that neither long documents
nor long sections have more than their share.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from bot.errors import CorpusError
from bot.passages import cut_corpus
from bot.records import Corpus, Passage

# A line alone ("See also") gives nothing to ask about.
LEAST_WORDS = 8


def sampled(corpus: Corpus, count: int, *, seed: int) -> tuple[Passage, ...]:
    """So many passages, or all there are, the same for the same seed. Raises CorpusError for none at all."""
    chance = random.Random(seed)  # noqa: S311  # a draw that can be repeated, no secret
    documents: defaultdict[str, list[Passage]] = defaultdict(list)
    for passage in cut_corpus(corpus):
        if len(passage.text.split()) >= LEAST_WORDS:
            documents[passage.doc].append(passage)
    if not documents:
        raise CorpusError("The documents have no passage that could be asked about; name another folder.")
    queues = [_in_turn(_sections(passages, chance)) for passages in documents.values()]
    chance.shuffle(queues)
    return tuple(islice(_in_turn(queues), count))


def rows_of(passages: Sequence[Passage]) -> list[list[str | int]]:
    """A table of them that is a question set once its questions are filled in."""
    head: list[str | int] = ["id", "question", "kind", "doc", "start", "end", "section", "passage"]
    rows: list[list[str | int]] = [
        [
            f"s{number:0{len(str(len(passages)))}}",
            "",
            "",
            passage.doc,
            passage.start,
            passage.end,
            " › ".join(passage.heading),
            passage.text,
        ]
        for number, passage in enumerate(passages, 1)
    ]
    return [head, *rows]


def _sections(passages: Sequence[Passage], chance: random.Random) -> list[Iterator[Passage]]:
    """The passages of each section in an order drawn by chance, the sections too."""
    sections: defaultdict[tuple[str, ...], list[Passage]] = defaultdict(list)
    for passage in passages:
        sections[passage.heading].append(passage)
    found = list(sections.values())
    chance.shuffle(found)
    return [iter(chance.sample(section, len(section))) for section in found]


def _in_turn(queues: Sequence[Iterator[Passage]]) -> Iterator[Passage]:
    """One of each queue, then the next of each, until all are empty."""
    waiting = list(queues)
    while waiting:
        left = []
        for queue in waiting:
            passage = next(queue, None)
            if passage is not None:
                yield passage
                left.append(queue)
        waiting = left
