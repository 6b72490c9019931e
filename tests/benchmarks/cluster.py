"""A cluster of three nodes against the engine in this process, for a run by hand.

`python -m tests.benchmarks.cluster --from TEXTS --passages 1000000 --questions 1000 --strike` makes a corpus
of sentences of a folder of texts, fills an index of a cluster that it starts, and asks both engines. With
`--strike` a node hangs after a third of the questions and goes on later, and another is killed after two
thirds.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bot.cluster.client import Cluster
from bot.cluster.filling import Content
from bot.cluster.layout import Searched
from bot.cluster.library import Library
from bot.engines import ClusterSettings
from bot.errors import EngineError
from bot.index.bm25 import Bm25Index
from bot.index.counted import Counted, Part, Statistics
from bot.index.fields import BODY_B
from bot.index.lexicon import Lexicon
from bot.index.rows import Rows
from tests.benchmarks.corpora import MadeCorpus, Sentences, made_questions, question_terms
from tests.cluster.nodes import Nodes

BEST = 10


@dataclass
class Told:
    """What came of the questions."""

    equal: int = 0
    other: int = 0
    failed: int = 0
    seconds: list[float] = field(default_factory=list)
    embedded: list[float] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)

    def lines(self) -> list[str]:
        return [
            f"questions {len(self.seconds)}: equal {self.equal}, other {self.other}, failed {self.failed}",
            f"cluster ms: {_spread(self.seconds)}",
            f"embedded ms: {_spread(self.embedded)}",
            "candidates asked for at last: "
            + ", ".join(f"{depth}: {self.depths.count(depth)}" for depth in sorted(set(self.depths))),
        ]


def main() -> None:
    options = _parser().parse_args()
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        embedded, content, questions = made(options, Path(scratch))
        nodes = Nodes.started(Path(scratch) / "nodes", heap=options.heap)
        try:
            run(options, nodes, embedded, content, questions)
        finally:
            nodes.end()


def made(options: argparse.Namespace, scratch: Path) -> tuple[Bm25Index, Content, list[list[int]]]:
    """The engine in this process, what the cluster is to hold, and the terms of the questions."""
    sentences = Sentences.of(options.texts)
    corpus = MadeCorpus.write(sentences, options.passages, scratch / "corpus")
    vocabulary = corpus.vocabulary()
    lexicon = Lexicon.of(vocabulary)
    rows = corpus.rows()
    rows = Rows(lexicon.numbers(vocabulary)[rows.terms], np.asarray(rows.starts))
    began = time.perf_counter()
    embedded = Bm25Index.build(rows, len(lexicon), b=BODY_B)
    _say(f"{options.passages} passages: embedded built in {time.perf_counter() - began:.1f} s")
    counted = Counted([Part(rows)], Statistics.from_arrays(embedded.arrays()))
    content = Content("0" * 64, options.passages, lexicon, {"all": Searched(counted, BODY_B)})
    asked = made_questions(sentences, options.questions)
    return embedded, content, question_terms(asked, list(lexicon), idle=True)


def run(
    options: argparse.Namespace,
    nodes: Nodes,
    embedded: Bm25Index,
    content: Content,
    questions: Sequence[list[int]],
) -> None:
    """Fill the cluster, ask both engines, and tell what came of it."""
    settings = ClusterSettings(tuple(nodes.urls), depth=options.depth, patience=options.patience)
    cluster = Cluster(settings)
    began = time.perf_counter()
    library = Library(cluster, content, progress=True)
    _say(f"cluster filled in {time.perf_counter() - began:.1f} s")
    nodes.await_status("green", nodes=3)
    told, depths = Told(), list[int]()
    search = cluster.search

    def noting(index: str, body: dict[str, int]) -> object:
        depths.append(body["size"])
        return search(index, body)

    cluster.search = noting  # type: ignore[method-assign, assignment]
    asked = library.field("all")
    for number, terms in enumerate(questions):
        if options.strike:
            _strike(nodes, number, len(questions))
        weights = dict.fromkeys(terms, 1.0)
        began = time.perf_counter()
        expected = embedded.best(weights, BEST)
        told.embedded.append(time.perf_counter() - began)
        began = time.perf_counter()
        try:
            found = asked.best(weights, BEST)
        except EngineError:
            told.failed += 1
        else:
            same = np.array_equal(found, expected)
            same = same and np.array_equal(
                asked.scores_at(weights, found), embedded.scores_at(weights, expected)
            )
            told.equal, told.other = told.equal + same, told.other + (not same)
            told.depths.append(depths[-1])
        told.seconds.append(time.perf_counter() - began)
    _say(*told.lines())


def _strike(nodes: Nodes, number: int, questions: int) -> None:
    if number == questions // 3:
        nodes.nodes[1].hang()
    elif number == questions // 2:
        nodes.nodes[1].go_on()
        nodes.await_status("green", nodes=3)
    elif number == 2 * questions // 3:
        nodes.nodes[2].kill()


def _spread(seconds: Sequence[float]) -> str:
    p50, p95, most = np.quantile(seconds, [0.5, 0.95, 1.0]) * 1000
    return f"p50 {p50:.1f}, p95 {p95:.1f}, slowest {most:.1f}"


def _say(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="texts", type=Path, required=True, help="a folder of texts")
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--depth", type=int, default=300)
    parser.add_argument("--patience", type=float, default=0.8)
    parser.add_argument("--heap", default="1g", help="the memory of each node's heap")
    parser.add_argument("--scratch", type=Path, help="where there is room for all of it")
    parser.add_argument("--strike", action="store_true", help="have a node hang, and kill another")
    return parser


if __name__ == "__main__":
    main()
