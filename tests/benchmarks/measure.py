"""Engines measured side by side: every question is put to each in turn, so that noise falls on all."""

import statistics
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.engines import LUCENE, OURS, REFERENCE
from tests.benchmarks.processes import Built, Worker, build

# Java compiles what has run often.
_WARM_ROUNDS = {LUCENE: 20}
# The reference walks over every passage in Python: at a million it is asked fewer questions, once each.
_REFERENCE_PASSAGES = 2_000_000


@dataclass(frozen=True, slots=True)
class Measured:
    """One engine over one corpus: what it cost to build, to start, to hold and to ask.

    `questions` are the seconds of processor time by form of question, one for each that was asked, in their
    order; `ours` those that our engine took for the same questions.
    """

    engine: str
    passages: int
    built: Built
    cold: float
    own: float
    mapped: float
    questions: Mapping[str, Sequence[float]]
    ours: Mapping[str, Sequence[float]]
    identical: Mapping[str, float]

    def percentile(self, form: str, percent: int) -> float:
        """A percentile of the microseconds that a question took."""
        took = sorted(self.questions[form])
        return 1e6 * took[min(len(took) - 1, len(took) * percent // 100)]

    def against_ours(self, form: str) -> float:
        """How many times what our engine took for the same question, in the median."""
        return statistics.median(
            peer / own for peer, own in zip(self.questions[form], self.ours[form], strict=True)
        )


def measured(
    engines: Sequence[str], corpus: Path, questions: Mapping[str, Sequence[Sequence[int]]], passages: int
) -> list[Measured]:
    """Build every engine's index of a corpus, and ask them all every form of every question."""
    built = {engine: build(engine, corpus, corpus / engine) for engine in engines}
    first = next(iter(questions.values()))[0]
    with ExitStack() as closing:
        workers = {engine: Worker(engine, corpus, corpus / engine, first) for engine in engines}
        for worker in workers.values():
            closing.callback(worker.close)
        took = {form: _asked(workers, asked, passages) for form, asked in questions.items()}
        return [
            Measured(
                engine,
                passages,
                built[engine],
                worker.cold,
                *worker.resident(),
                {form: [seconds for seconds, _ in took[form][engine]] for form in questions},
                {form: _firsts(took[form][OURS], took[form][engine]) for form in questions},
                {form: _share_of_equal(took[form][OURS], took[form][engine]) for form in questions},
            )
            for engine, worker in workers.items()
        ]


_Took = list[tuple[float, Sequence[int]]]


def _asked(
    workers: Mapping[str, Worker], questions: Sequence[Sequence[int]], passages: int
) -> dict[str, _Took]:
    for engine, worker in workers.items():
        if engine != REFERENCE:
            for question in [*questions] * _WARM_ROUNDS.get(engine, 1):
                worker.ask(question)
    took: dict[str, _Took] = {engine: [] for engine in workers}
    for number, question in enumerate(questions):
        for engine, worker in workers.items():
            if engine == REFERENCE and number * passages > _REFERENCE_PASSAGES * 5:
                continue
            answer = worker.ask(question, times=1 if engine == REFERENCE else 3)
            took[engine].append((answer.cpu, answer.places))
    return took


def _firsts(took: _Took, as_many: _Took) -> list[float]:
    return [seconds for seconds, _ in took[: len(as_many)]]


def _share_of_equal(ours: _Took, theirs: _Took) -> float:
    equal = [own == other for (_, own), (_, other) in zip(ours, theirs, strict=False)]
    return sum(equal) / max(len(equal), 1)
