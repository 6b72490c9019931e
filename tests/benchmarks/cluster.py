"""A cluster of three nodes against the engine in this process, for a run by hand.

`python -m tests.benchmarks.cluster --text TEXTS --passages 10000000 --words 12 30 --strike` makes a corpus of
sentences of a folder of texts, fills an index of a cluster that it starts, and asks both engines the same
questions. With `--strike` it asks them again while a node is killed, while another hangs, and after that: no
answer may fail or be another.
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from bot.cluster.client import Cluster
from bot.cluster.engine import ClusterField
from bot.cluster.filling import Content
from bot.cluster.layout import Searched
from bot.cluster.library import Library
from bot.engines import ClusterSettings
from bot.errors import EngineError
from bot.index.arrays import ArrayFolder
from bot.index.bm25 import Bm25Index
from bot.index.counted import Counted, Part, Statistics
from bot.index.fields import BODY_B
from bot.index.impacts import Exact, Places
from bot.index.lexicon import Lexicon
from bot.index.rows import Rows
from tests.benchmarks.corpora import MadeCorpus, Sentences, made_questions, question_terms
from tests.cluster.nodes import Nodes

BEST = 10


class Noting(Cluster):
    """A cluster that notes how many candidates it was asked for last."""

    depth = 0

    def search(self, index: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        self.depth = body["size"]
        return super().search(index, body)


@dataclass(frozen=True, slots=True)
class Question:
    """The terms of a question, and what the engine in this process finds."""

    weights: Mapping[int, float]
    best: Places
    scores: Exact
    seconds: float


@dataclass
class Told:
    """What came of the questions that were asked in one state of the cluster."""

    equal: int = 0
    other: int = 0
    failures: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)

    def __str__(self) -> str:
        asked = ", ".join(f"{depth}: {self.depths.count(depth)}" for depth in sorted(set(self.depths)))
        why = "".join(f"\n  failed: {failure}" for failure in sorted(set(self.failures)))
        return (
            f"{len(self.seconds)} asked, equal {self.equal}, other {self.other}, failed {len(self.failures)};"
            f" {_spread(self.seconds)}; candidates asked for at last {asked}{why}"
        )


def main() -> None:
    options = _parser().parse_args()
    keeping = nullcontext(options.folder) if options.folder else tempfile.TemporaryDirectory()
    with keeping as kept:
        fewest, most = options.words
        folder = Path(kept) / f"{options.passages}-{fewest}-{most}"
        folder.mkdir(parents=True, exist_ok=True)
        embedded, content, questions = made(options, folder)
        with _said("three nodes are there"):
            nodes = Nodes.started(folder / "nodes", heap=options.heap)
        try:
            run(options, nodes, content, list(_answered(embedded, questions)))
            _say(f"{_gigabytes(folder / 'nodes'):.1f} GB of the nodes on disk")
        finally:
            nodes.end()


def made(options: argparse.Namespace, folder: Path) -> tuple[Bm25Index, Content, list[list[int]]]:
    """The engine in this process, what the cluster is to hold, and the terms of the questions."""
    sentences = Sentences.of(options.text)
    with _said(f"{options.passages} passages are made"):
        corpus = MadeCorpus(
            _kept(
                folder / "corpus",
                lambda place: MadeCorpus.write(sentences, options.passages, place, words=options.words),
            )
        )
    vocabulary = corpus.vocabulary()
    lexicon = Lexicon.of(vocabulary)
    rows = corpus.rows()
    rows = Rows(lexicon.numbers(vocabulary)[rows.terms], np.asarray(rows.starts))

    def build(place: Path) -> None:
        place.mkdir()
        Bm25Index.build(rows, len(lexicon), b=BODY_B, room=ArrayFolder(place).within("all"))

    with _said("the engine in this process is built"):
        arrays = ArrayFolder(_kept(folder / "embedded", build)).get_all("all")
    counted = Counted([Part(rows)], Statistics.from_arrays(arrays))
    content = Content("0" * 64, options.passages, lexicon, {"all": Searched(counted, BODY_B)})
    asked = question_terms(made_questions(sentences, options.questions), list(lexicon), idle=True)
    return Bm25Index.from_arrays(arrays), content, asked


def run(options: argparse.Namespace, nodes: Nodes, content: Content, questions: Sequence[Question]) -> None:
    """Fill the cluster, ask it, and tell what came of it."""
    cluster = Noting(ClusterSettings(tuple(nodes.urls), depth=options.depth, patience=options.patience))
    with _said("the cluster is filled"):
        library = Library(cluster, content, progress=True)
        nodes.await_status("green", nodes=3)
    asked = library.field("all")

    def ask(state: str, strike: Callable[[], None] | None = None) -> None:
        _say(f"{state}: {_asked(cluster, asked, questions, strike)}")

    _say(f"the engine in this process: {_spread([question.seconds for question in questions])}")
    ask("three nodes")
    if options.strike:
        _, killed, hung = nodes.nodes
        ask("one killed", killed.kill)
        with _said("it is back"):
            nodes.restart(killed)
        ask("one hung", hung.hang)
        with _said("it goes on"):
            hung.go_on()
            nodes.await_status("green", nodes=3)
        ask("three nodes again")


def _answered(embedded: Bm25Index, questions: Sequence[Sequence[int]]) -> Iterator[Question]:
    for terms in questions:
        weights = dict.fromkeys(terms, 1.0)
        began = time.perf_counter()
        best = embedded.best(weights, BEST)
        seconds = time.perf_counter() - began
        yield Question(weights, best, embedded.scores_at(weights, best), seconds)


def _asked(
    cluster: Noting, asked: ClusterField, questions: Sequence[Question], strike: Callable[[], None] | None
) -> Told:
    """What comes of the questions; after a quarter of them there is a `strike`."""
    told = Told()
    for number, question in enumerate(questions):
        if strike is not None and number == len(questions) // 4:
            strike()
        began = time.perf_counter()
        try:
            found = asked.best(question.weights, BEST)
        except EngineError as error:
            told.failures.append(str(error))
            told.seconds.append(time.perf_counter() - began)
        else:
            told.seconds.append(time.perf_counter() - began)
            scores = asked.scores_at(question.weights, found)
            same = np.array_equal(found, question.best) and np.array_equal(scores, question.scores)
            told.equal, told.other = told.equal + same, told.other + (not same)
        told.depths.append(cluster.depth)
    return told


def _kept(folder: Path, make: Callable[[Path], object]) -> Path:
    """A folder that is made once, as a whole."""
    if not folder.is_dir():
        beside = folder.with_suffix(".part")
        shutil.rmtree(beside, ignore_errors=True)
        make(beside)
        beside.rename(folder)
    return folder


@contextmanager
def _said(what: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    _say(f"{what}, after {time.perf_counter() - began:.0f} s")


def _spread(seconds: Sequence[float]) -> str:
    p50, p95, most = np.quantile(seconds, [0.5, 0.95, 1.0]) * 1000
    return f"ms p50 {p50:.1f}, p95 {p95:.1f}, slowest {most:.1f}"


def _gigabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e9


def _say(line: str) -> None:
    print(line, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.cluster", description=__doc__)
    parser.add_argument("--text", type=Path, required=True, help="a folder of texts")
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--words", type=int, nargs=2, default=(35, 95), help="of a passage, fewest and most")
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--depth", type=int, default=300, help="candidates that are asked for at first")
    parser.add_argument("--patience", type=float, default=0.8, help="seconds that a node has to answer")
    parser.add_argument("--heap", default="1g", help="the memory of each node's heap")
    parser.add_argument("--folder", type=Path, help="kept, so that a second run finds all of it there")
    parser.add_argument("--strike", action="store_true", help="kill a node, and have another hang")
    return parser


if __name__ == "__main__":
    main()
