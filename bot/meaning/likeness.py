"""A question's vector against those of a corpus: how alike they are in meaning.

What is encoded of a passage is its text behind its nearest heading and its document's title, for a passage
seldom repeats what it is about; headings and titles are encoded by themselves too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bot.index.fields import Fields
from bot.meaning.encoder import Encoder, Vectors
from bot.records import Passage

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Cosines in [-1, 1], each with a value a candidate.

    `message` compares the message to the passage with its context, `words` to the bare passage, `heading` to
    its nearest heading (0 without one), `title` to its document's title (0 for one that tells nothing),
    `document` to the mean of its document.
    """

    message: Scores
    words: Scores
    heading: Scores
    title: Scores
    document: Scores


@dataclass(frozen=True, slots=True)
class CorpusVectors:
    """The vectors of a corpus: a row a passage, a distinct heading, a document in the order of the corpus."""

    encoder: Encoder
    in_context: Vectors
    bare: Vectors
    headings: Vectors
    titles: Vectors
    documents: Vectors
    heading_of: NDArray[np.intp]
    document_of: NDArray[np.intp]

    @classmethod
    def of(
        cls,
        index: Fields,
        passages: Sequence[Passage],
        encoder: Encoder,
        vectors: Callable[[Sequence[str]], Vectors],
    ) -> Self:
        """Lay out what `vectors` gives for texts, a row each; a row of zeros is like nothing."""
        titles, document_of = index.titles, index.document_of
        heads = [passage.heading[-1] if passage.heading else "" for passage in passages]
        contexts = [
            " ".join([*(f"{line}." for line in (titles[place], head) if line), passage.text])
            for passage, head, place in zip(passages, heads, document_of, strict=True)
        ]
        headings = list(dict.fromkeys(heads))
        texts = [*contexts, *(passage.text for passage in passages), *headings, *titles]
        distinct = list(dict.fromkeys(text for text in texts if text))
        rows = vectors(distinct)
        place_of = {text: place for place, text in enumerate(distinct)}
        # A row of zeros, the last, for what is empty: it is like nothing.
        table = np.concatenate([rows, np.zeros((1, rows.shape[1]), dtype=np.float32)])
        taken = table[[place_of.get(text, -1) for text in texts]]
        count = len(passages)
        in_context, bare, rest = taken[:count], taken[count : 2 * count], taken[2 * count :]
        summed = np.zeros((len(titles), rows.shape[1]), dtype=np.float32)
        np.add.at(summed, document_of, in_context)
        documents = summed / np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-9)
        place_of_heading = {heading: place for place, heading in enumerate(headings)}
        return cls(
            encoder=encoder,
            in_context=in_context,
            bare=bare,
            headings=rest[: len(headings)],
            titles=rest[len(headings) :],
            documents=documents,
            heading_of=np.array([place_of_heading[head] for head in heads], dtype=np.intp),
            document_of=document_of,
        )

    def nearness(self, question: Vectors) -> Scores:
        """How alike every passage with its context is to a question's vector."""
        return _scores(self.in_context @ question)

    def likeness(self, question: Vectors, places: NDArray[np.intp]) -> Likeness:
        """How alike the passages at some places are to a question's vector."""
        documents = self.document_of[places]
        return Likeness(
            message=_scores(self.in_context[places] @ question),
            words=_scores(self.bare[places] @ question),
            heading=_scores(np.maximum(self.headings[self.heading_of[places]] @ question, 0)),
            title=_scores(self.titles[documents] @ question),
            document=_scores(self.documents[documents] @ question),
        )


def _scores(values: Vectors) -> Scores:
    return np.asarray(values, dtype=np.float64)
