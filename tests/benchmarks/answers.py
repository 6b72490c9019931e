"""`python -m tests.benchmarks.answers`: whole answers over made folders of documents, against get_scores.

Ours and the reference take turns, so that noise falls on both; seconds are the thread's processor time.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rank_bm25 import BM25Plus

from bot.analysis import Analyser
from bot.assistant import Assistant
from tests.benchmarks.corpora import Sentences, made_questions, read_questions
from tests.benchmarks.processes import ROOT


@dataclass(frozen=True, slots=True)
class Answered:
    """What questions cost over so many passages: `bare` are the seconds of one `get_scores` each."""

    passages: int
    opened: float
    answers: Sequence[float]
    bare: Sequence[float]

    def row(self) -> str:
        took = sorted(1e3 * seconds for seconds in self.answers)
        ratio = statistics.median(
            bare / answer for bare, answer in zip(self.bare, self.answers[: len(self.bare)], strict=True)
        )
        figures = (statistics.median(took), took[len(took) * 95 // 100], ratio)
        return (
            f"| {self.passages:,} | {self.opened:.1f} | " + " | ".join(f"{one:.1f}" for one in figures) + " |"
        )


def answered(folder: Path, questions: Sequence[str], *, bare: int) -> Answered:
    """Ask the bot about a folder; the first `bare` questions are put to rank-bm25 as well."""
    started = time.process_time()
    assistant = Assistant.open(folder)
    opened = time.process_time() - started
    analyser = Analyser()
    reference = BM25Plus((analyser.terms(passage.text) for passage in assistant.passages), delta=0)
    assistant.ask(questions[0])
    answers, scores = [], []
    for number, question in enumerate(questions):
        answers.append(_seconds(partial(assistant.ask, question)))
        if number < bare:
            terms = analyser.terms(question)
            scores.append(_seconds(partial(reference.get_scores, terms)))
    return Answered(len(assistant.passages), opened, answers, scores)


def _seconds(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return time.thread_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.answers", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument(
        "--text", type=Path, default=ROOT / "corpus", help="a folder whose sentences are used"
    )
    parser.add_argument("--asked", type=Path, help='questions: a JSON object a line, with "question"')
    parser.add_argument("--questions", type=int, default=60, help="how many are asked")
    parser.add_argument("--scratch", type=Path, help="where folders are made, and removed")
    options = parser.parse_args()
    sentences = Sentences.of(options.text)
    count = options.questions
    questions = read_questions(options.asked, count) if options.asked else made_questions(sentences, count)
    print("| passages | start s | p50 ms | p95 ms | get_scores / answer |\n|---|---|---|---|---|")
    for size in sorted(options.sizes):
        with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
            sentences.files(size, Path(scratch) / "corpus")
            print(
                answered(Path(scratch) / "corpus", questions, bare=max(3, 300_000 // size)).row(), flush=True
            )


if __name__ == "__main__":
    main()
