"""Questions that take long keep nobody else waiting, and who is too many is told so before they are answered.

No clock is looked at: what is slow ends when the test says so.
"""

import asyncio
import threading
from pathlib import Path

import httpx
import pytest

from bot.assistant import Assistant
from bot.queries import Query
from bot.retrieval import Ranking
from bot.serving import Served
from bot.web.api import build_api
from bot.web.conversations import Conversations
from bot.web.guard import ASKING_AT_ONCE, Guard
from bot.web.line import MOST_STANDING
from tests.hold.load import make_corpus
from tests.web.loops import finished

SLOW, PLAIN = "What is the bardulia lamp for?", "What is the fendulia lamp for?"
OTHERS, TOO_MANY = 20, 10
# Only where a test fails is it waited for that long.
PATIENCE_SECONDS = 60.0


class Slow:
    """A server over the lamps whose passages are not looked up for slow questions until they may be."""

    def __init__(self, folder: Path) -> None:
        make_corpus(folder)
        assistant = Assistant.open(folder, encoder=None)
        self.usual = assistant.retriever.ranking
        assistant.retriever.ranking = self.ranking  # type: ignore[method-assign]
        self.app = Guard(build_api(Served(assistant), Conversations()))
        self.begun = threading.Semaphore(0)
        self.may_end = threading.Event()
        self.ended = 0

    def ranking(self, query: Query) -> Ranking:
        """What the retriever gives."""
        if "bardulia" in query.message:
            self.begun.release()
            self.may_end.wait(PATIENCE_SECONDS)
            self.ended += 1
        return self.usual(query)

    async def asked(self, client: httpx.AsyncClient, count: int) -> list["asyncio.Task[httpx.Response]"]:
        """So many slow questions, all that may be thought about at once under way."""
        tasks = [asyncio.create_task(ask(client, SLOW)) for _ in range(count)]
        for _ in range(min(count, ASKING_AT_ONCE)):
            await asyncio.to_thread(self.begun.acquire)
        return tasks


@pytest.fixture
def slow(tmp_path: Path) -> Slow:
    return Slow(tmp_path / "corpus")


def client_of(slow: Slow) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(slow.app), base_url="http://127.0.0.1")


async def ask(client: httpx.AsyncClient, question: str) -> httpx.Response:
    return await client.post("/api/ask", json={"question": question}, timeout=None)


def test_slow_questions_do_not_hold_up_the_others(slow: Slow) -> None:
    async def run() -> None:
        async with client_of(slow) as client:
            thought_about = await slow.asked(client, ASKING_AT_ONCE - 1)
            for _ in range(OTHERS):
                answer = await ask(client, PLAIN)
                assert "fendulia" in answer.json()["passages"][0]["text"]
            assert (await client.get("/healthz")).status_code == 200
            assert slow.ended == 0
            slow.may_end.set()
            for answer in await asyncio.gather(*thought_about):
                assert "bardulia" in answer.json()["passages"][0]["text"]

    finished(run())


def test_who_is_too_many_is_sent_away_before_any_question_that_waits_is_answered(slow: Slow) -> None:
    async def run() -> None:
        async with client_of(slow) as client:
            standing = await slow.asked(client, MOST_STANDING)
            shed = [await ask(client, PLAIN) for _ in range(TOO_MANY)]
            assert {answer.status_code for answer in shed} == {503}
            # They are not to come back all at once.
            assert len({answer.headers["retry-after"] for answer in shed}) > 1
            assert (await client.get("/healthz")).status_code == 200
            assert (await client.get("/api/documents")).status_code == 200
            assert slow.ended == 0
            assert not any(task.done() for task in standing)
            slow.may_end.set()
            assert {answer.status_code for answer in await asyncio.gather(*standing)} == {200}
            assert (await ask(client, PLAIN)).status_code == 200

    finished(run())
