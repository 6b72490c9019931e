"""Sets with something wrong: all of it is said at once, and what can be left out can be."""

import re

from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from tests.web.evaluate.conftest import ANSWER, start, wait


def _table(*rows: str) -> str:
    return "".join(f"{row}\n" for row in ("id,question,answer,document", *rows))


FAULTY = _table(
    "1,When does gout come?,Gout comes at dusk.,gout.md",
    "2,,Gout comes at night.,gout.md",
    "3,When does gout come?,Gout comes at night.,gut.md",
    "4,What costs it?,<b>nothing</b>,gout.md",
)


def test_all_that_is_wrong_with_a_set_is_said_at_once(client: TestClient) -> None:
    refused = client.post("/evaluate/sets", files={"file": ("bad.csv", FAULTY)})
    assert refused.status_code == 422
    assert "4 things are wrong with the set." in refused.text
    listed = BeautifulSoup(refused.text, "html.parser").select("ol.faults > li")
    assert [re.findall(r"line \d", fault.text)[0] for fault in listed] == [
        "line 3",
        "line 2",
        "line 4",
        "line 5",
    ]
    assert "<b>nothing</b>" not in refused.text


def test_of_very_many_faults_the_page_tells_a_bounded_number(client: TestClient) -> None:
    rows = (f"{number},Question {number}?,Words that are nowhere {number}.,gout.md" for number in range(700))
    refused = client.post("/evaluate/sets", files={"file": ("bad.csv", _table(*rows))})
    assert "700 things are wrong with the set." in refused.text
    assert "And 200 more." in refused.text
    assert len(refused.content) < 300_000


def test_a_set_whose_answers_are_partly_missing_is_taken_if_that_was_asked_for(client: TestClient) -> None:
    table = _table("1,When does gout come?,Gout comes at dusk.,gout.md", f"2,And when?,{ANSWER},gout.md")
    assert client.post("/evaluate/sets", files={"file": ("half.csv", table)}).status_code == 422
    sent = client.post(
        "/evaluate/sets",
        files={"file": ("half.csv", table)},
        data={"keep_missing": "yes"},
        follow_redirects=False,
    )
    assert sent.status_code == 303
    page = client.get(sent.headers["location"]).text
    assert "What is wrong with it (1)" in page
    assert "Leave what is wrong or not in the documents out of every figure" in page
    assert client.post("/evaluate/runs", data={"set": "half.csv"}).status_code == 422
    run = start(client, "half.csv", keep_missing="yes")
    assert wait(client, run) == "done"
    assert (
        "Answers that are not in the corpus: 1; they are left out" in client.get(f"/evaluate/runs/{run}").text
    )


def test_columns_that_are_headed_otherwise_can_be_named(client: TestClient) -> None:
    table = f"Nr,Frage,Antwort\n7,When does gout come?,{ANSWER}\n"
    refused = client.post("/evaluate/sets", files={"file": ("fragen.csv", table)})
    assert "no column is headed" in refused.text
    assert "The columns of the table are headed otherwise" in refused.text
    sent = client.post(
        "/evaluate/sets",
        files={"file": ("fragen.csv", table)},
        data={"column question": "Frage", "column answer": "Antwort", "column kind": " "},
        follow_redirects=False,
    )
    assert sent.headers["location"] == "/evaluate/sets/fragen.jsonl"
    assert (
        "1 question, 1 of them with an answer in the documents, 0 without"
        in client.get(sent.headers["location"]).text
    )
    run = start(client, "fragen.jsonl")
    assert wait(client, run) == "done"
    assert ", 7, all</p>" in client.get(f"/evaluate/runs/{run}/questions/1").text
