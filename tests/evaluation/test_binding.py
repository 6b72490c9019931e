from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import QuestionSetError
from bot.evaluation.binding import digest_of_asked
from bot.evaluation.predict import predict, write_predictions
from bot.evaluation.questions import Question, load_question_set
from bot.evaluation.scoring import score
from bot.records import Corpus
from tests.evaluation.test_predict import Parrot

Write = Callable[..., Path]
ASKED: list[dict[str, object]] = [
    {"id": "q1", "question": "Do bones ache?", "history": ["What is a scan?"]},
    {"id": "q2", "question": "Is skin yellow?"},
]


@pytest.fixture
def predicted(corpus: Corpus, file_of: Write, tmp_path: Path) -> Path:
    questions = load_question_set(file_of(*ASKED), corpus).questions
    with (tmp_path / "p.jsonl").open("w", encoding="utf-8") as file:
        write_predictions(predict(Parrot(), questions), file)
    return tmp_path / "p.jsonl"


def test_predictions_of_the_questions_as_they_are_raise_no_doubt(
    corpus: Corpus, file_of: Write, predicted: Path
) -> None:
    assert score(load_question_set(file_of(*ASKED), corpus), predicted, corpus).doubts == ()


@pytest.mark.parametrize("changed", [{"question": "Do bones itch?"}, {"history": ["What is a rash?"]}])
def test_a_prediction_whose_question_has_changed_is_refused_by_its_id(
    corpus: Corpus, file_of: Write, predicted: Path, changed: dict[str, object]
) -> None:
    asked = load_question_set(file_of({**ASKED[0], **changed}, ASKED[1]), corpus)
    with pytest.raises(QuestionSetError, match=r'question "q1" changed .* predict anew'):
        score(asked, predicted, corpus)


def test_of_many_changed_questions_the_number_and_some_ids_are_named(
    corpus: Corpus, file_of: Write, predicted: Path
) -> None:
    asked = load_question_set(file_of(*({**line, "question": "Why?"} for line in ASKED)), corpus)
    with pytest.raises(QuestionSetError, match='2 questions "q1", "q2" changed'):
        score(asked, predicted, corpus)


def test_predictions_without_digests_are_read_with_a_note(corpus: Corpus, file_of: Write) -> None:
    asked = load_question_set(file_of(*ASKED), corpus)
    lines = [{"id": line["id"], "outcome": "none"} for line in ASKED]
    (doubt,) = score(asked, file_of(*lines, name="old.jsonl"), corpus).doubts
    assert "2 of 2 predictions carry no digest" in doubt


def test_the_digest_tells_a_question_from_the_questions_before_it() -> None:
    assert digest_of_asked(Question("a", "x", history=("y",))) != digest_of_asked(
        Question("a", "y", history=("x",))
    )
