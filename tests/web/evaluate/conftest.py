"""The evaluators' page over the small hostile corpus, in a folder of its own for each test."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.serving import Served
from bot.web.api import build_api
from bot.web.conversations import Conversations
from bot.web.evaluate.access import Access
from bot.web.evaluate.bench import Bench
from bot.web.evaluate.entrance import mount_evaluator
from bot.web.guard import Guard

HOSTILE = "<script>window.ran = 1</script>"
ANSWER = "Gout comes at night."
QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "signs",
        "question": "Which signs does gout have?",
        "kind": "plain",
        "answers": [{"doc": "gout.md", "text": "Gout makes a toe swell"}],
    },
    {"id": HOSTILE, "question": f"When does gout come? {HOSTILE}", "kind": HOSTILE, "answers": []},
    {
        "id": "night",
        "question": "Does it come by day?",
        "kind": "plain",
        "history": ["What is gout?"],
        "answers": [{"doc": "gout.md", "text": ANSWER}],
    },
]
LINES = "".join(json.dumps(question) + "\n" for question in QUESTIONS)
ENDED = ("done", "cancelled", "failed", "interrupted")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "evaluations"


@pytest.fixture
def bench(assistant: Assistant, folder: Path, tmp_path: Path) -> Iterator[Bench]:
    access = Access(required=False)
    bench = Bench.open(Served(assistant), folder, corpus=tmp_path / "corpus", access=access)
    yield bench
    bench.close()


@pytest.fixture
def client(assistant: Assistant, bench: Bench) -> Iterator[TestClient]:
    with opened(assistant, bench) as client:
        yield client


def opened(assistant: Assistant, bench: Bench) -> TestClient:
    """A browser's view of a bench."""
    api = build_api(Served(assistant), Conversations())
    mount_evaluator(api, bench)
    return TestClient(Guard(api, evaluator=True), base_url="http://127.0.0.1")


def upload(client: TestClient, content: str | bytes = LINES, name: str = "set.jsonl") -> str:
    """Sends a set; the name that it got."""
    sent = client.post("/evaluate/sets", files={"file": (name, content)}, follow_redirects=False)
    assert sent.status_code == 303, sent.text
    return sent.headers["location"].removeprefix("/evaluate/sets/")


def start(client: TestClient, name: str = "set.jsonl", **fields: str) -> str:
    """Starts a run; its id."""
    sent = client.post("/evaluate/runs", data={"set": name, **fields}, follow_redirects=False)
    assert sent.status_code == 303, sent.text
    return sent.headers["location"].removeprefix("/evaluate/runs/")


def wait(client: TestClient, run: str) -> str:
    """Waits until a run has ended; its state."""
    for _ in range(600):
        state = str(client.get(f"/evaluate/runs/{run}/progress").json()["state"])
        if state in ENDED:
            return state
        time.sleep(0.05)
    raise AssertionError("the run did not end")


def finished(client: TestClient, **fields: str) -> str:
    """A finished run over the questions above."""
    run = start(client, upload(client), **fields)
    assert wait(client, run) == "done"
    return run
