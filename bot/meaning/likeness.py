"""A question's vector against those of a corpus: how alike they are in meaning."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bot.index.fields import Fields
from bot.index.impacts import Places
from bot.meaning.encoder import Encoder, Vectors
from bot.meaning.nearest import Nearest
from bot.meaning.store import Kept
from bot.meaning.texts import Keys, Texts

Scores = NDArray[np.float64]


# Looking at all of so many passages takes as long as all else that an answer needs.
MOST_SCANNED = 200_000


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
    """The vectors of a corpus in half precision: a row a passage, a distinct heading, a document.

    `coarse` are those of passages in their context in bytes, `heading_of` the place of each passage's nearest
    heading; `keys` tell which texts they are of.
    """

    encoder: Encoder
    in_context: Kept
    coarse: NDArray[np.int8]
    bare: Kept
    headings: Kept
    titles: Kept
    documents: Kept
    heading_of: NDArray[np.int32]
    document_of: Places
    keys: Keys

    @classmethod
    def of(
        cls,
        index: Fields,
        texts: Texts,
        encoder: Encoder,
        vectors: Callable[[Texts], Kept],
    ) -> Self:
        """Lay out what `vectors` gives for the texts of a corpus, a row each."""
        # A row of zeros, the last, for what is empty: it is like nothing.
        rows = vectors(texts)
        table = np.concatenate([rows, np.zeros((1, rows.shape[1]), dtype=rows.dtype)])
        in_context = table[texts.in_context]
        headings, heading_of = np.unique(texts.headings, return_inverse=True)
        return cls(
            encoder=encoder,
            in_context=in_context,
            coarse=Nearest.of(in_context).coarse,
            bare=table[texts.bare],
            headings=table[headings],
            titles=table[texts.titles],
            documents=_means(in_context, index.first),
            heading_of=heading_of.astype(np.int32),
            document_of=index.document_of,
            keys=texts.known_by,
        )

    def arrays(self) -> Mapping[str, NDArray[Any]]:
        """What is to be kept on disk."""
        keys = {name: getattr(self.keys, name) for name in _KEYS}
        return {name: getattr(self, name) for name in _ARRAYS} | keys

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], index: Fields, encoder: Encoder) -> Self:
        """What `arrays` told of. Raises KeyError and ValueError where it is not of this index."""
        own = {name: arrays[name] for name in _ARRAYS}
        keys = Keys(**{name: arrays[name] for name in _KEYS})
        if (len(keys.of_passages), len(keys.of_titles)) != (index.size, index.documents):
            raise ValueError("the keys are of another corpus")
        return cls(encoder=encoder, document_of=index.document_of, keys=keys, **own)

    def nearest(self, question: Vectors, count: int) -> Places:
        """The places of the passages that are with their context most like a question's vector.

        Of too many none is looked for: those that words have found are compared with it all the same.
        """
        if len(self.in_context) > MOST_SCANNED:
            return np.zeros(0, dtype=np.intp)
        return Nearest(self.in_context, self.coarse).best(question, count)

    def likeness(self, question: Vectors, places: Places) -> Likeness:
        """How alike the passages at some places are to a question's vector."""
        documents = self.document_of[places]
        return Likeness(
            message=_cosines(self.in_context[places], question),
            words=_cosines(self.bare[places], question),
            heading=np.maximum(_cosines(self.headings[self.heading_of[places]], question), 0),
            title=_cosines(self.titles[documents], question),
            document=_cosines(self.documents[documents], question),
        )


_ARRAYS = ("in_context", "coarse", "bare", "headings", "titles", "documents", "heading_of")
_KEYS = ("of_passages", "of_titles")


def _means(rows: Kept, first: NDArray[np.int64]) -> Kept:
    """The mean of the rows of each document, of length one."""
    means = np.zeros((len(first) - 1, rows.shape[1]), dtype=np.float32)
    for place, (start, end) in enumerate(pairwise(first.tolist())):
        summed = rows[start:end].astype(np.float32).sum(axis=0)
        means[place] = summed / max(float(np.linalg.norm(summed)), 1e-9)
    return means.astype(np.float16)


def _cosines(rows: Kept, question: Vectors) -> Scores:
    return np.asarray(rows.astype(np.float32) @ question, dtype=np.float64)
