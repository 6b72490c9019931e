import logging

import pytest
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.serving import Served
from bot.web.accounts import Accounted, Accounts, logged, route_of
from bot.web.api import build_api
from bot.web.conversations import Conversations
from bot.web.guard import Guard
from bot.web.logs import FACTS
from bot.web.rate import RateLimit


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", "/"),
        ("/es/", "/"),
        ("/api/ask", "/api/ask"),
        ("/api/documents", "/api/documents"),
        ("/api/documents/my secret.md", "/api/documents/*"),
        ("/api/conversations/secret", "/api/conversations/*"),
        ("/es/gradio_api/run/asked", "/gradio_api/run/*"),
        ("/gradio_api/mcp", "/gradio_api/mcp/*"),
        ("/assets/index.js", "files"),
        ("/evaluate", "/evaluate"),
        ("/evaluate/runs/1", "/evaluate/*"),
        ("/secret", "other"),
        ("/estate/", "other"),
    ],
)
def test_an_address_is_told_by_what_it_stands_for(path: str, route: str) -> None:
    assert route_of(path) == route


@pytest.fixture
def told() -> list[Accounted]:
    return []


@pytest.fixture
def client(assistant: Assistant, told: list[Accounted]) -> TestClient:
    api = build_api(Served(assistant), Conversations())
    guard = Guard(api, rate=RateLimit(60, burst=3, clock=lambda: 0.0))
    return TestClient(
        Accounts(guard, told.append, logged), base_url="http://127.0.0.1", client=("192.0.2.1", 1)
    )


def test_each_request_is_told_with_its_outcome(client: TestClient, told: list[Accounted]) -> None:
    questions = ("Which signs does gout have?", "What is a carburettor?", "?!", "What is gout?")
    given = [client.post("/api/ask", json={"question": question}) for question in questions]
    assert [(one.status, one.outcome) for one in told] == [
        (200, given[0].json()["outcome"]),
        (200, given[1].json()["outcome"]),
        (422, "unaskable"),
        (429, ""),
    ]
    assert given[0].json()["outcome"] == "answered"
    assert [one.id for one in told] == [one.headers["x-request-id"] for one in given]
    assert len({one.id for one in told}) == 4


def test_a_line_of_the_log_holds_nothing_that_was_asked(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="bot"):
        asked = client.post("/api/ask?also=mysecret", json={"question": "Is mysecret a sign of gout?"})
        client.get(f"/api/conversations/{asked.json()['conversation']}")
        client.get("/healthz")
        client.get("/mysecret")
        client.request("MYSECRET", "/api/ask")
    lines = [vars(record)[FACTS] for record in caplog.records if hasattr(record, FACTS)]
    assert [line["route"] for line in lines] == ["/api/ask", "/api/conversations/*", "other", "/api/ask"]
    assert set(lines[0]) == {"request", "method", "route", "status", "milliseconds", "outcome"}
    said = f"{caplog.text} {lines}".lower()
    assert "mysecret" not in said
    assert asked.json()["conversation"].lower() not in said
