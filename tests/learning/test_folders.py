import json
from pathlib import Path

import pytest

from bot.evaluation.questions import load_questions
from bot.learning import folders
from bot.learning.publishers_folder import publishers_folder
from bot.learning.sets import read_training
from bot.learning.topic_folders import TOPICS, Topic, topic_folder
from bot.library import read_corpus

ENOUGH = "It is told at length so that there is something to ask for and that it is not left out. "
GOUT = f"Gout is a disease of the joints. {ENOUGH}"
SIGNS = f"A red toe is a sign. {ENOUGH}"
PAIRS = [
    {"title": "Gout", "kind": "information", "passage": f"What is gout?  {GOUT}"},
    {"title": "Gout", "kind": "symptoms", "passage": SIGNS},
    {"title": "Gout", "kind": "other", "passage": f"Is there more? {GOUT}"},
    {"title": "Rare", "kind": "causes", "passage": f"A gene brings it about. {ENOUGH}"},
    {"title": "Short", "kind": "causes", "passage": "Too short."},
]
MESSAGES = [{"message": "hello"}, {"message": "my toe is red, is it gout"}]
JUDGED = {"message": 1, "state": "yes", "shown": [[1, 0, 20], [0, 15, 47], [2, 15, 47]], "right": [0]}
KINDS = (
    "information",
    "symptoms",
    "treatment",
    "causes",
    "exams and tests",
    "susceptibility",
    "prevention",
    "complications",
    "considerations",
    "frequency",
)
# Longer than any document that the shipped questions are asked about, so that all their answers lie inside.
LONG = "All of this is made up. " * 1500


def write_rows(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def write_library(library: Path, docs: list[str]) -> None:
    (library / "corpus").mkdir(parents=True)
    rows: list[dict[str, object]] = []
    for doc in docs:
        text = f"# Made up {doc}\n\n"
        for kind in KINDS:
            span = {"doc": doc, "start": len(text), "end": len(text) + len(LONG)}
            text += LONG + "\n\n"
            rows.append({"id": f"{doc} {kind}", "kind": kind, "question": kind, "answers": [span]})
        (library / "corpus" / doc).write_text(text, "utf-8")
    write_rows(library / "questions.jsonl", rows)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "DATA"
    write_rows(root / "data" / "pairs.jsonl", [dict(pair) for pair in PAIRS])
    write_rows(root / "data" / "messages.jsonl", [dict(message) for message in MESSAGES])
    write_rows(tmp_path / "judged.jsonl", [JUDGED])
    monkeypatch.setattr(folders, "JUDGED", tmp_path / "judged.jsonl")
    for library in ("nhlbi", "niddk"):
        write_library(root / "qa" / library, [one.doc for one in TOPICS if one.library == library])
    for folder in ("seeds", "qa/ninds/corpus", "qa/general/corpus"):
        (root / folder).mkdir(parents=True)
    sets = [
        "seeds-dev",
        "general/questions",
        *(f"real/{name}" for name in ("nhlbi", "niddk", "ninds", "seeds")),
    ]
    forms = ("questions", "lay", "letter", "followup", "typo", "away")
    sets.extend(f"{library}/{form}" for library in ("nhlbi", "niddk", "ninds") for form in forms)
    for name in sets:
        path = root / "qa" / f"{name}.jsonl"
        path.parent.mkdir(exist_ok=True)
        path.touch()
    return root


def run(data: Path, out: Path) -> int:
    return folders.main([str(data), str(out)])


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "training.toml"
    }


def test_what_was_judged_stands_in_the_written_files_to_the_character(data: Path, tmp_path: Path) -> None:
    assert run(data, tmp_path / "OUT") == 0
    pairs = tmp_path / "OUT" / "pairs"
    asked = json.loads((pairs / "questions.jsonl").read_text("utf-8"))
    text = (pairs / "corpus" / asked["answers"][0]["doc"]).read_text("utf-8")
    slices = [text[span["start"] : span["end"]] for span in asked["shown"]]
    gout = "Gout is a disease of the joints."
    assert slices == ["A red toe is a sign.", gout, gout]
    assert (asked["question"], asked["kind"], asked["answers"]) == (
        MESSAGES[1]["message"],
        "yes",
        asked["shown"][:1],
    )


