import asyncio
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.serving import Served
from bot.web.api import build_api
from bot.web.conversations import Conversations
from bot.web.guard import MOST_ASKING, Guard, Message, Receive, Send
from bot.web.rate import RateLimit


@pytest.mark.parametrize(
    "path",
    [
        "/docs",
        "/openapi.json",
        "/gradio_api/info",
        "/gradio_api/upload",
        "/gradio_api/runs",
        "/gradio_api/file=app.py",
        "/monitoring/summary",
        "/ui/../api.py",
        "/ui/%2e%2e/api.py",
    ],
)
def test_what_the_page_does_not_need_is_not_there(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1.evil.example", "http://[x"]
)
def test_requests_from_other_sites_are_refused(client: TestClient, origin: str) -> None:
    assert client.get("/healthz", headers={"origin": origin}).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "[x", ""])
def test_other_names_are_refused_so_that_a_rebound_name_reads_nothing(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == 421


def _chunks() -> Iterator[bytes]:
    for _ in range(65):
        yield b"a" * 1024


def test_a_body_over_the_limit_is_refused_chunked_or_not(client: TestClient) -> None:
    assert client.post("/api/ask", content=b"a" * 65 * 1024).status_code == 413
    assert client.post("/api/ask", content=_chunks()).status_code == 413


@pytest.mark.parametrize("path", ["/healthz", "/nothing", "/"])
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_a_name_that_the_operator_gave_is_answered_to_in_any_case(assistant: Assistant) -> None:
    app = Guard(build_api(Served(assistant), Conversations()), hosts={"Answers.Example.org"})
    with TestClient(app, base_url="http://127.0.0.1") as client:
        for host, status in (("answers.example.org:7860", 200), ("ANSWERS.example.org", 200), ("org", 421)):
            assert client.get("/healthz", headers={"host": host}).status_code == status


def test_who_asks_too_often_is_told_when_to_ask_again(assistant: Assistant) -> None:
    app = Guard(build_api(Served(assistant), Conversations()), rate=RateLimit(6, burst=2, clock=lambda: 0.0))
    with TestClient(app, base_url="http://127.0.0.1", client=("192.0.2.1", 1)) as client:
        asked = [client.post("/api/ask", json={"question": "What is gout?"}) for _ in range(3)]
        assert [given.status_code for given in asked] == [200, 200, 429]
        assert asked[2].headers["retry-after"] == "10"
        assert asked[2].json()["error"].endswith(".")
        assert client.get("/healthz").status_code == 200


def test_more_questions_than_can_be_answered_soon_are_turned_away_at_once() -> None:
    answered = asyncio.Event()
    sent: list[Message] = []

    async def slow(scope: Message, receive: Receive, send: Send) -> None:
        await answered.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def nothing() -> Message:
        return {"type": "http.disconnect"}

    async def keep(message: Message) -> None:
        sent.append(message)

    async def crowd() -> None:
        guard = Guard(slow)
        scope = {"type": "http", "path": "/api/ask", "headers": [(b"host", b"localhost")]}
        asking = [asyncio.create_task(guard(scope, nothing, keep)) for _ in range(MOST_ASKING)]
        await asyncio.sleep(0)
        await guard(scope, nothing, keep)
        assert [message["status"] for message in sent if "status" in message] == [503]
        assert (b"retry-after", b"2") in sent[0]["headers"]
        answered.set()
        await asyncio.gather(*asking)
        await guard(scope, nothing, keep)

    asyncio.run(crowd())
    statuses = [message["status"] for message in sent if "status" in message]
    assert statuses == [503, *[200] * (MOST_ASKING + 1)]
