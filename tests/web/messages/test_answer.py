"""The messages of the chat: nothing of a person's or a document's is markup in them."""

import html
import re
from dataclasses import replace

import pytest

from bot.assistant import Assistant
from bot.records import Answer, Turn
from bot.web.messages.answer import messages
from bot.web.messages.quote import Surroundings
from bot.web.messages.terms import Terms

OURS = {
    *("section", "p", "h3", "a", "button", "label", "input", "div", "span"),
    *("figure", "figcaption", "blockquote", "mark", "details", "summary", "ul", "li"),
}
HOSTILE = 'Which <img src=x onerror="1"> signs & **gout**\n\n# have?'


def _around(assistant: Assistant, language: str = "en", *, evaluator: bool = False) -> Surroundings:
    return Surroundings(assistant, Terms.of(assistant.passages), language, evaluator)


def _shown(assistant: Assistant, question: str, language: str = "en") -> str:
    turn = Turn(question, assistant.ask(question, depth=0))
    return messages([turn], _around(assistant, language))[1]["content"]


@pytest.mark.parametrize("question", [HOSTILE, "Which signs does gout have?", "Who won the <b>game</b>?"])
def test_only_our_own_elements_stand_in_a_message_and_it_is_one_line(
    assistant: Assistant, question: str
) -> None:
    turn = Turn(question, assistant.ask(question, depth=0))
    asked, said = messages([turn], _around(assistant))
    assert html.unescape(asked["content"]) == question
    assert "<" not in asked["content"]
    assert set(re.findall(r"<(\w+)", said["content"])) <= OURS
    assert "\n" not in said["content"]


def test_only_words_that_were_typed_are_said_to_be_missing(assistant: Assistant) -> None:
    answer = Answer("Who won the match?", "none", missing=("match", "football"))
    said = messages([Turn(answer.question, answer)], _around(assistant))[1]["content"]
    missing = re.search(r'<p class="own missing">(.*?)</p>', said)
    assert missing is not None
    assert "match" in missing[1]
    assert "football" not in missing[1]


@pytest.mark.parametrize(("language", "said"), [("en", "The documents say"), ("es", "Los documentos dicen")])
def test_the_pages_own_sentences_are_in_its_language(assistant: Assistant, language: str, said: str) -> None:
    assert said in _shown(assistant, "Which signs does gout have?", language)


def test_folded_lines_of_one_section_are_told_apart_by_how_their_text_begins(assistant: Assistant) -> None:
    answer = assistant.ask("Which signs does gout have?", depth=0)
    first = answer.quotes[0]
    twice = replace(answer, quotes=(first, first), parts=())
    said = messages([Turn(answer.question, twice)], _around(assistant))[1]["content"]
    lines = re.findall(r'<details class="further"><summary>(.*?)</summary>', said)
    beginning = first.passage.text.split()[:3]
    assert f"\u201c{' '.join(beginning)}" in html.unescape(lines[-1])


def test_a_crisis_notice_stands_alone_and_its_numbers_can_be_called(assistant: Assistant) -> None:
    turn = Turn("x", Answer("x", outcome="none", notice="crisis", suggestions=("What is gout?",)))
    said = messages([turn], _around(assistant))[1]

    assert said["options"] == []
    assert re.fullmatch(
        r'<section class="answer"><p class="notice" lang="en">.*</p></section>', said["content"]
    )
    assert 'href="tel&#58;116123"' in said["content"]


def test_only_evaluators_get_buttons_to_judge(assistant: Assistant) -> None:
    turn = Turn("Which signs does gout have?", assistant.ask("Which signs does gout have?"))
    for evaluator in (True, False):
        said = messages([turn], _around(assistant, evaluator=evaluator))[1]["content"]
        assert ("judge" in said) is evaluator


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("quiero morir", "es"),
        ("tengo dolor en el pecho y no puedo respirar", "es"),
        ("I want to die", "en"),
        ("I have chest pain and cannot breathe", "en"),
    ],
)
@pytest.mark.parametrize("page", ["en", "es"])
def test_a_notice_is_in_the_language_of_the_message(
    assistant: Assistant, question: str, language: str, page: str
) -> None:
    said = re.search(r'<p class="notice" lang="(\w+)">(.*?)</p>', _shown(assistant, question, page))
    assert said is not None
    assert said[1] == language
    assert ("llame" in said[2]) == (language == "es")


def test_a_message_with_several_questions_is_told_how_many_were_found(assistant: Assistant) -> None:
    several = _shown(assistant, "Which signs does gout have? How is it treated?")
    assert "Your message asks 2 things" in several
    assert "Your message asks" not in _shown(assistant, "Which signs does gout have?")
