"""Runs in, what can be compared between them out: the questions in which they agree."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.evaluation.compare import Difference, compare
from bot.web.evaluate.kept import KeptDocument, KeptQuestion
from bot.web.evaluate.runs import RunRecord


@dataclass(frozen=True, slots=True)
class Entrant:
    """A run that is compared, with its questions and documents."""

    record: RunRecord
    questions: tuple[KeptQuestion, ...]
    documents: Mapping[str, KeptDocument]


@dataclass(frozen=True, slots=True)
class Moved:
    """A right passage whose words stand elsewhere in a later run."""

    id: str
    earlier: tuple[str, int, int]
    later: tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Which questions the runs share, why others are left out, and what moved between them.

    `ids` are those compared. `alone` are not in every run, `reworded` ask otherwise under the same id,
    `regraded` have other right answers. `added`, `removed` and `changed` are names of documents.
    """

    ids: tuple[str, ...]
    alone: tuple[str, ...]
    reworded: tuple[str, ...]
    regraded: tuple[str, ...]
    moved: tuple[Moved, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def left_out(self) -> int:
        """How many questions are not compared."""
        return len(self.alone) + len(self.reworded) + len(self.regraded)

    @property
    def same_documents(self) -> bool:
        """Whether all runs are over the same documents."""
        return not (self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is shown of runs that are compared."""

    agreement: Agreement
    differences: tuple[Difference, ...]


def compared(entrants: Sequence[Entrant]) -> Comparison:
    """The runs, oldest first, over the questions that they agree in."""
    agreement = agreeing(entrants)
    ids = set(agreement.ids)
    records = {}
    for entrant in entrants:
        by_id = {kept.judged.id: kept.judged for kept in entrant.questions if kept.judged.id in ids}
        records[entrant.record.id] = [by_id[name] for name in agreement.ids]
    return Comparison(agreement, compare(records) if ids else ())


def agreeing(entrants: Sequence[Entrant]) -> Agreement:
    """Which questions agree, and why others do not."""
    runs = [{kept.judged.id: kept for kept in entrant.questions} for entrant in entrants]
    every = list(dict.fromkeys(name for run in runs for name in run))
    shared = [name for name in every if all(name in run for run in runs)]
    worded = [name for name in shared if _one(runs, name, _wording)]
    ids = [name for name in worded if _one(runs, name, _right)]
    steps = list(pairwise(entrant.documents for entrant in entrants))
    return Agreement(
        ids=tuple(ids),
        alone=tuple(name for name in every if name not in set(shared)),
        reworded=tuple(name for name in shared if name not in set(worded)),
        regraded=tuple(name for name in worded if name not in set(ids)),
        moved=tuple(
            moved
            for before, after in pairwise(runs)
            for name in ids
            for moved in _moved(before[name], after[name])
        ),
        added=tuple(dict.fromkeys(doc for before, after in steps for doc in after if doc not in before)),
        removed=tuple(dict.fromkeys(doc for before, after in steps for doc in before if doc not in after)),
        changed=tuple(dict.fromkeys(doc for before, after in steps for doc in _changed(before, after))),
    )


def _one(
    runs: Sequence[Mapping[str, KeptQuestion]], name: str, what: Callable[[KeptQuestion], object]
) -> bool:
    """Whether a question is the same in all runs, as far as something of it goes."""
    first = what(runs[0][name])
    return all(what(run[name]) == first for run in runs[1:])


def _wording(kept: KeptQuestion) -> object:
    return kept.question, kept.history


def _right(kept: KeptQuestion) -> object:
    """What is right, by its words: where they stand does not matter."""
    return frozenset((gold.same, gold.gold.grade) for gold in kept.golds), kept.judged.counted


def _moved(before: KeptQuestion, after: KeptQuestion) -> Iterator[Moved]:
    later = {gold.same: gold.places for gold in after.golds}
    for gold in before.golds:
        there = later.get(gold.same, ())
        if gold.places and there and gold.places != there:
            yield Moved(before.judged.id, gold.places[0], there[0])


def _changed(before: Mapping[str, KeptDocument], after: Mapping[str, KeptDocument]) -> Iterator[str]:
    return (doc for doc in before if doc in after and before[doc].digest != after[doc].digest)
