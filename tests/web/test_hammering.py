"""Many ask while the documents change: no answer fails, and each is from one state of the documents."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from bot.meaning import BUILT_IN
from bot.web.api import build_api
from bot.web.conversations import Conversations
from tests.serving.folders import Folder

THREADS, CHANGES = 8, 30
QUESTIONS = ("What is lamp 3 for?", "How is it mended?", "What is lamp 7 for?", "And how much light is that?")


def test_no_answer_fails_and_each_is_from_one_state(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"lamp{number}.md").write_text(_lamp(number, 0), encoding="utf-8")
    folder = Folder(tmp_path, encoder=BUILT_IN)
    folder.served.assistant.encode()
    api = build_api(folder.served, Conversations())
    ended = threading.Event()
    states = {folder.served.assistant.corpus.digest: folder.texts}
    with ThreadPoolExecutor(THREADS) as pool:
        asking = [pool.submit(_ask_on, TestClient(api), ended) for _ in range(THREADS)]
        try:
            for change in range(1, CHANGES + 1):
                _change(folder, change)
                folder.look(2)
                states[folder.served.assistant.corpus.digest] = folder.texts
        finally:
            ended.set()
    answers = [answer for asked in asking for answer in asked.result()]
    assert len(states) == CHANGES + 1
    assert len({answer["corpus"] for answer in answers}) > 2
    assert any(answer["passages"] for answer in answers)
    for answer in answers:
        texts = states[answer["corpus"]]
        for passage in answer["passages"]:
            assert texts[passage["doc"]][passage["start"] : passage["end"]] == passage["text"]


def _ask_on(client: TestClient, ended: threading.Event) -> list[dict[str, Any]]:
    """Ask in one conversation until all is over; what was answered."""
    answers: list[dict[str, Any]] = []
    conversation = None
    for question in _until(ended):
        given = client.post("/api/ask", json={"question": question, "conversation": conversation})
        assert given.status_code == 200, given.text
        conversation = given.json()["conversation"]
        answers.append(given.json())
        assert client.get(f"/api/conversations/{conversation}").status_code == 200
    return answers


def _until(ended: threading.Event) -> Iterator[str]:
    for question in cycle(QUESTIONS):
        yield question
        if ended.is_set():
            return


def _change(folder: Folder, change: int) -> None:
    """Put a file, change another and take the first away, in turn."""
    if change % 3 == 1:
        folder.put(f"new{change}.md", _lamp(10 + change, change))
    elif change % 3 == 2:
        folder.put(f"lamp{change % 6}.md", _lamp(change % 6, change))
    else:
        (folder.path / f"new{change - 2}.md").unlink()


def _lamp(number: int, version: int) -> str:
    moved = "A line that moves all others on.\n\n" * (version % 5)
    return (
        f"# Lamp {number}\n\n{moved}## What is lamp {number} for?\n\nLamp {number} lights room {version}.\n\n"
        f"## How is lamp {number} mended?\n\nLamp {number} is mended with wire {version}.\n"
    )
