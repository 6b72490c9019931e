"""Records of what was right and wrong in, figures out: overall and by kind."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.errors import SettingsError
from bot.evaluation import values
from bot.evaluation.intervals import SHARE, Interval, interval_of_mean
from bot.evaluation.judging import Judged
from bot.evaluation.quoting import quoted
from bot.evaluation.reading_cost import NOTHING, Price, price_of

ALL = "all"


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure that is a mean over questions.

    `of` gives a question's value, None where the measure does not apply to the question; `depth` is how far
    down the ranking it looks, None for no ranking or all of it; a `share` lies between 0 and 1. A rate of
    hits says what is `read` for it: so many of the first places, or what was shown.
    """

    name: str
    meaning: str
    of: Callable[[Judged], float | None]
    better: Literal["higher", "lower"] = "higher"
    depth: int | None = None
    share: bool = True
    read: int | Literal["shown"] | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's mean over the `n` questions that it applies to, None where there are none.

    With its 95 % interval, None below 2 questions (or documents, where those are what was sampled); a rate of
    hits has its `price` beside it.
    """

    measure: str
    value: float | None
    n: int
    interval: Interval | None = None
    price: Price | None = None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A figure below (or, where lower is better, above) what was asked of it."""

    measure: str
    wanted: float
    value: float | None


MEASURES = (
    Measure("hit@1", "answerable: what is ranked first hits", values.hit_at(1), depth=1, read=1),
    Measure("hit@3", "answerable: one of the first 3 hits", values.hit_at(3), depth=3, read=3),
    Measure("hit@5", "answerable: one of the first 5 hits", values.hit_at(5), depth=5, read=5),
    Measure("MRR@10", "answerable: 1 / rank of the first hit, 0 below 10", values.reciprocal_rank, depth=10),
    Measure(
        "nDCG@10",
        "answerable: graded gain of the first 10, of what can be had",
        values.of_ranking("ndcg_at_10", 10),
        depth=10,
    ),
    Measure(
        "MAP",
        "answerable: precision at each right answer, averaged",
        values.of_ranking("average_precision", 1),
    ),
    Measure(
        "recall@5",
        "answerable: share of right answers found in the first 5",
        values.of_ranking("recall_at_5", 5),
        depth=5,
    ),
    Measure(
        "recall@10",
        "answerable: the same in the first 10",
        values.of_ranking("recall_at_10", 10),
        depth=10,
    ),
    Measure("answered", "answerable: an answer was given", values.answered),
    Measure(
        "helped",
        "answerable: a right passage was shown, whatever was said of it",
        values.helped,
        read="shown",
    ),
    Measure("lost", "answerable: told that nothing is near", values.lost, "lower"),
    Measure(
        "misled", "not answered by the sources: an answer was given all the same", values.misled, "lower"
    ),
    Measure("refused", "not answered by the sources: no answer was given", values.refused),
    Measure("wrongly-refused", "answerable: no answer was given", values.wrongly_refused, "lower"),
    Measure("word-F1", "gold words known: words of what is marked first, F1", lambda judged: judged.word_f1),
    Measure("exact", "gold words known: what is marked first is the gold text", lambda judged: judged.exact),
    Measure(
        "overall-F1",
        "as SQuAD 2.0 counts: word-F1, and 1 for not answering what the sources do not answer",
        lambda judged: judged.overall_f1,
    ),
    Measure("overall-exact", "the same with exact", lambda judged: judged.overall_exact),
    Measure("agreement", "follow-ups: the same passage first as for the stand-alone form", values.agreement),
    Measure("precision", "answerable, shown: share of shown passages that hit", values.precision),
    Measure(
        "characters", "shown: characters a patient is given to read", values.characters, "lower", share=False
    ),
    Measure(
        "unjudged",
        "whole documents: share of the first 10 nobody judged",
        values.unjudged,
        "lower",
        depth=10,
    ),
    Measure("verbatim", "all: every quotation is the source's own words", values.verbatim),
)
# Earlier names, which scripts still ask for.
EARLIER_NAMES = {"shown-hit": "helped", "wrongly-answered": "misled"}


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
    found = [(value, record) for record in judged if (value := measure.of(record)) is not None]
    if not found:
        return Figure(measure.name, None, 0)
    each, groups = [value for value, _ in found], [record.group for _, record in found]
    return Figure(
        measure.name,
        math.fsum(each) / len(each),
        len(each),
        interval_of_mean(each, groups, SHARE if measure.share else None),
        _price(measure, [record for _, record in found], each),
    )


def _price(measure: Measure, records: Sequence[Judged], hits: Sequence[float]) -> Price | None:
    if measure.read is None:
        return None
    if measure.read == "shown":
        return price_of(hits, (record.read_shown for record in records))
    places = measure.read
    return price_of(hits, (record.read[:places][-1] if record.read else NOTHING for record in records))


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


def parse_floor(text: str) -> tuple[Measure, float]:
    """The measure and value of METRIC=VALUE; raises SettingsError."""
    name, sign, wanted = text.partition("=")
    known = {measure.name.lower(): measure for measure in MEASURES}
    asked = name.strip().lower()
    measure = known.get(EARLIER_NAMES.get(asked, asked))
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


def refuse_deeper(judged: Sequence[Judged], floors: Iterable[tuple[Measure, float]]) -> None:
    """Raises SettingsError where a figure is asked for that looks further down than the rankings reach."""
    ranked = next((record for record in judged if record.answerable and record.found_at is not None), None)
    for measure, _ in floors:
        if ranked is not None and measure.depth and not ranked.reaches(measure.depth):
            raise SettingsError(
                f"{measure.name} looks {measure.depth} {ranked.unit}s deep, and the rankings can be judged"
                f" {ranked.depth} deep; predict anew with --depth {measure.depth} or more."
            )


def shortfalls(judged: Sequence[Judged], floors: Iterable[tuple[Measure, float]]) -> tuple[Shortfall, ...]:
    """The figures over all questions that miss what was asked; one over no questions misses too."""
    found = []
    for measure, wanted in floors:
        value = _figure(measure, judged).value
        if value is None or (value < wanted if measure.better == "higher" else value > wanted):
            found.append(Shortfall(measure.name, wanted, value))
    return tuple(found)
