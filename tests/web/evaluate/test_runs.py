import json
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.evaluation.predict import predict
from bot.evaluation.questions import Question
from bot.serving import Served
from bot.web.evaluate import bench as bounds
from bot.web.evaluate import results, worker
from bot.web.evaluate.access import Access
from bot.web.evaluate.bench import Bench
from bot.web.evaluate.runs import PREDICTIONS, Runs
from tests.web.evaluate.conftest import QUESTIONS, finished, opened, start, upload, wait

Gate = threading.Event


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """Holds every run back after its first question until it is set."""
    opened = Gate()

    def slowly(
        assistant: Assistant, questions: Iterable[Question], *, depth: int
    ) -> Iterator[dict[str, object]]:
        for place, prediction in enumerate(predict(assistant, questions, depth=depth)):
            assert place == 0 or opened.wait(20)
            yield prediction

    monkeypatch.setattr(results, "predict", slowly)
    yield opened
    opened.set()


def _until(client: TestClient, run: str, done: int) -> None:
    while client.get(f"/evaluate/runs/{run}/progress").json()["done"] < done:
        pass


def test_a_run_shows_its_figures_and_keeps_its_files(client: TestClient, bench: Bench) -> None:
    run = finished(client, label="first try")
    page = client.get(f"/evaluate/runs/{run}").text
    assert all(part in page for part in ("first try", "Figures", "Plots", "What went wrong", "MRR@10"))
    kept = {path.name for path in bench.runs.folder(run).iterdir()}
    assert kept >= {"set", "run.json", "predictions.jsonl", "report.html", "report.json", "trec-run.txt"}
    lines = (bench.runs.folder(run) / PREDICTIONS).read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [question["id"] for question in QUESTIONS]


def test_runs_wait_for_each_other(client: TestClient, gate: Gate) -> None:
    first = start(client, upload(client), label="one")
    _until(client, first, 1)
    second = start(client, label="two")
    assert client.get(f"/evaluate/runs/{second}/progress").json()["state"] == "waiting"
    assert "Waiting for an earlier run" in client.get(f"/evaluate/runs/{second}").text
    gate.set()
    assert [wait(client, first), wait(client, second)] == ["done", "done"]


def test_progress_is_shown_without_script_too(client: TestClient, gate: Gate) -> None:
    run = start(client, upload(client))
    _until(client, run, 1)
    page = client.get(f"/evaluate/runs/{run}").text
    assert '<progress id="bar" max="3" value="1">' in page
    assert '<noscript><meta http-equiv="refresh"' in page


