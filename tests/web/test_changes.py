"""Documents that change while they are served: what the interface says then, and of earlier quotes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.records import Corpus
from bot.web.api import build_api
from bot.web.chat import ask_tool
from bot.web.conversations import Conversations
from tests.serving.folders import KETTLE, MENDED, OVEN, Folder

SIGNS = "Which signs does a scaled kettle have?"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A watched folder with two documents, answered by words alone."""
    made = tmp_path / "documents"
    made.mkdir()
    for name, text in (("kettle.md", KETTLE), ("oven.md", OVEN)):
        (made / name).write_text(text, encoding="utf-8")
    return Folder(made)


@pytest.fixture
def client(folder: Folder) -> Iterator[TestClient]:
    with TestClient(build_api(folder.served, Conversations())) as client:
        yield client


def ask(client: TestClient, question: str, **more: object) -> dict[str, Any]:
    given = client.post("/api/ask", json={"question": question, **more})
    assert given.status_code == 200, given.text
    answer: dict[str, Any] = given.json()
    return answer


def check(client: TestClient, passage: dict[str, Any], **more: object) -> str:
    place = {"start": passage["start"], "end": passage["end"], "sha256": passage["sha256"], **more}
    state: str = client.get(f"/api/check/{passage['doc']}", params=place).json()["state"]
    return state


def kept(client: TestClient, conversation: str) -> list[dict[str, Any]]:
    given = client.get(f"/api/conversations/{conversation}")
    assert given.status_code == 200, given.text
    turns: list[dict[str, Any]] = given.json()
    return turns


def test_added_changed_and_removed_files_are_what_everything_tells(
    folder: Folder, client: TestClient
) -> None:
    folder.put("kettle.md", MENDED)
    folder.put("toaster.md", "# Toasters\n\n## What does a toaster need?\n\nShake the crumbs out.\n")
    (folder.path / "oven.md").unlink()
    folder.look(2)
    assert [found["id"] for found in client.get("/api/documents").json()] == ["kettle.md", "toaster.md"]
    assert client.get("/api/documents/kettle.md").json()["text"] == MENDED
    assert client.get("/api/documents/oven.md").status_code == 404
    assert "What does a toaster need?" in client.get("/documents").text
    assert "whistles" in ask(client, SIGNS)["passages"][0]["text"]
    assert ask_tool(folder.served)("What does a toaster need?")["passages"][0]["doc"] == "toaster.md"


def test_health_tells_what_is_served_since_when_and_what_is_wrong(folder: Folder, client: TestClient) -> None:
    before = client.get("/healthz").json()
    folder.put("empty.md", "")
    folder.look(2)
    now = client.get("/healthz").json()
    assert (now["status"], now["documents"], now["problems"], now["trouble"]) == ("ok", 2, 1, None)
    assert now["corpus"] == before["corpus"] == folder.served.assistant.corpus.digest
    # It was taken up in the course of the last look.
    assert now["looked"] <= now["changed"]
    folder.path.replace(folder.path.with_name("aside"))
    folder.look()
    stale = client.get("/healthz").json()
    assert (stale["status"], stale["documents"]) == ("stale", 2)
    assert stale["trouble"].startswith("The documents as they are now cannot be read")
    assert str(folder.path) not in stale["trouble"]
    assert ask(client, SIGNS)["outcome"] == "answered"
    folder.path.with_name("aside").replace(folder.path)
    folder.look(2)
    assert client.get("/healthz").json()["status"] == "ok"


@pytest.mark.parametrize(
    ("changed", "standing"),
    [("", "gone"), (MENDED, "changed"), (KETTLE + "\nUse vinegar.\n", "changed"), (KETTLE, "identical")],
    ids=["taken away", "changed", "changed elsewhere", "as it was"],
)
def test_a_quote_is_checked_against_its_own_version_before_and_after_the_change_is_taken_up(
    folder: Folder, client: TestClient, changed: str, standing: str
) -> None:
    quote = ask(client, SIGNS)["passages"][0]
    assert (quote["standing"], check(client, quote)) == ("identical", "identical")
    if changed:
        folder.put("kettle.md", changed)
    else:
        (folder.path / "kettle.md").unlink()
    assert check(client, quote) == standing
    folder.look(2)
    assert check(client, quote) == standing


