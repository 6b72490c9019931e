"""What evaluators say of passages and questions in a run: noted, taken back, and taken away as a set."""

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.errors import QuestionSetError
from bot.evaluation.questions import load_question_set
from bot.evaluation.scoring import score
from bot.web.evaluate.bench import Bench
from bot.web.evaluate.runs import PREDICTIONS
from bot.web.evaluate.verdicts import Asked, JudgedPassage, VerdictLog
from tests.web.evaluate.conftest import ANSWER, finished, start, wait

PASSAGE = JudgedPassage("gout.md", 0, 4, "Gout")
ASKED = Asked("What is gout?")


def _form(client: TestClient, run: str, place: int, where: str) -> Tag:
    page = BeautifulSoup(client.get(f"/evaluate/runs/{run}/questions/{place}").text, "html.parser")
    found = page.select_one(f'form.verdict:has(input[name=passage][value="{where}"])')
    assert found is not None
    return found


def _judge(client: TestClient, run: str, place: int, where: str, verdict: str) -> None:
    """Presses a button of the form as the page shows it."""
    form = _form(client, run, place, where)
    values = {str(field["name"]): str(field["value"]) for field in form.select("input")}
    sent = client.post(str(form["action"]), data=values | {"verdict": verdict}, follow_redirects=False)
    assert sent.status_code == 303, sent.text
    assert sent.headers["location"].endswith(f"/questions/{place}#{where or 'question'}")


def _noted(client: TestClient, run: str, place: int, where: str) -> str:
    """What holds, as the page says it."""
    said = _form(client, run, place, where).select_one(".noted")
    return "" if said is None else re.sub(r", \d.*", "", said.text)


@pytest.mark.parametrize(
    ("where", "verdict"),
    [("shown-1", "right"), ("shown-1", "wrong"), ("ranked-1", "harmful"), ("", "should refuse")],
)
def test_a_verdict_is_noted_and_can_be_taken_back(client: TestClient, where: str, verdict: str) -> None:
    run = finished(client)
    _judge(client, run, 1, where, verdict)
    assert _noted(client, run, 1, where) == f"Judged “{verdict}”"
    listed = client.get(f"/evaluate/runs/{run}/questions", params={"judged": verdict}).text
    assert f"judged: {verdict}" in listed
    _judge(client, run, 1, where, "back")
    assert _noted(client, run, 1, where) == ""


def test_taking_back_brings_back_what_held_before(client: TestClient) -> None:
    run = finished(client)
    for verdict in ("right", "harmful"):
        _judge(client, run, 1, "shown-1", verdict)
    _judge(client, run, 1, "shown-1", "back")
    assert _noted(client, run, 1, "shown-1") == "Judged “right”"


def test_what_was_judged_in_one_run_is_known_in_the_next(client: TestClient) -> None:
    _judge(client, finished(client), 1, "shown-1", "wrong")
    assert _noted(client, finished(client), 1, "shown-1") == "Judged “wrong”"


def test_links_keep_the_filter_after_judging(client: TestClient) -> None:
    run = finished(client)
    page = client.get(
        f"/evaluate/runs/{run}/questions/1", params={"kind": "plain", "words": "gout & <b>"}
    ).text
    form = BeautifulSoup(page, "html.parser").select_one("form.verdict")
    assert form is not None
    values = {str(field["name"]): str(field["value"]) for field in form.select("input")}
    values["verdict"] = "should refuse"
    sent = client.post(str(form["action"]), data=values, follow_redirects=False)
    assert sent.headers["location"].endswith("/questions/1?kind=plain&words=gout+%26+%3Cb%3E#question")


@pytest.mark.parametrize(
    ("place", "where", "verdict", "status"),
    [
        ("1", "shown-1", "should refuse", 422),
        ("1", "", "right", 422),
        ("1", "shown-1", "excellent", 422),
        ("1", "shown-99", "right", 404),
        ("1", "shown-x", "right", 404),
        ("9", "shown-1", "right", 404),
    ],
)
def test_a_verdict_on_what_is_not_there_gets_one_sentence(
    client: TestClient, place: str, where: str, verdict: str, status: int
) -> None:
    run = finished(client)
    data = {"passage": where, "verdict": verdict}
    assert client.post(f"/evaluate/runs/{run}/questions/{place}/verdict", data=data).status_code == status


def test_two_evaluators_who_judge_the_same_passage_do_no_harm(client: TestClient) -> None:
    run = finished(client)
    form = _form(client, run, 1, "shown-1")
    values = {str(field["name"]): str(field["value"]) for field in form.select("input")}
    _judge(client, run, 1, "shown-1", "wrong")
    late = client.post(str(form["action"]), data=values | {"verdict": "right"})
    assert late.status_code == 422
    assert "Somebody else has judged this" in late.text
    assert "it is “wrong” now" in late.text
    assert _noted(client, run, 1, "shown-1") == "Judged “wrong”"
    agreed = client.post(str(form["action"]), data=values | {"verdict": "wrong"}, follow_redirects=False)
    assert agreed.status_code == 303


def test_judgements_of_many_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    logs = [VerdictLog(tmp_path / "log.jsonl") for _ in range(2)]
    passages = [JudgedPassage("gout.md", at, at + 4, f"word {at}") for at in range(20)]

    def judge(at: int) -> None:
        logs[at % 2].add(ASKED, passages[at], "right", seen=0)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(judge, range(20)))
    assert len(logs[0].of(ASKED).held) == 20