def test_an_answer_given_twice_is_written_once_and_short_ones_are_left_out(
    data: Path, tmp_path: Path
) -> None:
    folder = publishers_folder(
        data / "data" / "pairs.jsonl", data / "data" / "messages.jsonl", tmp_path / "judged.jsonl"
    )
    assert [page.text.splitlines()[0] for page in folder.pages] == ["# Gout", "# Rare"]
    assert folder.pages[0].text.count(GOUT.strip()) == 1
    assert "What is gout?" not in folder.pages[0].text


def test_the_same_data_gives_the_same_folders(data: Path, tmp_path: Path) -> None:
    assert run(data, tmp_path / "one") == run(data, tmp_path / "two") == 0
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_topic_is_cut_along_the_answers_of_its_library(data: Path) -> None:
    pages = topic_folder(TOPICS[0], data / "qa").pages
    assert pages[4].name == "exams-and-tests.md"
    assert pages[4].text == f"# Tests for Made up {TOPICS[0].doc}\n\n{LONG.strip()}\n"


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_every_topic_has_questions_with_and_without_answers_and_none_quotes(topic: Topic) -> None:
    own = folders.LEARNING / "topics" / f"{topic.name}.jsonl"
    rows = [json.loads(line) for line in own.read_text("utf-8").splitlines()]
    assert {bool(row["answers"]) for row in rows} == {True, False}
    assert all(set(answer) == {"doc", "start", "end"} for row in rows for answer in row["answers"])


def test_the_table_can_be_read_and_names_what_was_written(data: Path, tmp_path: Path) -> None:
    assert run(data, tmp_path / "OUT") == 0
    training = read_training(tmp_path / "OUT" / "training.toml")
    assert len(training.sets) == 64
    assert training.pairs == data / "data" / "pairs.jsonl"
    assert all(one.corpus.is_dir() for one in training.sets)
    assert all(one.questions.exists() or one.questions.name.startswith("(") for one in training.sets)
    assert [one.home for one in training.sets if not one.fit] == ["general"]


@pytest.mark.parametrize("name", ["articles", "house"])
def test_the_folders_written_here_hold_their_answers(name: str) -> None:
    folder = folders.WRITTEN / name
    questions = load_questions(folder / "questions.jsonl", read_corpus(folder / "corpus"))
    assert sum(question.answerable for question in questions) == 90


def test_questions_from_afar_have_no_answers(data: Path, tmp_path: Path) -> None:
    assert run(data, tmp_path / "OUT") == 0
    lines = (tmp_path / "OUT" / "far_questions.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len(rows) == 15 + 15 + 40
    assert all(row["kind"] == "far" and not row["answers"] for row in rows)


@pytest.mark.parametrize(
    "missing",
    ["data/pairs.jsonl", "data/messages.jsonl", "qa/real/seeds.jsonl", "qa/nhlbi/corpus/0000010.md"],
)
def test_a_missing_file_is_named(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    (data / missing).unlink()
    assert run(data, tmp_path / "OUT") == 2
    said = capsys.readouterr().err
    assert missing in said
    assert said.count("\n") == 1
    assert not (tmp_path / "OUT").exists()


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"message": 9}, "message 9"),
        ({"state": "perhaps"}, '"perhaps"'),
        ({"shown": [[4, 0, 5]]}, "pair 4"),
        ({"shown": [[0, 0, 20]]}, "0 to 20"),
        ({"shown": ["all"]}, "all"),
        ({"right": [3]}, "3 is no place"),
    ],
)
def test_a_judgement_that_does_not_fit_is_named(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: dict[str, object], named: str
) -> None:
    write_rows(tmp_path / "judged.jsonl", [JUDGED | wrong])
    assert run(data, tmp_path / "OUT") == 2
    said = capsys.readouterr().err
    assert said.startswith("judged.jsonl, line 1: ")
    assert named in said


def test_a_folder_that_is_in_use_is_left_alone(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data, tmp_path) == 2
    assert "name a new folder" in capsys.readouterr().err
