import json
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.records import Document, Span
from bot.serving import Served
from bot.web.evaluate.access import Access
from bot.web.evaluate.bench import Bench
from bot.web.evaluate.excerpts import AROUND, LONGEST_MARK, excerpt
from bot.web.evaluate.kept import KEPT
from tests.web.evaluate.conftest import HOSTILE, finished, opened, start, upload, wait


@pytest.mark.parametrize(
    "path",
    ["/evaluate", "/evaluate/runs/{run}", "/evaluate/runs/{run}/questions/2", "/evaluate/runs/{run}/report"],
)
def test_what_questions_and_documents_say_stays_text(client: TestClient, path: str) -> None:
    run = finished(client, label=HOSTILE)
    page = client.get(path.format(run=run)).text
    assert HOSTILE not in page
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


def test_a_question_stands_beside_its_gold_and_what_came_first(client: TestClient) -> None:
    page = client.get(f"/evaluate/runs/{finished(client)}/questions/3").text
    assert "What is gout?" in page
    assert "<mark>Gout comes at night.</mark>" in page
    assert "What came first" in page
    assert '<a href="/read/gout.md?sha256=' in page


def test_a_miss_sets_the_scores_of_the_right_passage_beside_those_of_the_first(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.md").write_text("# Gout\n\nThe signs of gout are a red toe and pain.\n", encoding="utf-8")
    (corpus / "b.md").write_text("# Gout care\n\nGout is treated with colchicine.\n", encoding="utf-8")
    answer = {"doc": "b.md", "text": "Gout is treated with colchicine."}
    line = {"id": "1", "question": "What are the signs of gout?", "answers": [answer]}
    assistant = Assistant.open(corpus)
    bench = Bench.open(Served(assistant), tmp_path / "bench", corpus=corpus, access=Access(required=False))
    with opened(assistant, bench) as client:
        run = start(client, upload(client, json.dumps(line)))
        assert wait(client, run) == "done"
        page = client.get(f"/evaluate/runs/{run}/questions/1").text
    bench.close()
    assert "Ranked low" in page
    assert "Why the other came first" in page
    assert "The right passage at b.md:" in page


@pytest.mark.parametrize("place", ["0", "4", "-1", "x", "9" * 30, "%D9%A3"])
def test_a_question_that_is_not_there_is_said(client: TestClient, place: str) -> None:
    assert client.get(f"/evaluate/runs/{finished(client)}/questions/{place}").status_code == 404


@pytest.mark.parametrize("run", ["20260101-000000-000000", "nothing", "%2e%2e", "..%2f..%2fset", "a%00b"])
@pytest.mark.parametrize("rest", ["", "/progress", "/report", "/questions/1", "/files/report.json"])
def test_a_run_that_is_not_there_is_said(client: TestClient, run: str, rest: str) -> None:
    assert client.get(f"/evaluate/runs/{run}{rest}").status_code == 404


@pytest.mark.parametrize(
    ("name", "kind", "part"),
    [
        ("report.html", "text/html", "<!doctype html>"),
        ("report.json", "application/json", '"figures"'),
        ("predictions.jsonl", "application/x-ndjson", '"outcome"'),
        ("trec-run.txt", "text/plain", " Q0 "),
    ],
)
def test_what_came_out_can_be_taken_away(client: TestClient, name: str, kind: str, part: str) -> None:
    given = client.get(f"/evaluate/runs/{finished(client)}/files/{name}")
    assert given.headers["content-type"].startswith(kind)
    assert given.headers["content-disposition"].startswith("attachment")
    assert part in given.text


@pytest.mark.parametrize("name", ["run.json", "set", "%2e%2e", "..%2frun.json", "shown.html", ".predictions"])
def test_nothing_else_of_a_run_is_given_away(client: TestClient, name: str) -> None:
    assert client.get(f"/evaluate/runs/{finished(client)}/files/{name}").status_code == 404


def test_runs_over_the_same_questions_are_compared(client: TestClient) -> None:
    first, second = finished(client, label="old"), finished(client, label="new")
    assert "old" in client.get(f"/evaluate/runs/{second}").text
    page = client.get("/evaluate/compare", params={"run": [second, first]}).text
    assert "new against old" in page
    assert all(part in page for part in ("Holm", "hit@1", "95 % interval", "Wins", "Losses"))


def test_a_question_that_changed_is_listed_with_both_runs(client: TestClient, bench: Bench) -> None:
    first, second = finished(client, label="old"), finished(client, label="new")
    path = bench.runs.folder(second) / "predictions.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    lines[0] |= {"ranked": [], "outcome": "none", "passages": []}
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    _scored_anew(bench, second)
    page = client.get("/evaluate/compare", params={"run": [first, second]}).text
    assert "hit@1: 1 lost" in page
    assert f"/evaluate/runs/{second}/questions/1" in page
    looked = client.get(f"/evaluate/runs/{second}/questions/1").text
    assert "<p>Nothing.</p>" in looked


def _scored_anew(bench: Bench, run: str) -> None:
    (bench.runs.folder(run) / KEPT).unlink()
    bench.results.forget(run)


@pytest.mark.parametrize("count", [0, 1, 6])
def test_two_to_five_runs_are_compared(client: TestClient, count: int) -> None:
    runs = [f"20260101-000000-00000{number}" for number in range(count)]
    refused = client.get("/evaluate/compare", params={"run": runs})
    assert refused.status_code == 422
    assert "Choose 2 to 5 runs" in refused.text


def test_runs_without_a_question_in_common_are_not_compared(client: TestClient) -> None:
    first = finished(client)
    other = start(client, upload(client, '{"id": "x", "question": "What is gout?"}', "other.jsonl"))
    assert wait(client, other) == "done"
    refused = client.get("/evaluate/compare", params={"run": [first, other]})
    assert refused.status_code == 422
    assert "no question in common" in refused.text


def test_a_run_of_an_earlier_version_over_other_documents_keeps_its_report_but_not_its_questions(
    client: TestClient, bench: Bench
) -> None:
    run = finished(client)
    record = bench.runs.find(run)
    assert record is not None
    bench.runs.save(replace(record, corpus="others"))
    (bench.runs.folder(run) / KEPT).unlink()
    bench.results.forget(run)
    assert "Figures" in client.get(f"/evaluate/runs/{run}").text
    refused = client.get(f"/evaluate/runs/{run}/questions/1")
    assert refused.status_code == 422
    assert "over other documents" in refused.text


def test_an_excerpt_is_the_documents_own_text_and_bounded() -> None:
    text = "a" * 1000 + "b" * 5000 + "c" * 1000
    found = excerpt(Document("x y/ü.md", "X", text, (), "d"), Span(1000, 6000))
    assert found.before == "a" * AROUND
    assert found.marked == "b" * LONGEST_MARK
    assert (found.cut, found.after) == (True, "")
    assert found.address == "/read/x%20y/%C3%BC.md?sha256=d#1000-6000"


def test_the_text_around_an_excerpt_begins_and_ends_with_whole_words() -> None:
    text = "before " * 100 + "HERE" + " after" * 100
    found = excerpt(Document("x", "X", text, (), "d"), Span(700, 704))
    assert set(found.before.split()) == {"before"}
    assert set(found.after.split()) == {"after"}
    assert text[found.start - len(found.before) : found.end + len(found.after)] == (
        found.before + found.marked + found.after
    )


@pytest.mark.parametrize(("start", "end"), [(-5, 3), (8, 99), (20, 30), (5, 2)])
def test_an_excerpt_of_a_span_outside_its_document_stays_inside(start: int, end: int) -> None:
    text = "ten signs."
    found = excerpt(Document("x", "X", text, (), "d"), Span(start, end))
    assert found.before + found.marked + found.after == text


def test_pages_ask_no_other_site_for_anything(client: TestClient) -> None:
    run = finished(client)
    for path in ("/evaluate", "/evaluate/sets/set.jsonl", f"/evaluate/runs/{run}"):
        page = client.get(path).text
        assert 'src="http' not in page
        assert '<link rel="stylesheet" href="/ui/evaluate.css">' in page
    assert client.get("/ui/evaluate.css").status_code == 200
    assert client.get("/ui/evaluate.js").status_code == 200
