"""Runs the commands in this process, and in one of their own where exit or imports are looked at."""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.__main__ import main

TEXT = "# Bone scans\r\n\r\nA bone scan shows where a tumour has grown. Caf\u00e9.\r\n"
DOC = "bone-scans.md"
QUESTION = {
    "id": "q1",
    "question": "What does a bone scan show?",
    "answers": [{"doc": DOC, "text": "A bone scan"}],
}
HEAVY = ("gradio", "fastapi", "uvicorn", "openpyxl", "ir_measures", "pytrec_eval", "jinja2")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / DOC).write_text(TEXT, encoding="utf-8", newline="")
    (folder / "chemotherapy.md").write_text("# Chemotherapy\n\nChemotherapy is given in cycles.\n")
    return folder


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(QUESTION) + "\n")
    return path


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def apart(arguments: Sequence[object]) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "bot", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, timeout=120)


def test_ask_quotes_the_passage_with_its_citation(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", QUESTION["question"], "--corpus", folder) == 0
    printed = capsys.readouterr().out
    assert "| A bone scan shows where a tumour has grown." in printed
    assert "\u2014 Bone scans" in printed


def test_ask_prints_the_object_of_a_prediction(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", QUESTION["question"], "--corpus", folder, "--json", "--depth", 1) == 0
    prediction = json.loads(capsys.readouterr().out)
    assert len(prediction["ranked"]) == 1
    for passage in prediction["passages"]:
        assert TEXT[passage["start"] : passage["end"]] == passage["text"]


def test_earlier_questions_may_be_given(folder: Path) -> None:
    assert (
        run("ask", "And chemotherapy?", "--after", "What is a bone scan?", "--after", "a", "--corpus", folder)
        == 0
    )


def test_text_is_printed_to_the_byte(folder: Path) -> None:
    assert apart(["text", DOC, "--corpus", folder]).stdout == TEXT.encode()


def test_predictions_are_scored(
    folder: Path, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, figures = tmp_path / "out.jsonl", tmp_path / "figures.json"
    assert run("predict", questions, "--corpus", folder, "--out", out) == 0
    gate = ["--fail-under", "verbatim=1", "--fail-under", "hit@1=1"]
    assert run("score", questions, out, "--corpus", folder, "--json", figures, *gate) == 0
    assert re.search(r"^hit@1 +1\.000 ", capsys.readouterr().out, re.MULTILINE)
    assert json.loads(figures.read_text())["figures"]["all"]["hit@1"]["value"] == 1.0


def test_predictions_over_another_corpus_are_scored_with_a_warning(
    folder: Path, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.jsonl"
    assert run("predict", questions, "--corpus", folder, "--out", out) == 0
    (folder / "more.txt").write_text("Something else.\n")
    assert run("score", questions, out, "--corpus", folder) == 0
    said = capsys.readouterr()
    assert "made by version:" in said.out
    assert "made over another corpus" in said.err


def test_a_report_sets_right_and_first_passages_side_by_side(
    folder: Path, questions: Path, tmp_path: Path
) -> None:
    away = {
        "id": "m",
        "question": QUESTION["question"],
        "answers": [{"doc": "far.txt", "start": 0, "end": 21}],
    }
    (folder / "far.txt").write_text("Nothing to do with it.\n")
    questions.write_text(json.dumps(away) + "\n")
    out, page, figures = tmp_path / "out.jsonl", tmp_path / "page.html", tmp_path / "figures.json"
    assert run("predict", questions, "--corpus", folder, "--out", out) == 0
    report = ["--report", page, "--json", figures, "--reader", "http://127.0.0.1:7860/"]
    assert run("score", questions, out, "--corpus", folder, *report) == 0
    (miss,) = json.loads(figures.read_text())["misses"]
    assert miss["contrast"]["gold_rank"] > 1
    digest = hashlib.sha256((folder / "far.txt").read_bytes()).hexdigest()
    assert f'href="http://127.0.0.1:7860/read/far.txt?sha256={digest}#0-21"' in page.read_text()


def test_answers_that_the_corpus_lacks_may_be_kept(
    folder: Path, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lost = {"id": "m", "question": "What is gout?", "answers": [{"doc": "gone.txt", "text": "Gout"}]}
    questions.write_text(json.dumps(lost) + "\n")
    out = tmp_path / "out.jsonl"
    assert run("predict", questions, "--corpus", folder, "--out", out) == 2
    assert run("predict", questions, "--corpus", folder, "--out", out, "--keep-missing") == 0
    assert run("score", questions, out, "--corpus", folder, "--keep-missing") == 0
    assert "Answers that are not in the corpus: 1" in capsys.readouterr().err


def test_an_answer_is_explained_beside_what_came_first(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = next(path.name for path in sorted(folder.iterdir()))
    assert run("explain", QUESTION["question"], "--corpus", folder, "--gold", name) == 0
    assert f"The right passage {name} [" in capsys.readouterr().out


def test_a_figure_below_the_gate_ends_with_status_1(
    folder: Path, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text('{"id": "q1", "outcome": "none", "ranked": []}\n')
    assert run("score", questions, out, "--corpus", folder, "--fail-under", "hit@1=0.9") == 1
    assert capsys.readouterr().err.endswith("\nhit@1 is 0.0000; 0.9 was asked for.\n")


def test_a_quotation_that_was_changed_is_listed(
    folder: Path, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.jsonl"
    passage = {"doc": DOC, "start": 16, "end": 20, "text": "made up", "highlights": []}
    out.write_text(json.dumps({"id": "q1", "outcome": "answered", "passages": [passage]}) + "\n")
    assert run("score", questions, out, "--corpus", folder, "--fail-under", "verbatim=1") == 1
    assert f"q1: {DOC} 16 to 20: its text is not" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask", " "], "empty"),
        (["ask", "\N{GRINNING FACE}"], "no words"),
        (["ask", "a" * 10_000], "10000 characters"),
        (["ask", "a?", "--corpus", "/no/such/folder"], "does not exist"),
        (["text", "no.md"], '"no.md" is not in'),
        (["predict", "SET", "--out", "/no/such/folder/out.jsonl"], "cannot be written"),
        (["predict", "no.jsonl", "--out", "OUT"], "does not exist"),
        (["score", "SET", "no.jsonl"], "no.jsonl cannot be read"),
        (["score", "SET", "SET", "--fail-under", "hits=1"], "names no figure"),
    ],
)
def test_a_mistake_is_one_sentence_and_status_2(
    questions: Path, folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    places = {"SET": str(questions), "OUT": str(questions.with_name("out.jsonl"))}
    given = [places.get(argument, argument) for argument in arguments]
    assert run(*given, *([] if "--corpus" in given else ["--corpus", folder])) == 2
    said = capsys.readouterr()
    assert message in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_a_failed_prediction_leaves_no_file_behind(folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{\n")
    assert run("predict", broken, "--corpus", folder, "--out", tmp_path / "out.jsonl") == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.jsonl", "documents"]


@pytest.mark.parametrize("depth", ["-1", "x", "1.5"])
def test_a_depth_that_is_no_count_is_refused(depth: str) -> None:
    with pytest.raises(SystemExit) as ended:
        run("ask", "a?", "--depth", depth)
    assert ended.value.code == 2


def test_a_file_that_was_left_out_is_said_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "empty.txt").touch()
    assert run("ask", QUESTION["question"], "--corpus", folder) == 0
    assert capsys.readouterr().err.startswith("empty.txt was left out")


def test_a_document_cannot_steer_the_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / DOC).write_text("# Bone scans\n\nA bone scan \x1b[2J\u202eshows a tumour.\n")
    for form in ([], ["--json"]):
        assert run("ask", QUESTION["question"], "--corpus", folder, *form) == 0
        printed = capsys.readouterr().out
        assert "scan" in printed
        assert not {"\x1b", "\u202e"} & set(printed)


def test_a_reader_that_has_had_enough_is_no_error(folder: Path) -> None:
    (folder / DOC).write_text("word " * 200_000)
    command = [sys.executable, "-m", "bot", "text", DOC, "--corpus", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_a_question_is_answered_without_a_server_or_an_evaluators_tools(folder: Path) -> None:
    program = (
        "import sys; from bot.__main__ import main;"
        f"main(['ask', 'What is a bone scan?', '--corpus', {str(folder)!r}]);"
        f"sys.exit(', '.join(set({HEAVY!r}) & sys.modules.keys()))"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, text=True)
    assert ended.stderr.strip() == ""


def test_two_processes_predict_what_one_predicts(folder: Path, questions: Path, tmp_path: Path) -> None:
    lines = [json.dumps(QUESTION | {"id": f"q{place}"}) for place in range(20)]
    questions.write_text("\n".join(lines))
    found = []
    for processes in (1, 2):
        out = tmp_path / f"{processes}.jsonl"
        assert run("predict", questions, "--corpus", folder, "--out", out, "--processes", processes) == 0
        found.append([json.loads(line) | {"milliseconds": 0} for line in out.read_text().splitlines()])
    assert found[0] == found[1]
    assert len(found[0]) == 20


def test_slices_are_predicted_and_scored_as_kinds(
    folder: Path, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.jsonl"
    assert run("predict", questions, "--corpus", folder, "--out", out, "--slices") == 0
    assert run("score", questions, out, "--corpus", folder, "--slices") == 0
    printed = capsys.readouterr().out
    assert "6 predictions written" in printed
    assert "\nmisspelt " in printed


def test_runs_are_compared_question_by_question(
    folder: Path, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    assert run("predict", questions, "--corpus", folder, "--out", good) == 0
    bad.write_text('{"id": "q1", "outcome": "none", "ranked": []}\n')
    assert run("compare", questions, bad, good, "--corpus", folder) == 0
    assert "hit@1 won by good from bad: q1" in capsys.readouterr().out
    assert run("compare", questions, bad, "--corpus", folder) == 2


def test_a_ranking_is_explained(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", QUESTION["question"], "--corpus", folder) == 0
    assert f"1. {DOC}" in capsys.readouterr().out


def test_columns_and_grades_are_named_on_the_command_line(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "set.csv"
    table.write_text(f"Asked,Seen in\n{QUESTION['question']},{next(folder.iterdir()).name}\n")
    out, named = tmp_path / "out.jsonl", ("--columns", "question=Asked,doc=Seen in", "--relevant-from", "3")
    assert run("predict", table, "--corpus", folder, "--out", out, *named) == 0
    assert run("score", table, out, "--corpus", folder, *named) == 0
    assert "hit@1" in capsys.readouterr().out
    assert run("score", table, out, "--corpus", folder, "--columns", "answers=Asked") == 2
    assert "names no columns" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run("score", table, out, "--corpus", folder, "--relevant-from", "0")


def test_the_documents_of_a_published_set_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paragraphs = [{"context": "Herons eat fish.", "qas": []}]
    table = tmp_path / "set.json"
    table.write_text(json.dumps({"data": [{"title": "Herons", "paragraphs": paragraphs}]}))
    assert run("corpus", table, "--out", tmp_path / "docs") == 0
    assert "1 documents written" in capsys.readouterr().out
    assert (tmp_path / "docs" / "Herons.txt").read_text() == "Herons eat fish.\n"
