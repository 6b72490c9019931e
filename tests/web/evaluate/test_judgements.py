import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.evaluation.questions import load_question_set
from bot.records import Span
from bot.serving import Served
from bot.web.evaluate.judgements import Judgement, Judgements
from tests.web.conftest import SYMPTOMS
from tests.web.evaluate.conftest import ANSWER, LINES, start, upload, wait

QUESTION = "When does gout come?"
START = SYMPTOMS.index(ANSWER)
END = START + len(ANSWER)
NIGHT = {"doc": "gout.md", "start": START, "end": END}


def _lines(folder: Path, name: str = "judgements.jsonl") -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]


def _judge(client: TestClient, **judged: object) -> tuple[int, str]:
    given = client.post("/evaluate/judgements", json={"question": QUESTION, "history": [], **judged})
    ((_, sentence),) = given.json().items()
    return given.status_code, sentence


def test_a_passage_that_answers_becomes_a_line_with_its_exact_span(
    client: TestClient, folder: Path, assistant: Assistant
) -> None:
    status, said = _judge(client, **NIGHT)
    assert (status, said) == (200, "Noted in judgements.jsonl: this passage answers the question.")
    (line,) = _lines(folder)
    assert line["answers"] == [{**NIGHT, "text": ANSWER}]
    assert (line["question"], line["kind"], line["history"]) == (QUESTION, "chat", [])
    loaded = load_question_set(folder / "judgements.jsonl", assistant.corpus)
    assert loaded.questions[0].answers[0].spans == (Span(START, END),)


def test_a_question_that_no_source_answers_becomes_a_line_without_answers(
    client: TestClient, folder: Path
) -> None:
    assert "the sources do not answer" in _judge(client)[1]
    assert _lines(folder)[0]["answers"] == []


def test_another_passage_for_the_same_question_joins_its_line(client: TestClient, folder: Path) -> None:
    _judge(client, **NIGHT)
    _judge(client, doc="gout.md", start=49, end=60)
    _judge(client, **NIGHT, history=["What is gout?"])
    first, second = _lines(folder)
    assert [answer["start"] for answer in first["answers"]] == [START, 49]  # type: ignore[attr-defined]
    assert second["history"] == ["What is gout?"]
    assert first["id"] != second["id"]


@pytest.mark.parametrize("judged", [NIGHT, {}])
def test_the_same_judgement_again_changes_nothing(
    client: TestClient, folder: Path, judged: dict[str, object]
) -> None:
    _judge(client, **judged)
    before = (folder / "judgements.jsonl").read_bytes()
    assert _judge(client, **judged) == (200, "This is in judgements.jsonl already.")
    assert (folder / "judgements.jsonl").read_bytes() == before


def test_a_passage_takes_the_place_of_not_answered_but_not_the_other_way_round(
    client: TestClient, folder: Path
) -> None:
    _judge(client)
    _judge(client, **NIGHT)
    assert len(_lines(folder)[0]["answers"]) == 1  # type: ignore[arg-type]
    status, said = _judge(client)
    assert status == 422
    assert "judgements.jsonl, line 1: passages answer this question" in said


@pytest.mark.parametrize("verdict", ["wrong", "harmful"])
def test_a_bad_passage_is_noted_and_says_nothing_of_what_is_right(
    client: TestClient, folder: Path, assistant: Assistant, verdict: str
) -> None:
    assert _judge(client, **NIGHT, verdict=verdict)[0] == 200
    (line,) = _lines(folder)
    assert line["answers"] is None
    assert line["verdicts"] == [{"verdict": verdict, **NIGHT, "text": ANSWER}]
    lines = json.dumps({"id": "1", "question": "What is gout?", "answers": []}) + "\n"
    with (folder / "judgements.jsonl").open("a", encoding="utf-8") as file:
        file.write(lines)
    loaded = load_question_set(folder / "judgements.jsonl", assistant.corpus)
    assert [question.counted for question in loaded.questions] == [False, True]


def test_of_a_passage_the_last_that_was_said_holds(client: TestClient, folder: Path) -> None:
    _judge(client, **NIGHT)
    _judge(client, **NIGHT, verdict="harmful")
    (line,) = _lines(folder)
    assert line["answers"] is None
    _judge(client, **NIGHT)
    (line,) = _lines(folder)
    assert line["answers"] == [{**NIGHT, "text": ANSWER}]
    assert "verdicts" not in line


@pytest.mark.parametrize("judged", [NIGHT, {**NIGHT, "verdict": "wrong"}, {}])
def test_what_was_said_in_the_chat_can_be_taken_back(
    client: TestClient, folder: Path, judged: dict[str, object]
) -> None:
    _judge(client, **judged)
    said = _judge(client, **judged, back=True)[1]
    assert said.startswith("Taken back from judgements.jsonl: ")
    assert _lines(folder) == []
    assert _judge(client, **judged, back=True)[1] == "This is in judgements.jsonl no more."


def test_taking_back_one_passage_leaves_the_others(client: TestClient, folder: Path) -> None:
    other = {"doc": "gout.md", "start": 49, "end": 60}
    _judge(client, **NIGHT)
    _judge(client, **other)
    _judge(client, **NIGHT, back=True)
    (line,) = _lines(folder)
    assert [answer["start"] for answer in line["answers"]] == [49]  # type: ignore[attr-defined]


