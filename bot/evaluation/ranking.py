"""Rankings and their gold in, measures of graded rankings out: worked out by pytrec_eval.

What is ranked are right answers, not passages: a passage stands for the answers that it is the first to
hit (next to each other, if several), a passage that hits nothing for itself; one that hits only what was
found before it counts as wrong. Where all answers of a question are whole documents, documents are ranked,
each at its best passage. So a long right section is one thing to find, however it was cut.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.evaluation.depth import first_units, unit_of
from bot.evaluation.gold import Gold
from bot.evaluation.hitting import hits
from bot.evaluation.predictions import Ranked
from bot.evaluation.questions import Question

# pytrec_eval's names of the measures, in the order of the fields of RankingValues.
MEASURES = ("ndcg_cut_10", "map", "recall_5", "recall_10")


@dataclass(frozen=True, slots=True)
class RankingValues:
    """The measures of one answerable question's ranking."""

    ndcg_at_10: float
    average_precision: float
    recall_at_5: float
    recall_at_10: float


def values_of(
    rankings: Sequence[tuple[Question, Sequence[Ranked]]],
) -> Mapping[str, RankingValues]:
    """The measures of each answerable question by its id."""
    from pytrec_eval import RelevanceEvaluator

    asked = [(question, ranking) for question, ranking in rankings if question.answerable]
    if not asked:
        return {}
    judged = {
        question.id: {str(place): gold.grade if gold.relevant else 0 for place, gold in _golds(question)}
        for question, _ in asked
    }
    evaluator = RelevanceEvaluator(judged, {"ndcg_cut.10", "map", "recall.5,10"})
    found = evaluator.evaluate(
        {question.id: _scored(items(question, ranking)) for question, ranking in asked}
    )
    return {
        question.id: RankingValues(*(found.get(question.id, {}).get(name, 0.0) for name in MEASURES))
        for question, _ in asked
    }


def items(question: Question, ranking: Sequence[Ranked]) -> list[str]:
    """What stands at each place: the number of an answer, or a name for something else."""
    return [item for item, _ in placed(question, ranking)]


def placed(question: Question, ranking: Sequence[Ranked]) -> list[tuple[str, Ranked]]:
    """The same with the passage that put it there."""
    documents = unit_of(question) == "document"
    found: dict[str, Ranked] = {}
    for place, passage in enumerate(ranking):
        new = [str(at) for at, gold in _golds(question) if hits(passage, gold) and str(at) not in found]
        other = f"doc:{passage.doc}" if documents else f"place:{place}"
        repeated = documents and any(gold.doc == passage.doc for gold in question.answers)
        for item in new or ([] if repeated else [other]):
            found.setdefault(item, passage)
    return list(found.items())


def unjudged_share(question: Question, ranking: Sequence[Ranked], *, depth: int = 10) -> float | None:
    """How much of the ranking nobody has judged; None where passages or nothing was ranked."""
    unit = unit_of(question)
    if unit == "passage" or not ranking:
        return None
    judged, first = {gold.doc for gold in question.answers}, first_units(ranking, unit)[:depth]
    return sum(document.doc not in judged for document in first) / len(first)


def _golds(question: Question) -> list[tuple[int, Gold]]:
    return list(enumerate(question.answers))


def _scored(ranked: Sequence[str]) -> dict[str, float]:
    """Falling scores that keep the order, so that no tie is left to be broken otherwise."""
    return {item: float(len(ranked) - place) for place, item in enumerate(ranked)}
