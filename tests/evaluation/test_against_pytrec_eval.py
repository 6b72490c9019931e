"""Our figures beside those of pytrec_eval, called directly on rankings and judgements made at random."""

import random
from collections.abc import Mapping

import pytest
from pytrec_eval import RelevanceEvaluator

from bot.evaluation.gold import Gold
from bot.evaluation.judging import judge
from bot.evaluation.metrics import MEASURES
from bot.evaluation.predictions import Prediction, Ranked
from bot.evaluation.questions import Question
from bot.records import Document, Span

# Our measure and pytrec_eval's, which looks no further down than the 10 that we give it.
SAME = {
    "hit@1": "success_1",
    "hit@3": "success_3",
    "hit@5": "success_5",
    "MRR@10": "recip_rank",
    "nDCG@10": "ndcg_cut_10",
    "MAP": "map",
    "recall@5": "recall_5",
    "recall@10": "recall_10",
}
ASKED = {"success.1,3,5", "recip_rank", "ndcg_cut.10", "map", "recall.5,10"}
Figures = dict[str, dict[str, float | None]]
QUESTIONS, DOCUMENTS, LEAST_RIGHT = 40, 30, 2


def ours(questions: list[Question], rankings: Mapping[str, tuple[Ranked, ...]]) -> Figures:
    asked = [question for question in questions if question.answerable]
    predictions = {one.id: Prediction(one.id, "related", ranked=rankings[one.id], depth=10) for one in asked}
    names = {gold.doc for question in asked for gold in question.answers}
    documents = {name: Document(name, name, "a" * 4000, (), digest=name) for name in names}
    measures = [measure for measure in MEASURES if measure.name in SAME]
    return {
        record.id: {SAME[measure.name]: measure.of(record) for measure in measures}
        for record in judge(asked, predictions, documents)
    }


def theirs(judged: Mapping[str, Mapping[str, int]], rankings: Mapping[str, list[str]]) -> Figures:
    scored = {
        name: {document: float(len(ranked) - at) for at, document in enumerate(ranked)}
        for name, ranked in rankings.items()
    }
    found = RelevanceEvaluator(judged, ASKED).evaluate(scored)
    return {name: {measure: found[name][measure] for measure in SAME.values()} for name in judged}


def assert_same(one: Figures, other: Figures) -> None:
    assert one.keys() == other.keys()
    for name, row in one.items():
        assert row == pytest.approx(other[name])


@pytest.mark.parametrize("seed", range(8))
def test_graded_documents_are_measured_as_pytrec_eval_does(seed: int) -> None:
    chance = random.Random(seed)
    names = [f"d{number}" for number in range(DOCUMENTS)]
    grades, rankings = {}, {}
    for number in range(QUESTIONS):
        some = chance.sample(names, chance.randint(1, 12))
        grades[f"q{number}"] = {name: chance.randint(0, 3) for name in some}
        rankings[f"q{number}"] = chance.sample(names, chance.randint(1, 10))
    questions = [
        Question(
            name,
            "?",
            answers=tuple(
                Gold(document, grade=grade, relevant=grade >= LEAST_RIGHT) for document, grade in row.items()
            ),
        )
        for name, row in grades.items()
    ]
    ranked = {name: tuple(Ranked(document, 0, 9) for document in row) for name, row in rankings.items()}
    # A grade below that of a right answer gains nothing.
    judged = {
        question.id: {gold.doc: gold.grade if gold.relevant else 0 for gold in question.answers}
        for question in questions
        if question.answerable
    }
    assert_same(ours(questions, ranked), theirs(judged, rankings))


@pytest.mark.parametrize("seed", range(8))
def test_spans_are_measured_as_pytrec_eval_measures_things_to_be_found(seed: int) -> None:
    chance = random.Random(seed)
    places = [(f"d{number % 5}", 100 * number) for number in range(DOCUMENTS)]
    questions, ranked, judged, rankings = [], {}, {}, {}
    for number in range(QUESTIONS):
        right = chance.sample(places, chance.randint(1, 6))
        found = chance.sample(places, chance.randint(1, 10))
        golds = tuple(Gold(doc, (Span(start, start + 50),)) for doc, start in right)
        questions.append(Question(f"q{number}", "?", answers=golds))
        ranked[f"q{number}"] = tuple(Ranked(doc, start + 10, start + 60) for doc, start in found)
        judged[f"q{number}"] = {f"{doc}:{start}": 3 for doc, start in right}
        rankings[f"q{number}"] = [f"{doc}:{start}" for doc, start in found]
    assert_same(ours(questions, ranked), theirs(judged, rankings))