def test_a_line_that_was_cut_off_loses_no_other(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "log.jsonl"
    log = VerdictLog(path)
    log.add(ASKED, None, "should refuse", seen=0)
    with path.open("ab") as file:
        file.write(b'{"question": "Wh')
    log.add(ASKED, PASSAGE, "right", seen=0)
    assert log.of(ASKED).names == {"right", "should refuse"}
    assert "Line 2" in caplog.text


def test_nothing_is_taken_back_that_was_not_said(tmp_path: Path) -> None:
    log = VerdictLog(tmp_path / "log.jsonl")
    log.add(ASKED, PASSAGE, None, seen=0)
    assert log.of(ASKED).held == ()
    log.add(ASKED, PASSAGE, "right", seen=0)
    with pytest.raises(QuestionSetError, match="Somebody else"):
        log.add(ASKED, PASSAGE, None, seen=0)


Loaded = Callable[[str], dict[str, dict[str, Any]]]


@pytest.fixture
def exported(client: TestClient) -> Loaded:
    """The lines that a run's judgements make, by id."""

    def of(run: str) -> dict[str, dict[str, Any]]:
        lines = client.get(f"/evaluate/runs/{run}/judged.jsonl").text.splitlines()
        return {str(json.loads(line)["id"]): json.loads(line) for line in lines}

    return of


def test_without_judgements_the_set_comes_out_as_it_went_in(client: TestClient, exported: Loaded) -> None:
    lines = exported(finished(client))
    assert lines["signs"]["answers"] == [{"doc": "gout.md", "text": "Gout makes a toe swell"}]
    assert lines["night"]["history"] == ["What is gout?"]
    assert lines["night"]["answers"] == [{"doc": "gout.md", "text": ANSWER}]


def test_a_wrong_passage_takes_the_right_answer_that_it_holds_with_it(
    client: TestClient, bench: Bench, exported: Loaded
) -> None:
    run = finished(client)
    record = bench.runs.find(run)
    assert record is not None
    first = bench.results.prediction(record, 1).rows("passages")[0]
    _judge(client, run, 1, "shown-1", "wrong")
    line = exported(run)["signs"]
    assert line["answers"] is None
    assert line["verdicts"][0]["text"] == first.text("text")
    assert "it is still not known what is right" in client.get(f"/evaluate/runs/{run}").text


def test_a_question_that_should_be_refused_has_no_answers_unless_one_is_found_later(
    client: TestClient, exported: Loaded
) -> None:
    run = finished(client)
    _judge(client, run, 1, "", "should refuse")
    assert exported(run)["signs"]["answers"] == []
    _judge(client, run, 1, "shown-1", "right")
    assert exported(run)["signs"]["answers"] == [{"doc": "gout.md", "text": "Gout makes a toe swell"}]


def test_a_right_passage_answers_a_question_that_had_none(client: TestClient, exported: Loaded) -> None:
    run = finished(client)
    _judge(client, run, 2, "ranked-1", "right")
    (line,) = (line for line in exported(run).values() if "verdicts" in line)
    assert [(answer["doc"], "Gout" in answer["text"]) for answer in line["answers"]] == [("gout.md", True)]


def test_the_export_scores_the_runs_own_predictions(
    client: TestClient, bench: Bench, assistant: Assistant, tmp_path: Path
) -> None:
    run = finished(client)
    _judge(client, run, 1, "shown-1", "harmful")
    _judge(client, run, 3, "", "should refuse")
    path = tmp_path / "judged.jsonl"
    path.write_text(client.get(f"/evaluate/runs/{run}/judged.jsonl").text, encoding="utf-8")
    asked = load_question_set(path, assistant.corpus)
    assert [question.counted for question in asked.questions] == [False, True, True]
    scored = score(asked, bench.runs.folder(run) / PREDICTIONS, assistant.corpus)
    assert [record.refusable for record in scored.judged] == [False, True, True]


def test_only_what_was_judged_can_be_taken_away_and_nothing_is_said(client: TestClient) -> None:
    run = finished(client)
    refused = client.get(f"/evaluate/runs/{run}/judged.jsonl", params={"only": "yes"})
    assert refused.status_code == 422
    assert "No question of this run has been judged yet" in refused.text
    _judge(client, run, 3, "shown-1", "right")
    given = client.get(f"/evaluate/runs/{run}/judged.jsonl", params={"only": "yes"})
    assert len(given.text.splitlines()) == 1
    assert given.headers["content-disposition"].startswith("attachment")


def test_judgements_become_a_set_on_the_shelf_that_can_be_run(client: TestClient) -> None:
    run = finished(client)
    _judge(client, run, 1, "", "should refuse")
    made = client.post(f"/evaluate/runs/{run}/set", follow_redirects=False)
    assert made.headers["location"] == "/evaluate/sets/set%20judged.jsonl"
    page = client.get(made.headers["location"]).text
    assert "3 questions, 1 of them with an answer in the documents, 2 without" in page
    assert wait(client, start(client, "set judged.jsonl")) == "done"


def test_strangers_from_another_site_cannot_judge(client: TestClient) -> None:
    run = finished(client)
    for headers in ({"origin": "http://elsewhere.example"}, {"sec-fetch-site": "cross-site"}):
        sent = client.post(
            f"/evaluate/runs/{run}/questions/1/verdict",
            data={"passage": "", "verdict": "should refuse"},
            headers=headers,
        )
        assert sent.status_code == 403
    assert _noted(client, run, 1, "") == ""
