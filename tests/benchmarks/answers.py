"""`python -m tests.benchmarks.answers`: whole answers over folders of documents, against get_scores.

Ours and the reference take turns, so that noise falls on both; seconds are the thread's processor time.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Plus

from bot.analysis import Analyser
from bot.assistant import Assistant
from bot.meaning import CorpusVectors, Texts, load_encoder
from bot.meaning.nearest import Nearest
from tests.benchmarks.corpora import Sentences, made_questions, read_questions
from tests.benchmarks.processes import ROOT

# Passages beyond which the reference is not built, for it would fill the memory; and how many it walks over.
_MOST_BARE, _BARE_PASSAGES = 200_000, 1_000_000
_DISTINCT_HEADINGS = 1000
_HEAD = ("passages", "vectors", "start s", "p50 ms", "p95 ms", "get_scores ms", "get_scores / answer")


@dataclass(frozen=True, slots=True)
class Answered:
    """What questions cost over so many passages: `bare` are the seconds of one `get_scores` each."""

    passages: int
    vectors: str
    opened: float
    answers: Sequence[float]
    bare: Sequence[float]

    def row(self) -> Sequence[str]:
        took = sorted(1e3 * seconds for seconds in self.answers)
        ratios = [bare / answer for bare, answer in zip(self.bare, self.answers, strict=False)]
        return (
            f"{self.passages:,}",
            self.vectors,
            f"{self.opened:.1f}",
            f"{statistics.median(took):.1f}",
            f"{took[len(took) * 95 // 100]:.1f}",
            f"{1e3 * statistics.median(self.bare):.1f}" if self.bare else "-",
            f"{statistics.median(ratios):.1f}" if ratios else "-",
        )


def answered(folder: Path, vectors: str, questions: Sequence[str]) -> Answered:
    """Ask the bot about a folder; as many questions as time allows are put to rank-bm25 as well."""
    started = time.process_time()
    assistant = Assistant.open(folder, encoder=None)
    opened = time.process_time() - started
    if vectors == "made":
        assistant.retriever.vectors = made_vectors(assistant)
    analyser, size = Analyser(), len(assistant.passages)
    bare = max(3, _BARE_PASSAGES // size) if size <= _MOST_BARE else 0
    reference = None
    if bare:
        reference = BM25Plus((analyser.terms(passage.text) for passage in assistant.passages), delta=0)
    for question in questions:
        assistant.ask(question)
    answers, scores = [], []
    for number, question in enumerate(questions):
        answers.append(min(_seconds(partial(assistant.ask, question)) for _ in range(3)))
        if reference is not None and number < bare:
            scores.append(_seconds(partial(reference.get_scores, analyser.terms(question))))
    return Answered(size, vectors, opened, answers, scores)


def made_vectors(assistant: Assistant) -> CorpusVectors:
    """Vectors of no meaning: what they cost does not hang on it, and to encode 1e5 passages takes an hour."""
    encoder, index = load_encoder(), assistant.retriever.fields
    width, chance = encoder.question("How wide?").size, np.random.default_rng(1)

    def rows(count: int) -> NDArray[np.float16]:
        found = chance.standard_normal((count, width), dtype=np.float32)
        found /= np.linalg.norm(found, axis=1, keepdims=True)
        return found.astype(np.float16)

    in_context = rows(index.size)
    return CorpusVectors(
        encoder=encoder,
        in_context=in_context,
        coarse=Nearest.of(in_context).coarse,
        bare=rows(index.size),
        headings=rows(_DISTINCT_HEADINGS),
        titles=rows(index.documents),
        documents=rows(index.documents),
        heading_of=chance.integers(_DISTINCT_HEADINGS, size=index.size, dtype=np.int32),
        document_of=index.document_of,
        keys=Texts(index, assistant.corpus.heads, assistant.passages).known_by,
    )


def _seconds(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return time.thread_time() - started


@contextmanager
def _made(sentences: Sentences, size: int, scratch: Path | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=scratch) as place:
        folder = Path(place) / "corpus"
        sentences.files(size, folder)
        yield folder


def main() -> None:
    options = _options()
    sentences = Sentences.of(options.text)
    count = options.questions
    questions = read_questions(options.asked, count) if options.asked else made_questions(sentences, count)
    print(f"| {' | '.join(_HEAD)} |\n|{'---|' * len(_HEAD)}")

    def tell(folder: Path) -> None:
        for vectors in options.vectors:
            print(f"| {' | '.join(answered(folder, vectors, questions).row())} |", flush=True)

    for size in sorted(options.sizes):
        with _made(sentences, size, options.scratch) as folder:
            tell(folder)
    for folder in options.folders:
        tell(folder)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.answers", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--folders", type=Path, nargs="*", default=[], help="folders that there are, too")
    parser.add_argument("--vectors", nargs="+", default=["none", "made"], choices=["none", "made"])
    parser.add_argument(
        "--text", type=Path, default=ROOT / "corpus", help="a folder whose sentences are used"
    )
    parser.add_argument("--asked", type=Path, help='questions: a JSON object a line, with "question"')
    parser.add_argument("--questions", type=int, default=60, help="how many are asked")
    parser.add_argument("--scratch", type=Path, help="where folders are made, and removed")
    return parser.parse_args()


if __name__ == "__main__":
    main()