def test_a_line_that_was_in_the_set_before_is_never_taken_out(client: TestClient, folder: Path) -> None:
    (folder / "judgements.jsonl").write_text(
        json.dumps({"id": "1", "question": QUESTION, "kind": "own", "answers": []}) + "\n", encoding="utf-8"
    )
    _judge(client, back=True)
    (line,) = _lines(folder)
    assert (line["id"], line["answers"]) == ("1", None)


def test_judgements_go_to_the_set_that_was_chosen_and_leave_its_lines_alone(
    client: TestClient, folder: Path
) -> None:
    upload(client, LINES.rstrip("\n"))
    client.post("/evaluate/judged-into", data={"name": "set.jsonl"})
    _judge(client, **NIGHT)
    assert (folder / "set.jsonl").read_text("utf-8").startswith(LINES)
    assert len(_lines(folder, "set.jsonl")) == 4
    assert wait(client, start(client, "set.jsonl")) == "done"


def test_a_judged_text_that_is_in_the_set_already_is_not_added_again(
    client: TestClient, folder: Path
) -> None:
    (folder / "judgements.jsonl").write_text(
        json.dumps({"id": "1", "question": QUESTION, "answers": [{"doc": "gout.md", "text": ANSWER}]}),
        encoding="utf-8",
    )
    assert "already" in _judge(client, **NIGHT)[1]


@pytest.mark.parametrize(
    "name", ["", "../a.jsonl", "a/b.jsonl", ".a.jsonl", "a.csv", "a\nb.jsonl", "é.jsonl"]
)
def test_a_set_for_judgements_has_a_plain_name(client: TestClient, folder: Path, name: str) -> None:
    assert client.post("/evaluate/judged-into", data={"name": name}).status_code == 422
    assert [path.name for path in folder.iterdir()] == ["runs"]


@pytest.mark.parametrize(
    "judged",
    [
        {"doc": "gout.md"},
        {"start": 1, "end": 2},
        {"doc": "gout.md", "start": 1},
        {"doc": "nothing.md", "start": 1, "end": 2},
        {"doc": "../gout.md", "start": 1, "end": 2},
        {"doc": "gout.md", "start": -1, "end": 2},
        {"doc": "gout.md", "start": 2, "end": 2},
        {"doc": "gout.md", "start": 0, "end": 10**6},
        {"doc": "gout.md", "start": 0, "end": 10**30},
        {"doc": "gout.md", "start": "0", "end": "2"},
        {"doc": "gout.md", "start": 0.0, "end": 2.0},
        {"doc": "gout.md", "start": 15, "end": 17},
        {"doc": 3, "start": 0, "end": 2},
        {"question": ""},
        {"question": "  "},
        {"question": 3},
        {"question": "a" * 5000},
        {"history": ["a"] * 21},
        {"history": [""]},
        {"history": "a"},
        {"more": 1},
    ],
)
def test_a_judgement_that_cannot_be_kept_gets_one_sentence(
    client: TestClient, folder: Path, judged: dict[str, object]
) -> None:
    status, said = _judge(client, **judged)
    assert status == 422
    assert said.endswith(".")
    assert not (folder / "judgements.jsonl").exists()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b'{"question": "\\ud800"}', b"[" * 50_000])
def test_a_body_that_is_no_judgement_gets_one_sentence(client: TestClient, body: bytes) -> None:
    refused = client.post("/evaluate/judgements", content=body)
    assert refused.status_code == 422
    assert list(refused.json()) == ["error"]


@pytest.mark.parametrize(
    "broken", ["{", "[]", '{"id": "1", "question": "When does gout come?", "history": 3}']
)
def test_a_set_that_is_broken_is_named_and_left_alone(client: TestClient, folder: Path, broken: str) -> None:
    (folder / "judgements.jsonl").write_text(broken, encoding="utf-8")
    status, said = _judge(client, **NIGHT)
    assert status == 422
    assert "judgements.jsonl, line 1" in said
    assert (folder / "judgements.jsonl").read_text("utf-8") == broken


def test_judgements_at_the_same_time_are_all_kept(assistant: Assistant, tmp_path: Path) -> None:
    # A keeper each: what holds them apart is the file's lock, as between two servers.
    keepers = [Judgements(Served(assistant)) for _ in range(8)]
    to = tmp_path / "judgements.jsonl"
    judged = [Judgement(f"Is gout question {number}?", (), "gout.md", Span(49, 60)) for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda pair: keepers[pair[0] % 8].add(pair[1], to), enumerate(judged)))
    lines = [json.loads(line) for line in to.read_text("utf-8").splitlines()]
    assert {line["question"] for line in lines} == {judgement.question for judgement in judged}
    assert len({line["id"] for line in lines}) == len(judged)


def test_an_id_that_is_taken_gets_a_number(client: TestClient, folder: Path) -> None:
    _judge(client, **NIGHT)
    (line,) = _lines(folder)
    line["question"] = "Reworded?"
    (folder / "judgements.jsonl").write_text(json.dumps(line), encoding="utf-8")
    _judge(client, **NIGHT)
    assert _lines(folder)[1]["id"] == f"{line['id']}-2"


def test_what_was_judged_can_be_run(client: TestClient) -> None:
    _judge(client, **NIGHT)
    _judge(client, question="Who cures it?")
    assert wait(client, start(client, "judgements.jsonl")) == "done"
