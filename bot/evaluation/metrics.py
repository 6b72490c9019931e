"""Records of what was right and wrong in, figures out: overall and by kind."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.errors import SettingsError
from bot.evaluation.intervals import SHARE, Interval, interval_of_mean
from bot.evaluation.judging import Judged
from bot.evaluation.quoting import quoted

ALL = "all"
# A ranking is read this far down by MRR@10.
DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure that is a mean over questions.

    `of` gives a question's value, None where the measure does not apply to the question; `depth` is how far
    down the ranking it looks, None for no ranking or all of it; a `share` lies between 0 and 1.
    """

    name: str
    meaning: str
    of: Callable[[Judged], float | None]
    better: Literal["higher", "lower"] = "higher"
    depth: int | None = None
    share: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's mean over the `n` questions that it applies to, None where there are none; with its
    95 % interval, None below 2 questions (or documents, where those are what was sampled)."""

    measure: str
    value: float | None
    n: int
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A figure below (or, where lower is better, above) what was asked of it."""

    measure: str
    wanted: float
    value: float | None


def _hit_at(depth: int) -> Callable[[Judged], float | None]:
    def of(judged: Judged) -> float | None:
        if not judged.answerable or not judged.reaches(depth):
            return None
        return float(judged.rank is not None and judged.rank <= depth)

    return of


def _reciprocal_rank(judged: Judged) -> float | None:
    if not judged.answerable or not judged.reaches(DEEPEST):
        return None
    return 1 / judged.rank if judged.rank is not None and judged.rank <= DEEPEST else 0.0


def _answered(judged: Judged) -> float | None:
    return float(judged.outcome == "answered") if judged.answerable else None


def _shown_hit(judged: Judged) -> float | None:
    return float(judged.shown_hits > 0) if judged.answerable else None


def _refused(judged: Judged) -> float | None:
    return float(judged.outcome != "answered") if judged.refusable else None


def _wrongly_refused(judged: Judged) -> float | None:
    return float(judged.outcome != "answered") if judged.answerable else None


def _lost(judged: Judged) -> float | None:
    return float(judged.outcome == "none") if judged.answerable else None


def _wrongly_answered(judged: Judged) -> float | None:
    return float(judged.outcome == "answered") if judged.refusable else None


def _of_ranking(name: str, depth: int) -> Callable[[Judged], float | None]:
    def of(judged: Judged) -> float | None:
        if judged.ranking is None or not judged.reaches(depth):
            return None
        return float(getattr(judged.ranking, name))

    return of


def _precision(judged: Judged) -> float | None:
    return judged.shown_hits / judged.shown if judged.answerable and judged.shown else None


def _characters(judged: Judged) -> float | None:
    return float(judged.shown_characters) if judged.shown else None


def _verbatim(judged: Judged) -> float | None:
    return float(not judged.violations)


def _agreement(judged: Judged) -> float | None:
    return None if judged.agrees is None else float(judged.agrees)


def _unjudged(judged: Judged) -> float | None:
    return judged.unjudged if judged.reaches(DEEPEST) else None


MEASURES = (
    Measure("hit@1", "answerable: what is ranked first hits", _hit_at(1), depth=1),
    Measure("hit@3", "answerable: one of the first 3 hits", _hit_at(3), depth=3),
    Measure("hit@5", "answerable: one of the first 5 hits", _hit_at(5), depth=5),
    Measure("MRR@10", "answerable: 1 / rank of the first hit, 0 below 10", _reciprocal_rank, depth=10),
    Measure(
        "nDCG@10",
        "answerable: graded gain of the first 10, of what can be had",
        _of_ranking("ndcg_at_10", 10),
        depth=10,
    ),
    Measure(
        "MAP", "answerable: precision at each right answer, averaged", _of_ranking("average_precision", 1)
    ),
    Measure(
        "recall@5",
        "answerable: share of right answers found in the first 5",
        _of_ranking("recall_at_5", 5),
        depth=5,
    ),
    Measure("recall@10", "answerable: the same in the first 10", _of_ranking("recall_at_10", 10), depth=10),
    Measure("answered", "answerable: an answer was given", _answered),
    Measure("shown-hit", "answerable: a passage that was shown hits", _shown_hit),
    Measure("refused", "not answered by the sources: no answer was given", _refused),
    Measure("wrongly-refused", "answerable: no answer was given", _wrongly_refused, "lower"),
    Measure("lost", "answerable: told that nothing is near", _lost, "lower"),
    Measure(
        "wrongly-answered", "not answered by the sources: an answer was given", _wrongly_answered, "lower"
    ),
    Measure("word-F1", "gold words known: words of what is marked first, F1", lambda judged: judged.word_f1),
    Measure("exact", "gold words known: what is marked first is the gold text", lambda judged: judged.exact),
    Measure("agreement", "follow-ups: the same passage first as for the stand-alone form", _agreement),
    Measure("precision", "answerable, shown: share of shown passages that hit", _precision),
    Measure("characters", "shown: characters a patient is given to read", _characters, "lower", share=False),
    Measure(
        "unjudged",
        "whole documents: share of the first 10 nobody judged",
        _unjudged,
        "lower",
        depth=10,
    ),
    Measure("verbatim", "all: every quotation is the source's own words", _verbatim),
)


