import asyncio
import json
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.errors import ServerError
from bot.indexing.building import indexed
from bot.indexing.kept import KeptIndex
from bot.serving import Served
from bot.web.accounts import Accounted, Accounts
from bot.web.api import build_api
from bot.web.conversations import Conversations
from bot.web.health import Ready
from bot.web.metrics import Metrics
from bot.web.operations import Operations, operating


@pytest.fixture
def operations() -> Operations:
    return Operations(Metrics())


@pytest.fixture
def address(operations: Operations) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with operating(operations, "127.0.0.1", port):
        yield f"http://127.0.0.1:{port}"


def got(address: str) -> tuple[int, str]:
    try:
        with urlopen(address, timeout=30) as answer:  # noqa: S310 - our own server
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def figures(address: str) -> dict[str, float]:
    said = got(f"{address}/metrics")[1]
    return {name: float(value) for name, value in re.findall(r"^(bot_\S+) (\S+)$", said, re.MULTILINE)}


def test_it_is_ready_once_the_documents_are_served(
    operations: Operations, address: str, assistant: Assistant
) -> None:
    status, said = got(f"{address}/readyz")
    assert status == 503
    assert json.loads(said) == {"ready": False, "reasons": ["The documents are being read."]}
    served = Served(assistant)
    operations.serving(served, Conversations())
    assert got(f"{address}/readyz") == (200, '{"ready": true, "reasons": []}')
    assert figures(address)["bot_ready"] == 1
    served.watched = replace(served.watched, trouble="The folder /secret/place cannot be read.")
    status, said = got(f"{address}/readyz")
    assert status == 503
    assert "secret" not in said
    assert figures(address)["bot_ready"] == 0


def test_readiness_is_told_at_the_page_too(assistant: Assistant) -> None:
    served = Served(assistant)
    client = TestClient(build_api(served, Conversations()))
    assert client.get("/readyz").json() == {"ready": True, "reasons": []}
    served.watched = replace(served.watched, trouble="The folder cannot be read.")
    told = client.get("/readyz")
    assert told.status_code == 503
    assert told.json()["reasons"][0].startswith("The documents as they are now cannot be read")


class Elsewhere:
    """Stands in for a cluster."""

    def __init__(self) -> None:
        self.there = True

    def ready(self) -> bool:
        return self.there

    def over(self, index: KeptIndex) -> KeptIndex:
        return index


def test_it_is_not_ready_while_the_cluster_that_is_asked_is_away(tmp_path: Path) -> None:
    (tmp_path / "kites.md").write_text("# Kites\n\nA kite flies in the wind.\n", encoding="utf-8")
    index, cluster = indexed(tmp_path, make=True), Elsewhere()
    assert index is not None
    index = replace(index, elsewhere=cluster)
    served = Served(Assistant(index.corpus, folder=tmp_path, index=index))
    client = TestClient(build_api(served, Conversations()))
    assert client.get("/readyz").json() == {"ready": True, "reasons": []}
    cluster.there = False
    told = client.get("/readyz")
    assert told.status_code == 503
    assert told.json()["reasons"] == [
        "The search engine that the passages are in cannot be asked; see the log."
    ]


class Silent(Elsewhere):
    """Stands in for a cluster that takes what it is asked and says nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.answered = threading.Event()

    def ready(self) -> bool:
        self.asked += 1
        return self.answered.wait(60)


@pytest.fixture
def silent() -> Iterator[Silent]:
    cluster = Silent()
    yield cluster
    cluster.answered.set()


def test_a_cluster_that_is_silent_is_waited_for_once_and_not_long(tmp_path: Path, silent: Silent) -> None:
    (tmp_path / "kites.md").write_text("# Kites\n\nA kite flies in the wind.\n", encoding="utf-8")
    index = indexed(tmp_path, make=True)
    assert index is not None
    index = replace(index, elsewhere=silent)
    served = Served(Assistant(index.corpus, folder=tmp_path, index=index))
    ready = Ready(served, seconds=0.01)
    for _ in range(20):
        assert ready.now().status == 503
        assert asyncio.run(ready.soon()).status == 503
    assert silent.asked == 1
    silent.answered.set()
    assert Ready(served).now().status == 200


def test_the_figures_are_of_requests_questions_documents_and_conversations(
    operations: Operations, address: str, assistant: Assistant
) -> None:
    served, conversations = Served(assistant), Conversations()
    operations.serving(served, conversations)
    app = Accounts(build_api(served, conversations), operations.metrics.tell)
    client = TestClient(app, base_url="http://127.0.0.1")
    for question in ("Which signs does gout have?", "my secret", "?!"):
        client.post("/api/ask", json={"question": question})
    for status in (429, 503, 404):
        operations.metrics.tell(Accounted("secret", "GET", "other", status, "", 0.1))
    found = figures(address)
    assert found['bot_questions_total{outcome="answered"}'] == 1
    assert found['bot_questions_total{outcome="unaskable"}'] == 1
    assert found['bot_requests_total{method="POST",route="/api/ask",status="200"}'] == 2
    assert found['bot_request_seconds_count{route="/api/ask"}'] == 3
    assert found['bot_turned_away_total{reason="limited"}'] == 1
    assert found['bot_turned_away_total{reason="shed"}'] == 1
    assert found['bot_turned_away_total{reason="refused"}'] == 2
    assert found["bot_documents"] == len(assistant.corpus.documents)
    assert found["bot_documents_left_out"] == 0
    assert found["bot_passages"] == len(assistant.passages)
    assert found["bot_encoded_ratio"] == assistant.encoded
    assert found["bot_conversations"] == 2
    assert "secret" not in got(f"{address}/metrics")[1]


@pytest.mark.parametrize("path", ["/", "/metrics/", "/healthz", "/api/ask"])
def test_there_is_nothing_else(address: str, path: str) -> None:
    assert got(f"{address}{path}")[0] == 404


def test_an_address_that_cannot_be_had_is_named(operations: Operations) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = pytest.raises(ServerError, match=rf"127\.0\.0\.1:{port} .*--metrics-port")
        with refused, operating(operations, "127.0.0.1", port):
            pass


def test_a_client_that_asks_nothing_keeps_nobody_waiting(address: str) -> None:
    port = int(address.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port)):
        assert got(f"{address}/readyz")[0] == 503
