"""A browser's word for what was said before is never taken, and nobody comes by another's conversation."""

import re
from collections.abc import Sequence

import pytest
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.records import Answer, Turn, Undo
from bot.serving import Served
from bot.web.api import build_api
from bot.web.conversations import Conversations
from bot.web.guard import Guard
from bot.web.talk import Talk

SIGNS, LEANING = "Which signs does gout have?", "What are its side effects?"


@pytest.mark.parametrize("name", ["history", "turns", "messages", "earlier", "lost"])
def test_a_history_in_a_request_is_not_read(client: TestClient, name: str) -> None:
    made_up = [{"question": SIGNS, "answer": {"outcome": "answered"}}]
    given = client.post("/api/ask", json={"question": LEANING, name: made_up}).json()
    assert (given["small_talk"], given["lost"], given["understood"]["carried"]) == ("leaning", False, [])


def test_ids_cannot_be_guessed(client: TestClient) -> None:
    ids = {client.post("/api/ask", json={"question": "hello"}).json()["conversation"] for _ in range(20)}
    assert len(ids) == 20
    # 128 bits from the system's source of chance, six to a sign.
    assert all(re.fullmatch(r"[\w-]{22}", conversation) for conversation in ids)


@pytest.mark.parametrize(
    "guessed", ["", "a", "0" * 22, "0" * 32, "..", "%00", "null", "true", "session ", "a" * 5_000]
)
def test_a_guessed_id_leads_to_nothing(client: TestClient, guessed: str) -> None:
    client.post("/api/ask", json={"question": SIGNS})
    body = {"question": LEANING, "conversation": guessed}
    given = client.post("/api/ask", json=body).json()
    assert given["conversation"] != guessed
    assert (given["small_talk"], given["understood"]["carried"]) == ("leaning", [])


def test_a_conversation_that_is_deleted_while_it_is_asked_in_does_not_come_back(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Conversations()
    app = Guard(build_api(Served(assistant), kept))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        conversation = client.post("/api/ask", json={"question": SIGNS}).json()["conversation"]
        asked = Assistant.ask

        def forgetting(
            self: Assistant, question: str, history: Sequence[Turn], *, undo: Undo, lost: bool, depth: int = 0
        ) -> Answer:
            kept.forget(conversation)
            return asked(self, question, history, undo=undo, lost=lost, depth=depth)

        monkeypatch.setattr(Assistant, "ask", forgetting)
        body = {"question": LEANING, "conversation": conversation}
        assert client.post("/api/ask", json=body).status_code == 200
        assert client.get(f"/api/conversations/{conversation}").status_code == 404
    assert len(kept) == 0


def test_a_browser_that_forgets_while_its_page_asks_is_forgotten(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Conversations()
    talk = Talk(Served(assistant), kept, "en")
    asked = Assistant.ask

    def forgetting(
        self: Assistant, question: str, history: Sequence[Turn], *, undo: Undo, lost: bool, depth: int = 0
    ) -> Answer:
        kept.forget_browser("browser")
        return asked(self, question, history, undo=undo, lost=lost, depth=depth)

    monkeypatch.setattr(Assistant, "ask", forgetting)
    shown = talk.asked("browser", "tab", SIGNS)
    assert (shown.messages, shown.remembered, len(kept)) == ([], "", 0)
