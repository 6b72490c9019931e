"""What the events of the chat do, without a browser."""

import html
import re

import pytest

from bot.assistant import Assistant
from bot.errors import EngineError
from bot.queries import Query
from bot.retrieval import Ranking
from bot.web.conversations import Conversations, keys
from bot.web.messages.answer import ADDED, CARRIED, CORRECTED
from bot.web.talk import Shown, Talk

SIGNS, TIME = "Which signs does gout have?", "When does gout come?"
BROWSER, TAB = "b" * 32, "t" * 32


def _questions(shown: Shown | None) -> list[str]:
    assert shown is not None
    return [html.unescape(said["content"]) for said in shown.messages if said["role"] == "user"]


def test_a_question_is_answered_and_leaves_the_box(talk: Talk) -> None:
    shown = talk.asked(BROWSER, TAB, SIGNS)
    assert (_questions(shown), shown.box, shown.said) == ([SIGNS], "", "")
    quote = re.search(r"<blockquote [^>]*>(.*?)</blockquote>", shown.messages[1]["content"])
    assert quote is not None
    assert "<script>alert(1)</script> [x](http://evil.example)" in html.unescape(
        re.sub("</?mark>", "", quote[1])
    )


@pytest.mark.parametrize("question", ["  ", "\U0001f600", "gout " * 1000])
def test_a_question_that_cannot_be_asked_stays_in_the_box_and_is_said(talk: Talk, question: str) -> None:
    shown = talk.asked(BROWSER, TAB, question)
    assert (shown.messages, shown.box) == ([], None)
    assert shown.said


def test_while_the_engine_is_away_the_question_stays_in_the_box(
    talk: Talk, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(query: Query) -> Ranking:
        raise EngineError("10.0.0.7 cannot be reached")

    monkeypatch.setattr(assistant.retriever, "ranking", away)
    shown = talk.asked(BROWSER, TAB, SIGNS)
    assert (shown.messages, shown.box) == ([], None)
    assert "cannot be searched at the moment" in (shown.said or "")


def test_a_changed_question_keeps_its_place_and_can_be_brought_back(talk: Talk) -> None:
    for question in (SIGNS, TIME, "Does gout hurt?"):
        talk.asked(BROWSER, TAB, question)
    shown = talk.changed(BROWSER, TAB, 1, "What is &lt;gout&gt;?")
    assert _questions(shown) == [SIGNS, "What is <gout>?", "Does gout hurt?"]
    assert shown.can_bring_back
    assert _questions(talk.brought_back(TAB)) == [SIGNS, TIME, "Does gout hurt?"]


def test_a_change_that_cannot_be_asked_changes_nothing(talk: Talk) -> None:
    talk.asked(BROWSER, TAB, SIGNS)
    shown = talk.changed(BROWSER, TAB, 0, " ")
    assert _questions(shown) == [SIGNS]
    assert shown.said


def test_what_is_taken_away_is_brought_back_and_what_came_since_is_not_lost(talk: Talk) -> None:
    talk.asked(BROWSER, TAB, SIGNS)
    assert talk.taken_back(TAB).box == SIGNS
    talk.asked(BROWSER, TAB, TIME)
    assert _questions(talk.begun_anew(TAB)) == []
    assert _questions(talk.brought_back(TAB)) == [TIME]
    assert _questions(talk.brought_back(TAB)) == []
    assert _questions(talk.brought_back(TAB)) == [TIME]


def test_what_was_understood_is_taken_back_piece_by_piece(talk: Talk) -> None:
    shown = talk.asked(BROWSER, TAB, "Does gout come at nihgt?")
    options = [option["value"] for option in shown.messages[-1]["options"]]
    assert f"{CORRECTED}nihgt" in options
    shown = talk.chosen(BROWSER, TAB, f"{CORRECTED}nihgt")
    left = [option["value"] for option in shown.messages[-1]["options"]]
    assert f"{CORRECTED}nihgt" not in left
    assert len(_questions(shown)) == 1
    for option in (CARRIED, f"{ADDED}gout"):
        shown = talk.chosen(BROWSER, TAB, option)
    assert f"{CORRECTED}nihgt" not in [option["value"] for option in shown.messages[-1]["options"]]
    anew = [option["value"] for option in talk.asked_again(TAB).messages[-1]["options"]]
    assert f"{CORRECTED}nihgt" in anew


def test_a_suggestion_is_asked_and_what_is_typed_stays_in_the_box(talk: Talk) -> None:
    shown = talk.chosen(BROWSER, TAB, SIGNS)
    assert (_questions(shown), shown.box) == ([SIGNS], None)


def test_a_tab_finds_its_conversation_again_and_no_other(talk: Talk) -> None:
    talk.asked(BROWSER, TAB, SIGNS)
    assert _questions(talk.restored(BROWSER, TAB)) == [SIGNS]
    assert talk.restored(BROWSER, "u" * 32) is None


def test_forgetting_forgets_every_conversation_of_the_browser_and_none_of_another(
    talk: Talk, kept: Conversations
) -> None:
    for tab in ("1", "2", "3"):
        talk.asked(BROWSER, tab, SIGNS)
    talk.asked("other", "4", SIGNS)
    assert talk.forgotten(BROWSER, "1").messages == []
    assert [kept.turns(tab) is None for tab in ("1", "2", "3", "4")] == [True, True, True, False]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (f"{'0' * 32}.{'1' * 32}", ("0" * 32, "1" * 32)),
        ("", ("own", "own")),
        (f"{'0' * 32}.short", ("own", "own")),
        (f"{'G' * 32}.{'1' * 32}", ("own", "own")),
    ],
)
def test_only_keys_that_cannot_be_guessed_are_taken(given: str, named: tuple[str, str]) -> None:
    assert keys(given, otherwise="own") == named
