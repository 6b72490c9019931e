"""A small hostile corpus behind the guarded interface; the page itself is tested in a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.serving import Served
from bot.web.api import build_api
from bot.web.conversations import Conversations
from bot.web.guard import Guard
from bot.web.talk import Talk

SYMPTOMS = (
    "# Signs of gout\n\n## Which signs does gout have?\n\n"
    "Gout makes a toe swell, \U0001f9b6 redden and hurt.  It costs $$5$$ <script>alert(1)</script> [x](http://evil.example).\n\n"
    "Gout comes at night.\n"
)


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("corpus")
    (folder / "gout.md").write_text(SYMPTOMS, encoding="utf-8")
    return Assistant.open(folder)


@pytest.fixture(scope="session")
def client(assistant: Assistant) -> Iterator[TestClient]:
    app = Guard(build_api(Served(assistant), Conversations()))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def kept() -> Conversations:
    """Conversations of one test."""
    return Conversations()


@pytest.fixture
def talk(assistant: Assistant, kept: Conversations) -> Talk:
    """What the events of the English chat do, over the tiny corpus."""
    return Talk(Served(assistant), kept, "en")