def test_a_run_is_stopped_and_taken_up_where_it_was(
    client: TestClient, bench: Bench, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = start(client, upload(client))
    _until(client, run, 1)
    client.post(f"/evaluate/runs/{run}/cancel")
    gate.set()
    assert wait(client, run) == "cancelled"
    assert "was stopped" in client.get(f"/evaluate/runs/{run}").text
    asked: list[str] = []

    def noting(
        assistant: Assistant, questions: Iterable[Question], *, depth: int
    ) -> Iterator[dict[str, object]]:
        asked.extend(question.id for question in questions)
        yield from predict(assistant, questions, depth=depth)

    monkeypatch.setattr(results, "predict", noting)
    client.post(f"/evaluate/runs/{run}/resume")
    assert wait(client, run) == "done"
    assert 0 < len(asked) < len(QUESTIONS)
    whole = finished(client)
    assert _without_times(bench, run) == _without_times(bench, whole)


def _without_times(bench: Bench, run: str) -> list[dict[str, object]]:
    lines = (bench.runs.folder(run) / PREDICTIONS).read_text("utf-8").splitlines()
    return [json.loads(line) | {"milliseconds": 0} for line in lines]


def test_a_run_that_waits_is_stopped_at_once(client: TestClient, gate: Gate) -> None:
    first = start(client, upload(client))
    _until(client, first, 1)
    second = start(client)
    client.post(f"/evaluate/runs/{second}/cancel")
    assert client.get(f"/evaluate/runs/{second}/progress").json()["state"] == "cancelled"
    gate.set()
    assert wait(client, first) == "done"


def test_a_run_under_way_is_interrupted_by_the_end_of_the_server_and_can_go_on(
    client: TestClient, bench: Bench, gate: Gate, assistant: Assistant, folder: Path
) -> None:
    run = start(client, upload(client))
    _until(client, run, 1)
    gate.set()
    bench.close()
    again = Bench.open(Served(assistant), folder, corpus=folder / "none", access=Access(required=False))
    standing = again.standing(run)
    again.close()
    assert standing is not None
    assert standing.state in ("interrupted", "done")


def test_a_record_without_a_worker_counts_as_interrupted(client: TestClient, bench: Bench) -> None:
    run = finished(client)
    record = bench.runs.find(run)
    assert record is not None
    bench.runs.save(replace(record, state="running"))
    assert "was interrupted" in client.get(f"/evaluate/runs/{run}").text
    client.post(f"/evaluate/runs/{run}/resume")
    assert wait(client, run) == "done"


def test_a_run_that_fails_says_why_in_a_sentence(
    client: TestClient, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = finished(client)
    record = bench.runs.find(run)
    assert record is not None
    bench.runs.questions(record).write_text("{", encoding="utf-8")
    bench.runs.save(replace(record, state="cancelled"))
    client.post(f"/evaluate/runs/{run}/resume")
    assert wait(client, run) == "failed"
    assert "set.jsonl, line 1: it is not valid JSON" in client.get(f"/evaluate/runs/{run}").text


def test_a_fault_of_the_program_ends_its_run_only(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def faulty(*_: object, **__: object) -> Iterator[dict[str, object]]:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(results, "predict", faulty)
        run = start(client, upload(client))
        assert wait(client, run) == "failed"
    assert "a fault of its own" in client.get(f"/evaluate/runs/{run}").text
    assert wait(client, start(client)) == "done"
    assert "ended with a fault" in caplog.text


def test_too_many_waiting_runs_are_refused(
    client: TestClient, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "MOST_WAITING", 1)
    upload(client)
    runs = [start(client), start(client)]
    refused = client.post("/evaluate/runs", data={"set": "set.jsonl"})
    assert refused.status_code == 422
    assert "Too many runs wait" in refused.text
    gate.set()
    assert [wait(client, run) for run in runs] == ["done", "done"]


def test_slices_and_depth_are_kept(client: TestClient, bench: Bench) -> None:
    run = finished(client, slices="yes", depth="2")
    record = bench.runs.find(run)
    assert record is not None
    assert (record.slices, record.depth) == (True, 2)
    assert record.count > len(QUESTIONS)
    assert "misspelt" in client.get(f"/evaluate/runs/{run}").text


@pytest.mark.parametrize("depth", ["-1", "x", "", "101", "9" * 5000, "٣"])
def test_a_depth_out_of_bounds_is_refused(client: TestClient, depth: str) -> None:
    upload(client)
    refused = client.post("/evaluate/runs", data={"set": "set.jsonl", "depth": depth})
    assert refused.status_code == 422
    assert f"from 0 to {bounds.DEEPEST}" in refused.text


@pytest.mark.parametrize("name", ["nothing.jsonl", "", "../pyproject.toml", "runs"])
def test_a_run_needs_a_set_on_the_shelf(client: TestClient, name: str) -> None:
    assert client.post("/evaluate/runs", data={"set": name}).status_code == 422


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: "",
        lambda _: "[]",
        lambda text: text.replace('"depth": 10', '"depth": "deep"'),
        lambda text: text[: len(text) // 2],
    ],
)
def test_a_damaged_record_is_named_and_hides_no_other_run(
    client: TestClient, bench: Bench, damage: Callable[[str], str]
) -> None:
    run, other = finished(client, label="damaged one"), finished(client, label="sound one")
    path = bench.runs.folder(run) / "run.json"
    path.write_text(damage(path.read_text("utf-8")), encoding="utf-8")
    assert "sound one" in client.get("/evaluate").text
    assert f"{run}/run.json" in client.get(f"/evaluate/runs/{run}").text
    assert client.get(f"/evaluate/runs/{other}").status_code == 200


def test_runs_outside_the_folder_are_not_found(tmp_path: Path) -> None:
    runs = Runs(tmp_path / "runs")
    assert runs.all() == ()
    assert [runs.find(name) for name in ("..", "", "../runs", "20260101-000000-000000")] == [None] * 4


def test_a_run_taken_up_over_other_documents_is_one_over_them(client: TestClient, bench: Bench) -> None:
    run = finished(client)
    record = bench.runs.find(run)
    assert record is not None
    bench.runs.save(replace(record, state="cancelled", corpus="others"))
    bench.results.forget(run)
    client.post(f"/evaluate/runs/{run}/resume")
    assert wait(client, run) == "done"
    assert client.get(f"/evaluate/runs/{run}/questions/1").status_code == 200


def test_a_second_server_on_the_same_folder_leaves_a_live_run_alone(
    assistant: Assistant, bench: Bench, client: TestClient, gate: Gate, tmp_path: Path
) -> None:
    run = start(client, upload(client))
    _until(client, run, 1)
    other = Bench.open(
        Served(assistant), bench.folder, corpus=tmp_path / "corpus", access=Access(required=False)
    )
    with opened(assistant, other) as beside:
        assert "Another server" in beside.post(f"/evaluate/runs/{run}/resume").text
        # Even one that was lined up before the other had begun.
        other.worker.add(run, 1)
        while other.worker.progress(run) is not None:
            pass
    found = bench.runs.find(run)
    assert found is not None
    assert found.state == "running"
    gate.set()
    assert wait(client, run) == "done"
    other.close()


def test_figures_of_earlier_runs_have_the_names_of_today(client: TestClient, bench: Bench) -> None:
    run = finished(client)
    record = bench.runs.find(run)
    assert record is not None
    bench.runs.save(replace(record, figures={"shown-hit": 0.75}))
    again = bench.runs.find(run)
    assert again is not None
    assert again.figures == {"helped": 0.75}