def figures(judged: Sequence[Judged], measures: Iterable[Measure] = MEASURES) -> tuple[Figure, ...]:
    """The mean of each measure over the questions it applies to."""
    return tuple(_figure(measure, judged) for measure in measures)


def figures_by_kind(judged: Sequence[Judged]) -> Mapping[str, tuple[Figure, ...]]:
    """The figures over all questions, then over those of each kind in alphabetical order.

    Questions of the kind "all", which is that of questions without a kind, count in the first only.
    """
    kinds = sorted({record.kind for record in judged} - {ALL})
    groups = {kind: [record for record in judged if record.kind == kind] for kind in kinds}
    apart = {kind: figures(group) for kind, group in groups.items() if len(group) < len(judged)}
    return {ALL: figures(judged)} | apart


def _figure(measure: Measure, judged: Sequence[Judged]) -> Figure:
    pairs = [(value, record.group) for record in judged if (value := measure.of(record)) is not None]
    if not pairs:
        return Figure(measure.name, None, 0)
    values, groups = zip(*pairs, strict=True)
    return Figure(
        measure.name,
        math.fsum(values) / len(values),
        len(values),
        interval_of_mean(values, groups, SHARE if measure.share else None),
    )


def on_ranks(judged: Sequence[Judged]) -> tuple[str, ...]:
    """Sentences on what ranks count and on the measures that look further down than the rankings reach."""
    ranked = [record for record in judged if record.answerable and record.found_at is not None]
    if not ranked:
        return ()
    documents, depth = sum(record.unit == "document" for record in ranked), ranked[0].depth
    found = [_on_units(documents, len(ranked))]
    deeper = [measure.name for measure in MEASURES if measure.depth and not ranked[0].reaches(measure.depth)]
    if deeper:
        found.append(
            f"The rankings can be judged {depth} deep, so that MAP is over no more, and"
            f" {', '.join(deeper)} are left out; predict anew with a greater --depth."
        )
    return tuple(found)


def _on_units(documents: int, count: int) -> str:
    if documents == count:
        return "Ranks count documents, each at its best passage."
    if documents == 0:
        return "Ranks count passages."
    return (
        f"Ranks count documents, each at its best passage, for the {documents} questions whose answers are"
        f" whole documents, passages for the other {count - documents}."
    )


def values_of(measure: Measure, judged: Sequence[Judged]) -> list[float]:
    """The measure's value for each question that it applies to, in order."""
    return [value for record in judged if (value := measure.of(record)) is not None]


def parse_floor(text: str) -> tuple[Measure, float]:
    """The measure and value of METRIC=VALUE; raises SettingsError."""
    name, sign, wanted = text.partition("=")
    known = {measure.name.lower(): measure for measure in MEASURES}
    measure = known.get(name.strip().lower())
    if measure is None or not sign:
        names = ", ".join(measure.name for measure in MEASURES)
        raise SettingsError(f"{quoted(text)} names no figure; write METRIC=VALUE with one of {names}.")
    try:
        value = float(wanted)
    except ValueError:
        value = float("nan")
    if math.isnan(value):
        raise SettingsError(f"{quoted(text)} has no number behind the sign; write for example hit@1=0.9.")
    return measure, value


def shortfalls(judged: Sequence[Judged], floors: Iterable[tuple[Measure, float]]) -> tuple[Shortfall, ...]:
    """The figures over all questions that miss what was asked; one over no questions misses too."""
    found = []
    for measure, wanted in floors:
        value = _figure(measure, judged).value
        if value is None or (value < wanted if measure.better == "higher" else value > wanted):
            found.append(Shortfall(measure.name, wanted, value))
    return tuple(found)
