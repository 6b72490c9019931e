"""A conversation that the server lost: it is said, and what leans on it is asked back and never guessed."""

import html

import pytest
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.records import Undo
from bot.web.conversations import Conversations
from bot.web.messages.answer import CARRIED, CORRECTED, GO_ON
from bot.web.remembered import from_page, to_page
from bot.web.talk import Shown, Talk
from bot.wording import say

SIGNS, LEANING = "Which signs does gout have?", "What are its side effects?"
BROWSER, TAB = "b" * 32, "t" * 32


@pytest.fixture
def remembered(talk: Talk, kept: Conversations) -> str:
    """What a page remembers of a conversation that the server has lost since."""
    talk.asked(BROWSER, TAB, "hello")
    shown = talk.asked(BROWSER, TAB, SIGNS)
    kept.forget(TAB)
    return shown.remembered


def _questions(shown: Shown | None) -> list[str]:
    assert shown is not None
    return [html.unescape(said["content"]) for said in shown.messages if said["role"] == "user"]


def _answer(shown: Shown) -> str:
    return html.unescape(shown.messages[-1]["content"])


def _options(shown: Shown) -> dict[str, str]:
    return {option["value"]: option["label"] for option in shown.messages[-1]["options"]}


def test_a_question_that_leans_on_what_was_lost_is_asked_back_with_a_choice(
    talk: Talk, remembered: str
) -> None:
    shown = talk.asked(BROWSER, TAB, LEANING, remembered)
    assert say("leaning_lost") in _answer(shown)
    assert "blockquote" not in _answer(shown)
    assert _options(shown) == {GO_ON: f"It goes on from my question \u201c{SIGNS}\u201d"}
    assert shown.can_bring_back


def test_the_choice_brings_what_was_lost_back_and_answers_in_its_light(talk: Talk, remembered: str) -> None:
    talk.asked(BROWSER, TAB, "When does it come?", remembered)
    shown = talk.chosen(BROWSER, TAB, GO_ON)
    assert _questions(shown) == ["hello", SIGNS, "When does it come?"]
    assert "Gout comes at night." in _answer(shown)
    assert shown.said == say("lost_back")
    assert from_page(shown.remembered) == ("hello", SIGNS, "When does it come?")
    # That can be undone as everything can.
    assert _questions(talk.brought_back(TAB)) == ["When does it come?"]


def test_who_names_it_instead_is_answered(talk: Talk, remembered: str) -> None:
    talk.asked(BROWSER, TAB, "When does it come?", remembered)
    assert "Gout comes at night." in _answer(talk.asked(BROWSER, TAB, "gout"))


def test_a_question_that_stands_alone_is_answered_and_the_loss_said_beside_the_box(
    talk: Talk, remembered: str
) -> None:
    shown = talk.asked(BROWSER, TAB, "When does gout come?", remembered)
    assert "Gout comes at night." in _answer(shown)
    assert (shown.said, shown.box) == (say("lost"), "")
    again = talk.asked(BROWSER, TAB, "Does gout make a toe swell?", shown.remembered)
    assert again.said == ""
    brought = talk.brought_back(TAB)
    assert _questions(brought) == ["hello", SIGNS, "When does gout come?", "Does gout make a toe swell?"]
    assert not talk.asked(BROWSER, TAB, SIGNS, brought.remembered).said


@pytest.mark.parametrize("option", [CARRIED, f"{CORRECTED}goutt", GO_ON])
def test_a_button_under_an_answer_that_was_lost_says_so(talk: Talk, remembered: str, option: str) -> None:
    shown = talk.chosen(BROWSER, TAB, option, remembered)
    assert (_questions(shown), shown.said, shown.can_bring_back) == ([], say("lost"), True)
    assert from_page(shown.remembered) == ("hello", SIGNS)


def test_a_second_leaning_question_is_asked_back_too(talk: Talk, remembered: str) -> None:
    shown = talk.asked(BROWSER, TAB, LEANING, remembered)
    shown = talk.asked(BROWSER, TAB, "and is it painful?", shown.remembered)
    assert say("leaning_lost") in _answer(shown)
    assert GO_ON in _options(shown)


