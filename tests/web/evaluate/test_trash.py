"""Sets and runs that are deleted can be put back for a while, and go for good then."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.web.evaluate.bench import Bench
from bot.web.evaluate.trash import DAYS, Trash
from tests.web.evaluate.conftest import LINES, finished, upload


def _delete(client: TestClient, path: str) -> str:
    """Deletes a set or a run; its id in the trash."""
    sent = client.post(f"/evaluate/{path}/delete", follow_redirects=False)
    assert sent.headers["location"] == "/evaluate#deleted"
    found = re.search(r"/evaluate/trash/([^/]+)/back", client.get("/evaluate").text)
    assert found is not None
    return found[1]


def test_a_run_is_deleted_and_put_back_with_all_that_it_gave(client: TestClient) -> None:
    run = finished(client, label="mine")
    deleted = _delete(client, f"runs/{run}")
    assert client.get(f"/evaluate/runs/{run}").status_code == 404
    home = client.get("/evaluate").text
    assert f"kept for {DAYS} days" in home
    assert f"goes for good on {datetime.now(UTC) + timedelta(days=DAYS):%Y-%m-%d}" in home
    back = client.post(f"/evaluate/trash/{deleted}/back", follow_redirects=False)
    assert back.headers["location"] == f"/evaluate/runs/{run}"
    assert client.get(f"/evaluate/runs/{run}/questions/1").status_code == 200
    assert "Put back" not in client.get("/evaluate").text


def test_a_set_is_put_back_beside_one_that_took_its_name(client: TestClient) -> None:
    upload(client)
    deleted = _delete(client, "sets/set.jsonl")
    assert client.get("/evaluate/sets/set.jsonl").status_code == 422
    upload(client, LINES + "\n\n")
    back = client.post(f"/evaluate/trash/{deleted}/back", follow_redirects=False)
    assert back.headers["location"] == "/evaluate/sets/set-2.jsonl"


def test_a_run_outlives_its_set(client: TestClient) -> None:
    run = finished(client)
    _delete(client, "sets/set.jsonl")
    assert client.get(f"/evaluate/runs/{run}/questions/1").status_code == 200


def test_what_is_deleted_for_good_is_gone(client: TestClient, folder: Path) -> None:
    deleted = _delete(client, f"sets/{upload(client)}")
    client.post(f"/evaluate/trash/{deleted}/drop")
    assert list((folder / ".trash").iterdir()) == []
    assert client.post(f"/evaluate/trash/{deleted}/back").status_code == 422


def test_what_is_older_than_its_time_goes_when_the_list_is_next_looked_at(tmp_path: Path) -> None:
    now = [datetime(2026, 3, 1, tzinfo=UTC)]
    trash = Trash(tmp_path, clock=lambda: now[0])
    for name in ("early.csv", "late.csv"):
        (tmp_path / name).write_text("x", encoding="utf-8")
        trash.throw(tmp_path / name, "set", name)
        now[0] += timedelta(days=20)
    assert [deleted.name for deleted in trash.all()] == ["late.csv"]
    assert len(list((tmp_path / ".trash").iterdir())) == 1


@pytest.mark.parametrize("name", ["..", "%2e%2e", "20260101-000000-00000000", "x"])
def test_nothing_but_what_was_deleted_is_put_back_or_dropped(client: TestClient, name: str) -> None:
    for action in ("back", "drop"):
        assert client.post(f"/evaluate/trash/{name}/{action}").status_code in (404, 405, 422)


def test_a_run_under_way_is_not_deleted(
    client: TestClient, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = finished(client)
    monkeypatch.setattr(bench.worker, "progress", lambda _: object())
    refused = client.post(f"/evaluate/runs/{run}/delete")
    assert refused.status_code == 422
    assert "stop it first" in refused.text


def test_a_run_whose_record_is_damaged_can_be_deleted(client: TestClient, bench: Bench) -> None:
    run = finished(client)
    (bench.runs.folder(run) / "run.json").write_text("{", encoding="utf-8")
    assert f"Delete the damaged run {run}" in client.get("/evaluate").text
    _delete(client, f"runs/{run}")
    assert f"Delete the damaged run {run}" not in client.get("/evaluate").text
