from dataclasses import replace

from bot.evaluation.gold import Gold
from bot.evaluation.questions import Question
from bot.evaluation.slices import SLICES, inside_letter, lower_cased, misspelt, sliced, unpunctuated

ASKED = Question("q", "What is Tamoxifen, and doesn't it hurt?", answers=(Gold("a"),))


def test_each_slice_keeps_the_answers_and_has_ids_of_its_own() -> None:
    found = sliced([ASKED, replace(ASKED, id="r")])
    assert len({question.id for question in found}) == len(found) == 2 * (1 + len(SLICES))
    assert {question.kind for question in found} == {"as asked", *SLICES}
    assert all(question.answers == ASKED.answers for question in found)


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
