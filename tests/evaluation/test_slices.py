from dataclasses import replace

from bot.evaluation.gold import Gold
from bot.evaluation.questions import Question, QuestionSet
from bot.evaluation.slices import (
    FORMS_DEPEND,
    SLICES,
    followed_up,
    inside_letter,
    lower_cased,
    misspelt,
    sliced,
    sliced_set,
    unpunctuated,
)

ASKED = Question("q", "What is Tamoxifen, and doesn't it hurt?", answers=(Gold("a"),))
PLAIN = Question("p", "What are the side effects of Tamoxifen?", answers=(Gold("a"),))


def test_each_slice_keeps_the_answers_and_has_ids_of_its_own() -> None:
    found = sliced([PLAIN, replace(PLAIN, id="r")])
    assert len({question.id for question in found}) == len(found) == 2 * (1 + len(SLICES))
    assert {question.kind for question in found} == {"as asked", *SLICES}
    assert all((question.of in ("p", "r")) is (question.kind != "as asked") for question in found)
    assert all(question.answers == PLAIN.answers for question in found)


def test_one_pair_of_letters_changes_places_the_same_way_each_time() -> None:
    found = misspelt(ASKED).question
    assert found == misspelt(ASKED).question
    assert sorted(found) == sorted(ASKED.question)
    assert sum(one != other for one, other in zip(found, ASKED.question, strict=True)) in {0, 2}


def test_a_question_of_short_words_is_not_misspelt() -> None:
    short = replace(ASKED, question="Is it bad?")
    assert misspelt(short) == short


def test_capitals_and_punctuation_go() -> None:
    assert lower_cased(ASKED).question == "what is tamoxifen, and doesn't it hurt?"
    assert unpunctuated(ASKED).question == "What is Tamoxifen and doesn't it hurt"


def test_braces_in_a_question_are_no_trouble_to_the_letter() -> None:
    assert "{x}" in inside_letter(replace(ASKED, question="What is {x}?")).question


def test_the_follow_up_names_its_subject_in_the_turn_before() -> None:
    made = followed_up(PLAIN)
    assert made is not None
    assert made.history == ("Please tell me about Tamoxifen.",)
    assert made.question == "What are the side effects of it?"


def test_a_question_with_turns_before_it_gets_no_more() -> None:
    assert followed_up(replace(PLAIN, history=("What is Tamoxifen?",))) is None


def test_a_set_says_which_slices_it_could_not_make_of_every_question() -> None:
    found = sliced_set(QuestionSet("set", (ASKED, PLAIN), "d"))
    assert len(found.questions) == 11
    assert found.notes == (
        FORMS_DEPEND,
        'The slice "follow-up" has 1 of 2 questions: those it can be made of.',
    )
