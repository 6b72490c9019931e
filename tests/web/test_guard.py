import asyncio
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.serving import Served
from bot.web.api import build_api
from bot.web.asgi import Message, Receive, Send
from bot.web.conversations import Conversations
from bot.web.guard import ASKING_AT_ONCE, READING_AT_ONCE, Guard
from bot.web.line import MOST_STANDING
from bot.web.rate import RateLimit
from tests.web.loops import finished


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
    crowd = _Crowd()

    async def ask() -> None:
        asking = [asyncio.create_task(crowd.post(b"{}")) for _ in range(MOST_STANDING)]
        await _settled()
        await crowd.post(b"{}")
        assert crowd.statuses == [503]
        assert (b"retry-after", b"2") in crowd.sent[0]["headers"]
        crowd.answered.set()
        await asyncio.gather(*asking)
        await crowd.post(b"{}")

    finished(ask())
    assert crowd.statuses == [503, *[200] * (MOST_STANDING + 1)]


def test_a_few_questions_are_thought_about_at_once() -> None:
    crowd = _Crowd()

    async def ask() -> None:
        asking = [asyncio.create_task(crowd.post(b"{}")) for _ in range(3 * ASKING_AT_ONCE)]
        await _settled()
        assert crowd.thinking == ASKING_AT_ONCE
        crowd.answered.set()
        await asyncio.gather(*asking)

    finished(ask())


def test_long_documents_are_given_to_a_few_at_once() -> None:
    crowd = _Crowd()

    async def read() -> None:
        reading = [asyncio.create_task(crowd.post(b"{}", path="/api/documents/a.md")) for _ in range(9)]
        await _settled()
        assert crowd.thinking == READING_AT_ONCE
        crowd.answered.set()
        await asyncio.gather(*reading)

    finished(read())


def test_questions_of_which_half_has_come_keep_nobody_from_asking() -> None:
    crowd = _Crowd()
    crowd.answered.set()

    async def ask() -> None:
        slow = [asyncio.create_task(crowd.post(b"{", more=True)) for _ in range(2 * MOST_STANDING)]
        await _settled()
        await crowd.post(b"{}")
        assert crowd.statuses == [200]
        crowd.gone.set()
        await asyncio.gather(*slow)

    finished(ask())
    assert crowd.statuses == [200]


@pytest.mark.parametrize("begun", [True, False])
def test_a_fault_leaves_nothing_of_the_question_in_the_log(
    caplog: pytest.LogCaptureFixture, *, begun: bool
) -> None:
    sent: list[Message] = []

    async def failing(_: Message, receive: Receive, send: Send) -> None:
        question = (await receive())["body"]
        if begun:
            await send({"type": "http.response.start", "status": 500, "headers": []})
        raise ValueError(question)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"my secret"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/api/ask", "headers": [(b"host", b"localhost")]}
    finished(Guard(failing)(scope, receive, send))
    assert [message["status"] for message in sent if "status" in message] == [500]
    assert "ValueError" in caplog.text
    assert "test_guard.py" in caplog.text
    assert "secret" not in caplog.text


class _Crowd:
    """Clients before a guard, and an application that thinks until it is told to answer."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.thinking = 0
        self.answered = asyncio.Event()
        self.gone = asyncio.Event()
        self._guard = Guard(self._think)

    @property
    def statuses(self) -> list[int]:
        return [message["status"] for message in self.sent if "status" in message]

    async def post(self, body: bytes, *, more: bool = False, path: str = "/api/ask") -> None:
        messages = [{"type": "http.request", "body": body, "more_body": more}]

        async def receive() -> Message:
            if messages:
                return messages.pop()
            await self.gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            self.sent.append(message)

        scope = {"type": "http", "method": "POST", "path": path, "headers": [(b"host", b"localhost")]}
        await self._guard(scope, receive, send)

    async def _think(self, _: Message, receive: Receive, send: Send) -> None:
        self.thinking += 1
        await self.answered.wait()
        assert (await receive())["body"] == b"{}"
        await send({"type": "http.response.start", "status": 200, "headers": []})


async def _settled() -> None:
    """Until everybody has come as far as they can."""
    for _ in range(10):
        await asyncio.sleep(0)
