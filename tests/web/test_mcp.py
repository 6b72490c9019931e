"""The tool for agents: one, opened by the operator alone."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app import main
from bot.assistant import Assistant
from bot.serving import Served
from bot.web.chat import ask_tool

ROOT = Path(__file__).parents[2]


def test_it_is_closed_unless_the_operator_opens_it(client: TestClient) -> None:
    assert client.post("/gradio_api/mcp/", json={}).status_code == 404


@pytest.mark.skipif(find_spec("mcp") is not None, reason="the package mcp is installed")
def test_without_its_package_the_option_says_what_to_install(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--mcp"]) == 2
    assert "requirements-mcp.lock" in capsys.readouterr().err


@pytest.mark.parametrize(("mcp", "tools"), [(True, ["/ask_sources"]), (False, [])])
def test_the_page_offers_one_tool_or_none(folder: Path, mcp: bool, tools: list[str]) -> None:
    # In a process of its own: Gradio leaves loops behind that pytest would warn of.
    program = (
        "import json, pathlib, sys; from bot.assistant import Assistant; from bot.web.chat import build_page;"
        "from bot.serving import Served; from bot.web.conversations import Conversations;"
        "from bot.web.talk import Talk; served = Served(Assistant.open(pathlib.Path(sys.argv[1])));"
        "talk = Talk(served, Conversations(), 'en');"
        "page = build_page(served, talk, 'en', mcp=json.loads(sys.argv[2]));"
        "print(json.dumps(list(page.get_api_info()['named_endpoints'])))"
    )
    command = [sys.executable, "-c", program, str(folder), json.dumps(mcp)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == tools


def test_the_tool_gives_the_answer_that_everybody_gets(assistant: Assistant) -> None:
    question = "Which signs does gout have?"
    given = ask_tool(Served(assistant))(question)
    quotes = assistant.ask(question).quotes
    assert given["outcome"] == "answered"
    assert [passage["text"] for passage in given["passages"]] == [quote.passage.text for quote in quotes]


def test_the_tool_says_why_a_question_cannot_be_asked(assistant: Assistant) -> None:
    assert list(ask_tool(Served(assistant))("  ")) == ["error"]