def test_what_was_lost_twice_can_still_be_brought_back(
    talk: Talk, kept: Conversations, remembered: str
) -> None:
    shown = talk.asked(BROWSER, TAB, LEANING, remembered)
    kept.forget(TAB)
    shown = talk.asked(BROWSER, TAB, "How is it given?", shown.remembered)
    assert _questions(talk.brought_back(TAB)) == ["hello", SIGNS, LEANING, "How is it given?"]


def test_in_a_new_conversation_nothing_is_said_of_a_loss(talk: Talk) -> None:
    shown = talk.asked(BROWSER, TAB, LEANING)
    assert say("leaning") in _answer(shown)
    assert GO_ON not in _options(shown)
    assert (shown.said, shown.can_bring_back) == ("", False)


def test_what_was_forgotten_on_purpose_is_not_lost(talk: Talk) -> None:
    talk.asked(BROWSER, TAB, SIGNS)
    assert talk.forgotten(BROWSER, TAB).remembered == ""


@pytest.mark.parametrize(
    "made_up",
    ["[", "{}", '"a"', "[1]", "null", '["\ud800"]', "[" * 100_000, f'["{"a" * 5_000}"]', '[["gout"]]'],
)
def test_what_no_page_of_ours_would_remember_is_nothing(talk: Talk, made_up: str) -> None:
    assert from_page(made_up) == ()
    assert talk.asked(BROWSER, TAB, "When does gout come?", made_up).said == ""


def test_what_a_page_remembers_is_bounded() -> None:
    assert from_page(to_page(f"{number}?" for number in range(50))) == tuple(f"{n}?" for n in range(30, 50))
    assert from_page(to_page(["first", "a" * 3_999, "b"])) == ("a" * 3_999, "b")
    assert to_page([]) == ""


def test_made_up_questions_gain_nothing_but_their_own_answers(talk: Talk, kept: Conversations) -> None:
    made_up = to_page(["<img src=x onerror=alert(1)>", "  ", "\U0001f600", SIGNS])
    shown = talk.asked(BROWSER, TAB, LEANING, made_up)
    assert "<img" not in shown.messages[-1]["content"]
    assert _questions(talk.brought_back(TAB)) == ["<img src=x onerror=alert(1)>", SIGNS, LEANING]
    assert len(kept) == 1


def test_over_http_an_unknown_conversation_is_told_and_nothing_is_guessed(client: TestClient) -> None:
    body = {"question": "When does it come?", "conversation": "forgotten"}
    given = client.post("/api/ask", json=body).json()
    assert (given["lost"], given["small_talk"], given["outcome"]) == (True, "leaning", "none")
    assert (given["passages"], given["suggestions"]) == ([], [])
    body = {"question": "gout", "conversation": given["conversation"]}
    given = client.post("/api/ask", json=body).json()
    assert (given["lost"], given["outcome"]) == (False, "answered")


def test_over_http_a_question_that_stands_alone_is_answered_and_the_loss_told(client: TestClient) -> None:
    body = {"question": SIGNS, "conversation": "forgotten"}
    given = client.post("/api/ask", json=body).json()
    assert (given["lost"], given["outcome"]) == (True, "answered")
    fresh = client.post("/api/ask", json={"question": LEANING}).json()
    assert (fresh["lost"], fresh["small_talk"]) == (False, "leaning")


def test_what_was_undone_over_http_stays_undone_in_a_follow_up(
    client: TestClient, assistant: Assistant
) -> None:
    body = {"question": "Which signs does goutt have?", "undo": {"corrected": ["goutt"]}}
    given = client.post("/api/ask", json=body).json()
    assert given["understood"]["corrected"] == []
    assert assistant.ask(str(body["question"]), undo=Undo()).understood.corrected == (("goutt", "gout"),)
    follow_up = {"question": "When does it come?", "conversation": given["conversation"]}
    understood = client.post("/api/ask", json=follow_up).json()["understood"]
    assert understood["carried"] == ["signs", "goutt"]
