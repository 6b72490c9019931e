from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import QuestionSetError
from bot.evaluation.predictions import Prediction, Ranked, Shown, load_predictions
from bot.records import Span

Write = Callable[..., Path]
GOOD = {"id": "q1", "outcome": "none"}
PASSAGE = {"doc": "a.md", "start": 0, "end": 2, "text": "ab", "highlights": [[0, 1]]}


def test_a_prediction_needs_no_more_than_its_id_and_outcome(file_of: Write) -> None:
    assert load_predictions(file_of(GOOD)) == {"q1": Prediction("q1", "none")}


def test_passages_and_ranking_are_read(file_of: Write) -> None:
    line = {**GOOD, "passages": [PASSAGE], "ranked": [{"doc": "a.md", "start": 0, "end": 2, "score": 3}]}
    (found,) = load_predictions(file_of(line)).values()
    assert found.passages == (Shown("a.md", 0, 2, "ab", (Span(0, 1),)),)
    assert found.ranked == (Ranked("a.md", 0, 2, 3.0),)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"outcome": "none"}, 'the field "id" is missing'),
        ({"id": "q1"}, 'the field "outcome" is missing'),
        ({"id": "q1", "outcome": "maybe"}, 'the outcome "maybe" is not known'),
        ({**GOOD, "confidence": "high"}, 'the field "confidence" must be a number'),
        ('{"id": "q1", "outcome": "none", "milliseconds": 1e999}', "must be a finite number"),
        ({**GOOD, "milliseconds": 10**400}, "must be a number of a usual size"),
        ({**GOOD, "passages": [{**PASSAGE, "text": None}]}, 'the field "text" must be'),
        ({**GOOD, "passages": [{**PASSAGE, "highlights": [[1]]}]}, "must list pairs"),
        ({**GOOD, "signature": "s" * 501}, 'the field "signature" is longer than 500'),
        ({**GOOD, "ranked": [{"doc": "a.md", "start": 0}]}, 'the field "end" is missing'),
    ],
)
def test_a_broken_prediction_is_named(file_of: Write, line: object, message: str) -> None:
    with pytest.raises(QuestionSetError, match=r"^set\.jsonl, line 1") as caught:
        load_predictions(file_of(line))
    assert message in str(caught.value)


def test_a_question_predicted_twice_is_refused(file_of: Write) -> None:
    with pytest.raises(QuestionSetError, match='line 2: the question "q1" was predicted before'):
        load_predictions(file_of(GOOD, GOOD))


def test_a_file_without_predictions_is_refused(file_of: Write) -> None:
    with pytest.raises(QuestionSetError, match="holds no predictions"):
        load_predictions(file_of())


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match=r"p\.jsonl cannot be read"):
        load_predictions(tmp_path / "p.jsonl")
