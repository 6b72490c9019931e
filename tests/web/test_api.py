from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.errors import EngineError
from bot.queries import Query
from bot.retrieval import Ranking
from bot.serving import Served
from bot.web.api import build_api
from bot.web.conversations import Conversations

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
    assert next(iter(refused.json())) == "error"


def test_an_engine_that_is_away_is_told_apart_from_no_answer(
    client: TestClient, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assistant.retriever, "ranking", away)
    given = client.post("/api/ask", json={"question": "Which signs does gout have?"})
    assert given.status_code == 503
    assert given.headers["retry-after"] == "10"
    assert given.json() == {
        "error": "The sources cannot be searched at the moment. Please ask again in a minute."
    }


def away(query: Query) -> Ranking:
    raise EngineError("10.0.0.7 cannot be reached")


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


def test_health_and_the_icon_are_served(client: TestClient, assistant: Assistant) -> None:
    assert client.get("/healthz").json() == {
        "status": "ok",
        "documents": 1,
        "problems": 0,
        "corpus": assistant.corpus.digest,
        "looked": None,
        "changed": None,
        "trouble": None,
        "meaning": {"state": "ready", "encoded": 1.0},
    }
    assert client.get("/favicon.ico").headers["content-type"].startswith("image/svg+xml")


def test_what_is_taken_back_is_not_done_and_its_turn_is_replaced(client: TestClient) -> None:
    first = client.post("/api/ask", json={"question": "Which sings does gout have?"}).json()
    body = {
        "question": "Which signs does goat have?",
        "conversation": first["conversation"],
        "instead_of": 1,
        "undo": {"corrected": ["goat"]},
    }
    again = client.post("/api/ask", json=body).json()
    assert again["understood"]["corrected"] == []
    kept = client.get(f"/api/conversations/{first['conversation']}").json()
    assert [turn["question"] for turn in kept] == ["Which signs does goat have?"]


def test_a_forgotten_conversation_is_gone(client: TestClient) -> None:
    conversation = client.post("/api/ask", json={"question": "hello"}).json()["conversation"]
    assert client.get(f"/api/conversations/{conversation}").status_code == 200
    assert client.delete(f"/api/conversations/{conversation}").status_code == 204
    assert client.get(f"/api/conversations/{conversation}").status_code == 404


@pytest.mark.parametrize(
    ("written", "state"),
    [(None, "identical"), ("# Signs of gout\n\nAll of it is new.\n", "changed"), ("", "gone")],
)
def test_a_quote_is_checked_against_the_file_as_it_is_now(
    tmp_path: Path, written: str | None, state: str
) -> None:
    source = tmp_path / "gout.md"
    source.write_text("# Signs of gout\n\nGout makes a toe swell.\n", encoding="utf-8")
    with TestClient(build_api(Served(Assistant.open(tmp_path)), Conversations())) as client:
        given = client.post("/api/ask", json={"question": "signs of gout"}).json()["passages"][0]
        if written is not None:
            source.write_text(written, encoding="utf-8")
        place = {"start": given["start"], "end": given["end"]}
        assert client.get("/api/check/gout.md", params=place).json() == {"state": state}
        assert client.get("/api/check/../gout.md", params=place).status_code == 404
        assert client.get("/api/check/none.md", params=place).status_code == 404


def test_an_address_that_a_browser_must_not_open_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\naddress: javascript:alert(1)\n---\n# A\n\nText.\n", encoding="utf-8")
    with TestClient(build_api(Served(Assistant.open(tmp_path)), Conversations())) as client:
        assert client.get("/api/documents").json()[0]["address"] is None


def test_a_document_says_which_signs_are_markup_what_each_heading_asks_and_of_when_it_is(
    client: TestClient,
) -> None:
    given = client.get("/api/documents/gout.md").json()
    hidden = [given["text"][start:end] for start, end in given["markup"]]
    assert hidden[:2] == ["# ", "## "]
    assert "Which signs does gout have?" in [section["asks"] for section in given["sections"]]
    assert given["about"] == ["No date given"]


@pytest.mark.parametrize(("language", "words"), [("en", "All documents"), ("es", "Todos los"), ("xx", "All")])
def test_every_document_and_heading_is_listed_and_each_heading_asks(
    client: TestClient, language: str, words: str
) -> None:
    page = client.get("/documents", params={"lang": language})
    assert words in page.text
    assert 'href="/read/gout.md?lang=' in page.text
    assert "#ask=Which%20signs%20does%20gout%20have%3F" in page.text


def test_a_passage_says_from_which_source_it_is(client: TestClient) -> None:
    given = client.post("/api/ask", json={"question": "Which signs does gout have?"}).json()
    assert given["passages"][0]["source"]["title"] == "Signs of gout"
    assert given["passages"][0]["provenance"] == ["No date given"]
