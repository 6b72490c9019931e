import pytest
from starlette.testclient import TestClient

from bot.assistant import Assistant

JSON = {"content-type": "application/json"}


def test_a_question_gets_passages_that_are_slices_of_their_document(
    client: TestClient, assistant: Assistant
) -> None:
    given = client.post("/api/ask", json={"question": "Which signs does gout have?"}).json()
    assert given["outcome"] == "answered"
    for passage in given["passages"]:
        text = assistant.document(passage["doc"]).text
        assert text[passage["start"] : passage["end"]] == passage["text"]


def test_a_conversation_goes_on_under_its_id(client: TestClient) -> None:
    first = client.post("/api/ask", json={"question": "Which signs does gout have?"}).json()
    body = {"question": "When does it come?", "conversation": first["conversation"]}
    assert client.post("/api/ask", json=body).json()["conversation"] == first["conversation"]


def test_an_unknown_conversation_begins_anew(client: TestClient) -> None:
    body = {"question": "Which signs does gout have?", "conversation": "guessed"}
    assert client.post("/api/ask", json=body).json()["conversation"] != "guessed"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"question": 3}',
        b'{"question": ""}',
        b'{"question": "   "}',
        b'{"question": "\xff"}',
        b'{"question": "\\ud800"}',
        '{"question": "\U0001f600"}'.encode(),
        b'{"question": "' + b"a" * 10_000 + b'"}',
    ],
)
def test_a_question_that_cannot_be_asked_gets_one_sentence(client: TestClient, body: bytes) -> None:
    refused = client.post("/api/ask", content=body, headers=JSON)
    assert 400 <= refused.status_code < 500
    assert list(refused.json()) == ["error"]


def test_a_document_comes_with_its_text_and_sections(client: TestClient, assistant: Assistant) -> None:
    document = assistant.document("gout.md")
    given = client.get("/api/documents/gout.md").json()
    assert given["text"] == document.text
    assert given["sha256"] == document.digest
    assert len(given["sections"]) == len(document.sections)
    assert [listed["id"] for listed in client.get("/api/documents").json()] == ["gout.md"]


@pytest.mark.parametrize("doc", ["nope.md", "..%2Fgout.md", "%2e%2e/%2e%2e/etc/passwd", "gout.md/"])
def test_only_documents_of_the_corpus_are_given(client: TestClient, doc: str) -> None:
    assert client.get(f"/api/documents/{doc}").status_code == 404


def test_health_and_the_icon_are_served(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "documents": 1}
    assert client.get("/favicon.ico").headers["content-type"].startswith("image/svg+xml")
