"""Documents that change under evaluators: a run is over one state of them, and nothing mixes two."""

import json
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.evaluation.predict import predict
from bot.evaluation.questions import Question
from bot.web.api import build_api
from bot.web.conversations import Conversations
from bot.web.evaluate import results
from bot.web.evaluate.access import Access
from bot.web.evaluate.bench import Bench
from bot.web.evaluate.entrance import mount_evaluator
from bot.web.evaluate.runs import PREDICTIONS
from tests.serving.folders import Folder
from tests.web.conftest import SYMPTOMS
from tests.web.evaluate.conftest import ANSWER, LINES, finished, start, upload, wait

MOVED = SYMPTOMS.replace("## Which", "Gout is old.\n\n## Which")


@pytest.fixture
def documents(tmp_path: Path) -> Folder:
    """A watched folder with the document of the questions."""
    made = tmp_path / "documents"
    made.mkdir()
    (made / "gout.md").write_text(SYMPTOMS, encoding="utf-8")
    return Folder(made)


@pytest.fixture
def bench(documents: Folder, folder: Path) -> Iterator[Bench]:
    bench = Bench.open(documents.served, folder, corpus=documents.path, access=Access(required=False))
    yield bench
    bench.close()


@pytest.fixture
def client(documents: Folder, bench: Bench) -> Iterator[TestClient]:
    api = build_api(documents.served, Conversations())
    mount_evaluator(api, bench)
    with TestClient(api) as client:
        yield client


def _change(documents: Folder) -> None:
    documents.put("gout.md", MOVED)
    documents.look(2)


def test_a_run_goes_on_over_the_documents_that_it_began_with(
    documents: Folder, client: TestClient, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, changed = threading.Event(), threading.Event()
    first = documents.served.assistant

    def slowly(
        assistant: Assistant, questions: Iterable[Question], *, depth: int
    ) -> Iterator[dict[str, object]]:
        for prediction in predict(assistant, questions, depth=depth):
            begun.set()
            assert changed.wait(60)
            yield prediction

    monkeypatch.setattr(results, "predict", slowly)
    run = start(client, upload(client))
    assert begun.wait(60)
    _change(documents)
    changed.set()
    assert wait(client, run) == "done"
    record = bench.runs.find(run)
    assert record is not None
    assert record.corpus == first.corpus.digest != documents.served.assistant.corpus.digest
    assert record.figures["verbatim"] == 1.0
    lines = (bench.runs.folder(run) / PREDICTIONS).read_text("utf-8").splitlines()
    for passage in (passage for line in lines for passage in json.loads(line)["passages"]):
        assert first.document("gout.md").text[passage["start"] : passage["end"]] == passage["text"]


def test_a_run_over_earlier_documents_is_still_looked_into_in_the_words_of_then(
    documents: Folder, client: TestClient
) -> None:
    before = finished(client)
    _change(documents)
    page = client.get(f"/evaluate/runs/{before}/questions/3").text
    assert f"<mark>{ANSWER}</mark>" in page
    assert "Changed since this run, so that words are shown as they were kept: gout.md." in page
    assert "Why the ranking is as it is can be told only over the documents" in page
    assert '<a href="/read/gout.md' not in page
    assert "When does gout come?" in client.get(f"/evaluate/runs/{before}/questions").text


def test_runs_over_changed_documents_are_compared_where_their_questions_agree(
    documents: Folder, client: TestClient
) -> None:
    before = finished(client)
    _change(documents)
    after = start(client)
    assert wait(client, after) == "done"
    assert "documents or questions have changed" in client.get(f"/evaluate/runs/{after}").text
    page = client.get("/evaluate/compare", params={"run": [before, after]}).text
    assert "3 questions agree in all runs and are compared. The documents have changed." in page
    assert "1 document changed: gout.md" in page
    assert "2 right passages moved" in page
    start_before = SYMPTOMS.index(ANSWER)
    assert f"gout.md, {start_before} to {start_before + len(ANSWER)}, now gout.md, " in page


def test_questions_that_do_not_agree_are_left_out_and_counted(documents: Folder, client: TestClient) -> None:
    before = finished(client)
    _change(documents)
    lines = [json.loads(line) for line in LINES.splitlines()]
    lines[0]["question"] = "What are the signs of gout?"
    lines[2]["answers"] = [{"doc": "gout.md", "text": "Gout is old."}]
    lines.append({"id": "new", "question": "Is gout old?", "answers": []})
    after = start(client, upload(client, "".join(json.dumps(line) + "\n" for line in lines), "new.jsonl"))
    assert wait(client, after) == "done"
    page = client.get("/evaluate/compare", params={"run": [before, after]}).text
    assert "1 question agrees in all runs and is compared; 3 do not and are left out." in page
    for reason in ("1 not in every run", "1 asked in other words", "1 with other right answers"):
        assert reason in page


def test_a_set_is_checked_against_the_documents_as_they_are(documents: Folder, client: TestClient) -> None:
    upload(client)
    documents.put("gout.md", SYMPTOMS.replace(ANSWER, "It comes at dawn."))
    documents.look(2)
    refused = client.post("/evaluate/runs", data={"set": "set.jsonl"})
    assert refused.status_code == 422
    assert "set.jsonl, line 3" in refused.text
    sent = client.post("/evaluate/sets", files={"file": ("again.jsonl", LINES)})
    assert sent.status_code == 422


def test_a_passage_of_an_earlier_document_is_not_noted_as_one_of_the_present(
    documents: Folder, client: TestClient, folder: Path
) -> None:
    quote = client.post("/api/ask", json={"question": "When does gout come?"}).json()["passages"][0]
    judged = {name: quote[name] for name in ("doc", "start", "end", "sha256")}
    judgement = {"question": "When does gout come?", "history": [], **judged}
    assert client.post("/evaluate/judgements", json=judgement).status_code == 200
    _change(documents)
    refused = client.post("/evaluate/judgements", json=judgement)
    assert refused.status_code == 422
    assert "has changed since" in refused.json()["error"]
    assert len((folder / "judgements.jsonl").read_text("utf-8").splitlines()) == 1
