from dataclasses import replace

import pytest

from bot.evaluation.gold import Gold
from bot.evaluation.grouping import LEAST_DOCUMENTS, groups_of, on_groups
from bot.evaluation.questions import Question
from bot.records import Span


def about(place: int, document: int) -> Question:
    return Question(f"q{place}", "?", answers=(Gold(f"d{document}", (Span(0, 9),)),))


def many(each: int, documents: int = LEAST_DOCUMENTS) -> list[Question]:
    return [about(each * at + one, at) for at in range(documents) for one in range(each)]


def test_questions_on_one_document_are_a_group_where_there_are_many_documents() -> None:
    groups = groups_of(many(2))
    assert len(set(groups.values())) == LEAST_DOCUMENTS
    assert groups["q0"] == groups["q1"] != groups["q2"]
    (sentence,) = on_groups(groups.values())
    assert sentence.startswith(f"{2 * LEAST_DOCUMENTS} questions are on {LEAST_DOCUMENTS} documents")


def test_a_few_documents_are_taken_as_they_are() -> None:
    groups = groups_of(many(2, LEAST_DOCUMENTS - 1))
    assert len(set(groups.values())) == len(groups)
    assert on_groups(groups.values()) == ()


def test_one_question_a_document_needs_no_sentence() -> None:
    assert on_groups(groups_of(many(1)).values()) == ()


def test_an_article_groups_questions_without_answers_too() -> None:
    questions = [replace(one, article=f"a{place // 2}") for place, one in enumerate(many(2))]
    questions[1] = replace(questions[1], answers=())
    groups = groups_of(questions)
    assert groups["q0"] == groups["q1"] == "document a0"


@pytest.mark.parametrize("changed", [(), (Gold("d0"), Gold("d1"))])
def test_a_question_on_no_document_or_on_several_stands_for_itself(changed: tuple[Gold, ...]) -> None:
    groups = groups_of([*many(2), Question("x", "?", answers=changed), Question("y", "?", of="x")])
    assert groups["x"] == groups["y"] == "question x"
