"""What stands outside a passage and must be read before it, at the doors that need no browser."""

from bot.assistant import Assistant
from bot.rendering.beside import beside_lines
from bot.rendering.prediction import as_prediction
from bot.rendering.terminal import paragraphs
from bot.serving import Served
from bot.web.chat import ask_tool
from bot.web.showing import as_shown
from tests.rendering.tables import HEADER, QUESTION, assistant, document

MADE = document()
ASSISTANT: Assistant = assistant(MADE)


def test_a_terminal_shows_the_header_before_the_rows() -> None:
    (quoted,) = (part for part in paragraphs(ASSISTANT.ask(QUESTION), ASSISTANT) if "31 kg" in part)
    assert quoted.startswith(f"  | {HEADER}\n  | …\n  | ")


def test_a_prediction_has_the_place_of_the_header() -> None:
    answer = ASSISTANT.ask(QUESTION)
    passages = as_prediction(answer)["passages"]
    assert isinstance(passages, list)
    ((start, end),) = passages[0]["beside"]
    assert MADE.text[start:end] == HEADER


def test_pages_and_agents_get_the_words_of_the_header_and_what_each_unit_is() -> None:
    for given in (as_shown(ASSISTANT.ask(QUESTION), ASSISTANT), ask_tool(Served(ASSISTANT))(QUESTION)):
        passages = given["passages"]
        assert isinstance(passages, list)
        assert passages[0]["beside_text"] == [HEADER]
        assert {unit["kind"] for unit in passages[0]["units"]} == {"row"}


def test_the_piece_that_has_the_header_itself_has_nothing_beside_it() -> None:
    (first,) = (passage for passage in ASSISTANT.passages if HEADER in passage.text)
    assert beside_lines(MADE, first) == []
