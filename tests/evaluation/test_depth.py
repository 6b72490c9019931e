import io
import json
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytrec_eval import RelevanceEvaluator

from bot.evaluation.depth import depth_of
from bot.evaluation.gold import Gold
from bot.evaluation.judging import Judged, judge
from bot.evaluation.metrics import figures, on_ranks
from bot.evaluation.predict import predict, write_predictions
from bot.evaluation.predictions import Prediction, Ranked
from bot.evaluation.questions import Question
from bot.records import Answer, Document, Hit, Passage, Span, Turn
from tests.evaluation.test_predict import Parrot

WHOLE = Question("q", "?", answers=(Gold("d3"), Gold("d7")))
PART = Question("q", "?", answers=(Gold("d3", (Span(0, 10),)),))
# Three passages of each document stand together: ten passages are of four documents.
RANKING = tuple(Ranked(f"d{place // 3}", 20 * (place % 3), 20 * (place % 3) + 20) for place in range(30))
DEEP = ("MRR@10", "nDCG@10", "recall@10")


def judged(question: Question, said: Prediction) -> Judged:
    documents = {f"d{at}": Document(f"d{at}", "t", "a" * 60, (), digest="d") for at in range(10)}
    (record,) = judge([question], {"q": said}, documents)
    return record


def values(record: Judged) -> dict[str, float | None]:
    return {figure.measure: figure.value for figure in figures([record])}


class Librarian(Parrot):
    """Ranks three passages of each of ten documents, one document after the other."""

    def ask(self, question: str, history: Sequence[Turn] = (), *, depth: int = 10) -> Answer:
        hits = tuple(Hit(Passage(0, hit.doc, hit.start, hit.end, "", (), ()), 1.0) for hit in RANKING)
        missing = tuple(turn.question for turn in history)
        return Answer(question, "related", ranked=hits[:depth], missing=missing)


@pytest.mark.parametrize(
    ("question", "depth", "length"), [(WHOLE, 10, 28), (WHOLE, 2, 4), (PART, 10, 10), (PART, 3, 3)]
)
def test_the_ranking_goes_on_to_as_many_documents_as_were_asked_for(
    question: Question, depth: int, length: int
) -> None:
    file = io.StringIO()
    write_predictions(predict(Librarian(), [question], depth=depth), file)
    line = json.loads(file.getvalue())
    assert len(line["ranked"]) == length
    assert line["depth"] == depth
    assert line["unit"] == ("document" if question is WHOLE else "passage")


def test_documents_are_measured_to_the_depth_in_documents_as_pytrec_eval_does() -> None:
    found = values(judged(WHOLE, Prediction("q", "related", ranked=RANKING, depth=10, unit="document")))
    run = {"q": {f"d{at}": 10.0 - at for at in range(10)}}
    asked = {"success.1,3,5", "recip_rank", "ndcg_cut.10", "map", "recall.5,10"}
    theirs = RelevanceEvaluator({"q": {"d3": 3, "d7": 3}}, asked).evaluate(run)["q"]
    same = {
        "hit@1": "success_1",
        "hit@3": "success_3",
        "hit@5": "success_5",
        "MRR@10": "recip_rank",
        "nDCG@10": "ndcg_cut_10",
        "MAP": "map",
        "recall@5": "recall_5",
        "recall@10": "recall_10",
    }
    for ours, name in same.items():
        assert found[ours] == pytest.approx(theirs[name]), ours


@pytest.mark.parametrize("question", [WHOLE, PART])
def test_a_measure_below_the_depth_is_left_out_with_a_sentence(question: Question) -> None:
    unit = "document" if question is WHOLE else "passage"
    record = judged(question, Prediction("q", "related", ranked=RANKING[:3], depth=3, unit=unit))
    found = values(record)
    assert found["hit@3"] is not None
    assert [found[name] for name in ("hit@5", "recall@5", *DEEP)] == [None] * 5
    units, deeper = on_ranks([record])
    assert units.startswith(f"Ranks count {unit}s")
    assert "judged 3 deep" in deeper
    assert "recall@10, unjudged are left out" in deeper


def test_ten_passages_of_four_documents_are_four_documents_deep() -> None:
    record = judged(WHOLE, Prediction("q", "related", ranked=RANKING[:10]))
    assert record.depth == 4
    assert [values(record)[name] for name in DEEP] == [None] * 3
    assert values(record)["hit@3"] == 0.0


def test_a_ranking_that_ended_by_itself_is_judged_at_any_depth() -> None:
    short = Prediction("q", "related", ranked=RANKING[:5], depth=10)
    assert judged(PART, short).depth == 10
    assert values(judged(PART, short))["recall@10"] == 0.0


def test_where_predictions_tell_no_depth_the_longest_tells() -> None:
    questions = [PART, Question("r", "?", answers=PART.answers)]
    said = {"q": Prediction("q", "none", ranked=RANKING[:5]), "r": Prediction("r", "none", ranked=())}
    assert depth_of(questions, said) == 5
    assert depth_of(questions, {name: Prediction(name, "none", ranked=()) for name in "qr"}) is None


def test_what_ranks_count_is_said_of_mixed_sets() -> None:
    said = Prediction("q", "related", ranked=RANKING, depth=10, unit="document")
    (sentence,) = on_ranks([judged(WHOLE, said), judged(PART, said)])
    assert "documents, each at its best passage, for the 1 questions" in sentence


@settings(deadline=None)
@given(st.lists(st.integers(0, 29), max_size=12), st.sampled_from([WHOLE, PART]))
def test_what_is_recalled_is_hit(places: list[int], question: Question) -> None:
    ranking = tuple(RANKING[place] for place in places)
    found = values(judged(question, Prediction("q", "related", ranked=ranking, depth=50, unit="document")))
    depth = 5
    recall, hit, reciprocal = found[f"recall@{depth}"], found[f"hit@{depth}"], found["MRR@10"]
    assert recall is not None
    assert hit is not None
    assert reciprocal is not None
    assert recall <= hit
    assert (recall > 0) == (reciprocal >= 1 / depth)