def test_who_does_not_say_which_version_was_quoted_is_never_told_that_it_is_the_same(
    folder: Folder, client: TestClient
) -> None:
    folder.put("kettle.md", MENDED)
    folder.look(2)
    quote = ask(client, SIGNS)["passages"][0]
    assert check(client, quote) == "identical"
    place = {"start": quote["start"], "end": quote["end"]}
    assert client.get("/api/check/kettle.md", params=place).json() == {"state": "changed"}


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (0, 10**9)])
def test_a_place_outside_the_document_is_no_quote_of_it(client: TestClient, start: int, end: int) -> None:
    quote = ask(client, SIGNS)["passages"][0]
    assert check(client, quote, start=start, end=end) == "changed"


def test_an_earlier_answer_is_given_as_it_was_and_says_how_its_quotes_stand(
    folder: Folder, client: TestClient
) -> None:
    first = ask(client, SIGNS)
    ask(client, "How is an oven cleaned?", conversation=first["conversation"])
    folder.put("kettle.md", "# News\n\nAll of it is new here.\n" + MENDED)
    (folder.path / "oven.md").unlink()
    folder.look(2)
    kettle, oven = (turn["passages"][0] for turn in kept(client, first["conversation"]))
    same = ("doc", "start", "end", "text", "citation", "title", "sha256")
    assert {name: kettle[name] for name in same} == {name: first["passages"][0][name] for name in same}
    assert (kettle["standing"], kettle["context"]) == ("changed", [])
    assert (oven["standing"], oven["context"], oven["title"]) == ("gone", [], "Ovens")


@pytest.mark.parametrize("follow_up", ["How do I clean it?", "And why is that?", "Does it take long?"])
@pytest.mark.parametrize("gone", [True, False], ids=["its document gone", "its document moved"])
def test_a_follow_up_is_answered_over_the_documents_as_they_are_now(
    folder: Folder, client: TestClient, follow_up: str, gone: bool
) -> None:
    for number in range(8):
        folder.put(f"a{number}.md", f"# Pan {number}\n\n## Uses of pan {number}\n\nPan {number} fries.\n")
    folder.look(2)
    first = ask(client, SIGNS)
    for number in range(8):
        (folder.path / f"a{number}.md").unlink()
    if gone:
        (folder.path / "kettle.md").unlink()
    folder.look(2)
    held = {document.id for document in folder.served.assistant.corpus.documents}
    second = ask(client, follow_up, conversation=first["conversation"])
    assert {passage["doc"] for passage in second["passages"]} <= held
    again = {"conversation": first["conversation"], "instead_of": 2, "undo": {"carried": True}}
    assert {passage["doc"] for passage in ask(client, SIGNS, **again)["passages"]} <= held
    assert [turn["question"] for turn in kept(client, first["conversation"])] == [SIGNS]


def test_a_follow_up_goes_on_where_its_passage_stands_now(folder: Folder, client: TestClient) -> None:
    more = "".join(f"\n## Is part {number} for sale?\n\nPart {number} is in shops.\n" for number in range(5))
    folder.put("kettle.md", KETTLE + more)
    folder.look(2)
    first = ask(client, SIGNS)
    assert first["next"]
    for number in range(8):
        folder.put(f"a{number}.md", f"# Pan {number}\n\n## Uses of pan {number}\n\nPan {number} fries.\n")
    folder.look(2)
    assistant = folder.served.assistant
    (turn,) = kept(client, first["conversation"])
    assert turn["next"] == first["next"]
    replayed = assistant.replay([SIGNS])
    expected = assistant.ask("How long does it take?", replayed)
    given = ask(client, "How long does it take?", conversation=first["conversation"])
    assert [quote.passage.text for quote in expected.quotes] == [one["text"] for one in given["passages"]]


def test_a_reader_for_a_document_that_was_there_says_that_it_is_gone(
    folder: Folder, client: TestClient
) -> None:
    (folder.path / "oven.md").unlink()
    folder.look(2)
    assert client.get("/read/oven.md").headers["content-type"].startswith("text/html")
    assert client.get("/read/never.md").status_code == 404


def test_an_answer_names_the_state_that_it_is_from(folder: Folder, client: TestClient) -> None:
    first: Corpus = folder.served.assistant.corpus
    assert ask(client, SIGNS)["corpus"] == first.digest
    folder.put("kettle.md", MENDED)
    folder.look(2)
    assert ask(client, SIGNS)["corpus"] == folder.served.assistant.corpus.digest != first.digest
