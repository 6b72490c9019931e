from dataclasses import replace

from bot.evaluation.agreement import agreement, pairs
from bot.evaluation.gold import Gold
from bot.evaluation.judging import judge
from bot.evaluation.metrics import figures
from bot.evaluation.predictions import Prediction, Ranked, Shown
from bot.evaluation.questions import Question
from bot.records import Document, Span

GOUT = Document("gout.md", "Gout", "Gout hurts at night.", (), digest="g")
GOLD = (Gold("gout.md", (Span(0, 9),)),)
ALONE = Question("a", "What is gout?", answers=GOLD)
AFTER = Question("b", "What is it?", history=("Gout hurts.",), answers=GOLD)
ONE, OTHER = Ranked("gout.md", 0, 9), Ranked("gout.md", 10, 19)


def test_a_follow_up_stands_beside_the_only_question_with_the_same_answers() -> None:
    elsewhere = replace(ALONE, id="later", answers=(Gold("gout.md", (Span(10, 19),)),))
    assert pairs([ALONE, elsewhere, AFTER]) == [(AFTER, "a")]


def test_of_two_questions_with_the_same_answers_nobody_knows_which_it_is_a_form_of() -> None:
    assert pairs([ALONE, replace(ALONE, id="later"), AFTER]) == []


def test_a_follow_up_that_names_its_stand_alone_form_stands_beside_that() -> None:
    named = replace(AFTER, of="later", answers=())
    assert pairs([ALONE, replace(ALONE, id="later"), named]) == [(named, "later")]


def test_no_answers_are_no_likeness() -> None:
    assert pairs([replace(ALONE, answers=()), replace(AFTER, answers=())]) == []
    assert pairs([ALONE, replace(AFTER, of="missing")]) == []


def test_two_questions_on_one_whole_document_need_not_be_forms_of_each_other() -> None:
    whole = (Gold("gout.md"),)
    assert pairs([replace(ALONE, answers=whole), replace(AFTER, answers=whole)]) == []


def test_forms_agree_where_the_same_passage_stands_first() -> None:
    rankings = {"a": (ONE, OTHER), "b": (ONE,), "c": (OTHER, ONE), "d": ()}
    predictions = {name: Prediction(name, "related", ranked=ranked) for name, ranked in rankings.items()}
    questions = [ALONE, *(replace(AFTER, id=name) for name in "bcd")]
    assert agreement(questions, predictions) == {"b": True, "c": False, "d": False}
    judged = judge(questions, predictions, {"gout.md": GOUT})
    (figure,) = (one for one in figures(judged) if one.measure == "agreement")
    assert (figure.value, figure.n) == (1 / 3, 3)


def test_without_rankings_it_is_what_is_shown_first() -> None:
    shown = (Shown("gout.md", 0, 4, "Gout"),)
    predictions = {name: Prediction(name, "answered", shown) for name in "ab"}
    assert agreement([ALONE, AFTER], predictions) == {"b": True}
