from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.serving import Served
from bot.web.api import build_api
from bot.web.conversations import Conversations
from bot.web.evaluate.access import COOKIE, MOST_SESSIONS, SESSION_SECONDS, Access
from bot.web.evaluate.bench import Bench
from bot.web.evaluate.entrance import mount_evaluator
from bot.web.guard import Guard
from tests.web.evaluate.conftest import LINES

JSON = {"content-type": "application/json"}


@pytest.fixture
def stranger(bench: Bench, client: TestClient) -> TestClient:
    """Somebody without a session, where one is required."""
    bench.access.required = True
    return client


@pytest.mark.parametrize(
    "path",
    [
        "/evaluate",
        "/evaluate/sets/set.jsonl",
        "/evaluate/runs/20260101-000000-000000",
        "/evaluate/runs/20260101-000000-000000/progress",
        "/evaluate/runs/20260101-000000-000000/report",
        "/evaluate/runs/20260101-000000-000000/files/report.json",
        "/evaluate/runs/20260101-000000-000000/questions/1",
        "/evaluate/runs/20260101-000000-000000/questions",
        "/evaluate/runs/20260101-000000-000000/judged.jsonl",
        "/evaluate/template.csv",
        "/evaluate/compare",
    ],
)
def test_no_page_is_shown_without_a_session(stranger: TestClient, path: str) -> None:
    refused = stranger.get(path)
    assert refused.status_code == 401
    assert "link that was printed" in refused.text


def test_the_chat_can_ask_whether_this_browser_may_judge(stranger: TestClient, bench: Bench) -> None:
    assert list(stranger.get("/evaluate/session").json()) == ["error"]
    stranger.post("/evaluate/enter", data={"token": bench.access.token})
    assert stranger.get("/evaluate/session").json() == {"evaluator": True}


@pytest.mark.parametrize(
    "path",
    [
        "sets",
        "sets/set.jsonl/delete",
        "runs",
        "runs/20260101-000000-000000/cancel",
        "runs/20260101-000000-000000/delete",
        "runs/20260101-000000-000000/set",
        "runs/20260101-000000-000000/questions/1/verdict",
        "trash/20260101-000000-00000000/back",
        "trash/20260101-000000-00000000/drop",
        "judged-into",
        "judgements",
    ],
)
def test_nothing_is_done_without_a_session(stranger: TestClient, path: str) -> None:
    assert stranger.post(f"/evaluate/{path}", content=b"{}", headers=JSON).status_code == 401


def test_a_strangers_file_is_not_even_read(stranger: TestClient, folder: Path) -> None:
    before = sorted(folder.iterdir())
    assert stranger.post("/evaluate/sets", files={"file": ("set.jsonl", LINES)}).status_code == 401
    assert sorted(folder.iterdir()) == before


def test_the_right_token_opens_a_session_that_scripts_and_other_sites_cannot_use(
    stranger: TestClient, bench: Bench
) -> None:
    entered = stranger.post("/evaluate/enter", data={"token": bench.access.token})
    cookie = entered.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Path=/evaluate"))
    assert bench.access.token not in cookie
    assert "Question sets" in stranger.get("/evaluate").text


@pytest.mark.parametrize("token", ["", "wrong", "é\U0001f600", "a" * 5000])
def test_a_wrong_token_gets_one_sentence_and_no_session(stranger: TestClient, token: str) -> None:
    refused = stranger.post("/evaluate/enter", data={"token": token})
    assert refused.status_code == 401
    assert "set-cookie" not in refused.headers


def test_a_token_in_an_address_opens_nothing(stranger: TestClient, bench: Bench) -> None:
    refused = stranger.get("/evaluate", params={"token": bench.access.token})
    assert refused.status_code == 401
    assert "set-cookie" not in refused.headers
    assert bench.access.token not in refused.text


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_other_sites_cannot_enter(stranger: TestClient, bench: Bench, site: str) -> None:
    headers = {"sec-fetch-site": site}
    sent = stranger.post("/evaluate/enter", data={"token": bench.access.token}, headers=headers)
    assert sent.status_code == 403
    assert "set-cookie" not in sent.headers


def test_a_made_up_session_is_no_session(stranger: TestClient) -> None:
    stranger.cookies.set(COOKIE, "guessed", path="/evaluate")
    assert stranger.get("/evaluate").status_code == 401


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_other_sites_can_do_nothing_even_with_a_session(client: TestClient, site: str) -> None:
    sent = client.post("/evaluate/judged-into", data={"name": "a.jsonl"}, headers={"sec-fetch-site": site})
    assert sent.status_code == 403


def test_another_origin_can_do_nothing(client: TestClient) -> None:
    headers = {"origin": "http://evil.example"}
    assert client.post("/evaluate/judged-into", data={"name": "a"}, headers=headers).status_code == 403


def test_without_the_option_there_is_no_such_page(assistant: Assistant, bench: Bench) -> None:
    api = build_api(Served(assistant), Conversations())
    mount_evaluator(api, bench)
    with TestClient(Guard(api), base_url="http://127.0.0.1") as client:
        assert client.get("/evaluate").status_code == 404
        assert client.get("/evaluate/compare").status_code == 404


def test_sessions_end_and_are_bounded_in_number() -> None:
    now = [0.0]
    access = Access(required=True, clock=lambda: now[0])
    first, second, *_ = [access.open(access.token) for _ in range(MOST_SESSIONS + 1)]
    assert not access.allows(first)
    assert access.allows(second)
    now[0] = SESSION_SECONDS + 1.0
    assert not access.allows(second)
