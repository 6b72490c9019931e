"""Our engine and its peers, each behind the same few calls; a peer's package is imported where it is used."""

import pickle
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from bot.index.bm25 import Bm25Index
from tests.benchmarks.corpora import MadeCorpus

# What answers with the places of the best passages for a question's terms.
Answers = Callable[[Sequence[int], int], Sequence[int]]


class Engine(Protocol):
    def build(self, corpus: MadeCorpus, index: Path) -> None:
        """Write an index of a corpus into a new folder."""

    def open(self, index: Path) -> Answers:
        """What answers from an index that was written."""


class Ours:
    def build(self, corpus: MadeCorpus, index: Path) -> None:
        built = Bm25Index.build(corpus.rows(), len(corpus.vocabulary()))
        for name, array in built.arrays().items():
            np.save(index / f"{name}.npy", array)

    def open(self, index: Path) -> Answers:
        arrays = {path.stem: np.load(path, mmap_mode="r") for path in index.iterdir()}
        opened = Bm25Index.from_arrays(arrays)
        return lambda terms, count: opened.best(dict.fromkeys(terms, 1.0), count).tolist()


class RankBm25:
    """The reference, with the parameters that the bot uses; the best by the means that numpy has."""

    def build(self, corpus: MadeCorpus, index: Path) -> None:
        from rank_bm25 import BM25Plus

        rows = corpus.rows()
        built = BM25Plus((rows[row].tolist() for row in range(len(rows))), delta=0)
        with (index / "index.pickle").open("wb") as file:
            pickle.dump(built, file)

    def open(self, index: Path) -> Answers:
        with (index / "index.pickle").open("rb") as file:
            opened = pickle.load(file)  # noqa: S301 -- written by `build` a moment ago

        def answer(terms: Sequence[int], count: int) -> Sequence[int]:
            scores = opened.get_scores(terms)
            matching = np.flatnonzero(scores)
            best: list[int] = matching[np.argsort(-scores[matching], kind="stable")[:count]].tolist()
            return best

        return answer


class Bm25s:
    """bm25s with numba, which it compiles in every process."""

    def build(self, corpus: MadeCorpus, index: Path) -> None:
        import bm25s

        rows = corpus.rows()
        ids = [rows[row].tolist() for row in range(len(rows))]
        words = {str(term): term for term in range(len(corpus.vocabulary()))}
        built = bm25s.BM25(k1=1.5, b=0.75, backend="numba")
        built.index((ids, words), show_progress=False)
        built.save(index, show_progress=False)

    def open(self, index: Path) -> Answers:
        import bm25s

        opened = bm25s.BM25.load(index, mmap=True)

        def answer(terms: Sequence[int], count: int) -> Sequence[int]:
            found, _ = opened.retrieve([list(terms)], k=count, show_progress=False, n_threads=1)
            best: list[int] = found[0].tolist()
            return best

        return answer


class Tantivy:
    def build(self, corpus: MadeCorpus, index: Path) -> None:
        import tantivy

        made = tantivy.Index(self._schema(), path=str(index))
        rows, writer = corpus.rows(), made.writer(heap_size=256_000_000, num_threads=1)
        for row in range(len(rows)):
            writer.add_document(tantivy.Document(body=" ".join(map(str, rows[row].tolist()))))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, index: Path) -> Answers:
        import tantivy

        schema = self._schema()
        opened = tantivy.Index.open(str(index))
        opened.reload()
        searcher = opened.searcher()

        def answer(terms: Sequence[int], count: int) -> Sequence[int]:
            held = [tantivy.Query.term_query(schema, "body", str(term), "freq") for term in terms]
            question = tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in held])
            return [address.doc for _, address in searcher.search(question, count, count=False).hits]

        return answer

    @staticmethod
    def _schema() -> object:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
        schema: object = builder.build()
        return schema


OURS, REFERENCE, LUCENE = "ours", "rank-bm25", "lucene"
ENGINES: Mapping[str, Callable[[], Engine]] = {
    OURS: Ours,
    REFERENCE: RankBm25,
    "bm25s-numba": Bm25s,
    "tantivy": Tantivy,
}
