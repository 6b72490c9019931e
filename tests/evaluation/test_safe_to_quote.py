"""What would mislead whoever quotes it, asked for on the command line: none of it passes in silence."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from tests.evaluation.test_formats import written

Print = pytest.CaptureFixture[str]
Write = Callable[..., Path]
POND = "The pond lies behind the mill. Herons wade in it from March on."
NEST = "Storks nest on chimneys. Their young clatter in June."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    written(tmp_path, "documents/pond.txt", POND)
    written(tmp_path, "documents/nest.txt", NEST)
    written(tmp_path, "documents/frost.txt", "A long frost drives birds to the coast.")
    return tmp_path / "documents"


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def question(name: str, text: str, *answers: Mapping[str, object]) -> dict[str, object]:
    return {"id": name, "question": text, "answers": list(answers)}


def said(name: str, outcome: str = "answered", *ranked: str, **more: object) -> dict[str, object]:
    ranking = [{"doc": doc, "start": 0, "end": 20, "score": 9 - at} for at, doc in enumerate(ranked)]
    return {"id": name, "outcome": outcome, "ranked": ranking, "depth": 10, "unit": "document", **more}


WADE = question("q1", "Where do herons wade?", {"doc": "pond.txt", "grade": 3})
CLATTER = question("q2", "What do young storks do?", {"doc": "nest.txt", "grade": 3})
AWAY = question("q3", "Who won the cup?")
SET = (WADE, CLATTER, AWAY)
RIGHT = (said("q1", "answered", "pond.txt"), said("q2", "answered", "nest.txt"), said("q3", "none"))
WRONG = (said("q1", "none", "nest.txt"), said("q2", "related", "nest.txt"), said("q3", "answered"))


def report_of(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text())
    return found


# 1. Predictions are bound to the wording of their questions.
def test_predictions_of_a_question_that_was_reworded_are_refused_by_its_name(
    folder: Path, file_of: Write, tmp_path: Path, capsys: Print
) -> None:
    out = tmp_path / "out.jsonl"
    options = ("--corpus", folder, "--encoder", "none")
    assert run("predict", file_of(*SET), "--out", out, *options) == 0
    other = file_of({**WADE, "question": "Do herons sing?"}, CLATTER, AWAY, name="other.jsonl")
    assert run("score", other, out, *options) == 2
    assert '"q1" changed since the predictions were made' in capsys.readouterr().err


# 2. What nobody has judged is not what the sources do not answer.
def test_a_set_without_answers_has_no_figure_of_refusals(
    folder: Path, file_of: Write, tmp_path: Path, capsys: Print
) -> None:
    table = written(tmp_path, "s.csv", "id,question\nq1,Where?\nq2,What?\nq3,Who?\n")
    gate = ("--fail-under", "refused=0.1")
    assert run("score", table, file_of(*WRONG, name="p.jsonl"), "--corpus", folder, *gate) == 1
    printed = capsys.readouterr()
    assert "refused applies to no question of the set" in printed.err
    assert "No question was judged." in printed.out


# 3. One unit a measure, and no measure below the depth.
def test_a_measure_that_looks_deeper_than_the_rankings_is_refused(
    folder: Path, file_of: Write, capsys: Print
) -> None:
    shallow = [{**line, "depth": 3} for line in RIGHT]
    predictions = file_of(*shallow, name="p.jsonl")
    command = ("score", file_of(*SET), predictions, "--corpus", folder)
    assert run(*command, "--fail-under", "recall@10=0.5") == 2
    assert (
        "recall@10 looks 10 documents deep, and the rankings can be judged 3 deep" in capsys.readouterr().err
    )
    assert run(*command, "--fail-under", "hit@3=0.5") == 0
    printed = capsys.readouterr().out
    assert "Ranks count documents" in printed
    assert not re.search(r"^recall@10", printed, re.MULTILINE)


# 4. What is missing is left out of every figure.
def test_gold_that_is_not_there_is_left_out_and_counted(
    folder: Path, file_of: Write, tmp_path: Path, capsys: Print
) -> None:
    gone = question("q4", "What flew?", {"doc": "gone.txt", "grade": 3})
    files = (file_of(*SET, gone), file_of(*RIGHT, said("q4", "none"), name="p.jsonl"))
    assert run("score", *files, "--corpus", folder) == 2
    out = tmp_path / "r.json"
    assert run("score", *files, "--corpus", folder, "--keep-missing", "--json", out) == 0
    assert (
        "not in the corpus: 1; they are left out of every figure, and with them 1 of 4"
        in capsys.readouterr().err
    )
    found = report_of(out)["figures"]["all"]
    assert {found[name]["n"] for name in ("hit@1", "nDCG@10", "lost", "helped")} == {2}
    assert found["nDCG@10"]["value"] == 1.0


# 5. Intervals have width, and few questions can pass a test as far as they can.
def test_seven_of_seven_leave_room_for_what_was_not_seen(
    folder: Path, file_of: Write, tmp_path: Path
) -> None:
    asked = [{**WADE, "id": f"q{at}"} for at in range(7)]
    lines = [said(f"q{at}", "answered", "pond.txt") for at in range(7)]
    out = tmp_path / "r.json"
    assert (
        run("score", file_of(*asked), file_of(*lines, name="p.jsonl"), "--corpus", folder, "--json", out) == 0
    )
    figure = report_of(out)["figures"]["all"]["hit@1"]
    assert (figure["value"], figure["interval"]["high"]) == (1.0, 1.0)
    assert figure["interval"]["low"] == pytest.approx(0.6457, abs=1e-4)


def test_runs_are_tested_against_a_named_one_alone(
    folder: Path, file_of: Write, tmp_path: Path, capsys: Print
) -> None:
    files = [
        file_of(*lines, name=f"{name}.jsonl") for name, lines in (("a", RIGHT), ("b", WRONG), ("c", RIGHT))
    ]
    out = tmp_path / "c.json"
    command = ("compare", file_of(*SET), *files, "--corpus", folder, "--json", out)
    assert run(*command, "--against", "b") == 0
    assert {(one["first"], one["second"]) for one in report_of(out)["differences"]} == {
        ("b", "a"),
        ("b", "c"),
    }
    assert run(*command, "--against", "bm25") == 0
    assert {one["first"] for one in report_of(out)["differences"]} == {"plain BM25"}
    capsys.readouterr()
    assert run(*command, "--against", "d") == 2
    assert "write one of a, b, c, bm25" in capsys.readouterr().err


def test_one_run_can_be_compared_with_plain_bm25(folder: Path, file_of: Write, capsys: Print) -> None:
    predictions = file_of(*WRONG, name="p.jsonl")
    command = ("compare", file_of(*SET), predictions, "--corpus", folder)
    assert run(*command) == 2
    assert run(*command, "--against", "bm25") == 0
    assert "p against plain BM25" in capsys.readouterr().out


# 6. What a hit costs to read stands beside it.
def test_every_rate_of_hits_has_its_price_beside_it(
    folder: Path, file_of: Write, tmp_path: Path, capsys: Print
) -> None:
    whole = {"doc": "pond.txt", "start": 0, "end": len(POND)}
    asked = question("q1", "When do herons wade?", {"doc": "pond.txt", "text": "from March on"})
    lines = {"long": [whole], "short": [{"doc": "pond.txt", "start": 31, "end": len(POND)}]}
    prices = {}
    for name, ranked in lines.items():
        predictions = file_of({"id": "q1", "outcome": "answered", "ranked": ranked}, name=f"{name}.jsonl")
        out, page = tmp_path / f"{name}.json", tmp_path / f"{name}.html"
        options = ("--corpus", folder, "--json", out, "--report", page)
        assert run("score", file_of(asked), predictions, *options) == 0
        prices[name] = report_of(out)["figures"]["all"]["hit@1"]["price"]
        assert "Hits a 100 words" in page.read_text()
        assert "hits/100 words" in capsys.readouterr().out
    assert prices["long"]["hits_a_hundred_words"] == pytest.approx(100 / 13)
    assert prices["short"]["hits_a_hundred_words"] == pytest.approx(100 / 7)
    assert prices["long"]["characters"] == len(POND)


# 7. Sets as they lie: a whole one with a command for its documents and one for its questions.
def test_a_published_set_is_asked_and_scored_in_one_command_each(tmp_path: Path, capsys: Print) -> None:
    squad = {
        "version": "v2.0",
        "data": [
            {
                "title": "Ponds",
                "paragraphs": [
                    {
                        "context": POND,
                        "qas": [
                            {
                                "id": 1,
                                "question": "Where does the pond lie?",
                                "is_impossible": False,
                                "answers": [
                                    {"text": "behind the mill", "answer_start": POND.index("behind")}
                                ],
                            },
                            {
                                "id": 2,
                                "question": "Who won the cup?",
                                "is_impossible": True,
                                "answers": [],
                                "plausible_answers": [
                                    {"text": "Herons", "answer_start": POND.index("Herons")}
                                ],
                            },
                        ],
                    }
                ],
            }
        ],
    }
    path, documents = written(tmp_path, "dev-v2.0.json", json.dumps(squad)), tmp_path / "docs"
    out, report = tmp_path / "p.jsonl", tmp_path / "r.json"
    assert run("corpus", path, "--out", documents) == 0
    assert run("predict", path, "--out", out, "--corpus", documents, "--encoder", "none") == 0
    assert run("score", path, out, "--corpus", documents, "--encoder", "none", "--json", report) == 0
    figures = report_of(report)["figures"]["all"]
    assert (figures["hit@1"]["n"], figures["overall-F1"]["n"], figures["overall-exact"]["n"]) == (1, 2, 2)
    assert "First passage right for 1 of 1; plain BM25 1;" in capsys.readouterr().out


def test_overall_figures_are_squads_of_answered_and_refused(
    folder: Path, file_of: Write, tmp_path: Path
) -> None:
    gold = {"doc": "pond.txt", "text": "behind the mill"}
    passage = {"doc": "pond.txt", "start": 0, "end": 30, "text": POND[:30], "highlights": [[14, 25]]}
    asked = (question("q1", "Where?", gold), question("q2", "Where?", gold), AWAY, {**AWAY, "id": "q4"})
    lines = (
        said("q1", "answered", "pond.txt", passages=[passage]),
        said("q2", "related", "pond.txt", passages=[passage]),
        said("q3", "none"),
        said("q4", "answered", "pond.txt", passages=[passage]),
    )
    out = tmp_path / "r.json"
    assert (
        run("score", file_of(*asked), file_of(*lines, name="p.jsonl"), "--corpus", folder, "--json", out) == 0
    )
    found = report_of(out)["figures"]["all"]
    # "behind the" against "behind the mill", articles left out: precision 1, recall 1/2.
    assert found["overall-F1"]["value"] == pytest.approx((2 / 3 + 0 + 1 + 0) / 4)
    assert found["overall-exact"]["value"] == 1 / 4


# 8. Labels and files say what is so.
def test_a_gap_in_the_vocabulary_is_looked_for_around_the_answer(
    folder: Path, file_of: Write, tmp_path: Path
) -> None:
    march = {"doc": "pond.txt", "text": "March"}
    asked = (
        question("near", "When do herons come?", march),
        question("far", "Which month has egrets?", march),
    )
    lines = (said("near", "none", "nest.txt"), said("far", "none", "nest.txt"))
    out = tmp_path / "r.json"
    assert (
        run("score", file_of(*asked), file_of(*lines, name="p.jsonl"), "--corpus", folder, "--json", out) == 0
    )
    assert {miss["id"]: miss["kind"] for miss in report_of(out)["misses"]} == {
        "near": "not ranked",
        "far": "vocabulary gap",
    }


def test_contrasts_never_stop_in_silence(folder: Path, file_of: Write, tmp_path: Path, capsys: Print) -> None:
    out, report, page = tmp_path / "p.jsonl", tmp_path / "r.json", tmp_path / "r.html"
    asked = file_of(
        *({**CLATTER, "id": f"q{at}", "answers": [{"doc": "frost.txt", "grade": 3}]} for at in range(3))
    )
    options = ("--corpus", folder, "--encoder", "none")
    assert run("predict", asked, "--out", out, *options) == 0
    assert run("score", asked, out, *options, "--json", report, "--report", page, "--contrasts", 1) == 0
    told = "side by side for the first 1 of 3 misses"
    assert told in capsys.readouterr().err
    assert told in page.read_text()
    assert told in report_of(report)["contrasts"][0]
    assert run("score", asked, out, *options, "--json", report, "--contrasts", "all") == 0
    assert report_of(report)["contrasts"] == []
    assert sum("contrast" in miss for miss in report_of(report)["misses"]) == 3


def test_runs_and_qrels_are_written_side_by_side(folder: Path, file_of: Write, tmp_path: Path) -> None:
    files = (tmp_path / "run.txt", tmp_path / "qrels.txt")
    options = ("--corpus", folder, "--trec-run", files[0], "--qrels", files[1])
    assert run("score", file_of(*SET), file_of(*RIGHT, name="p.jsonl"), *options) == 0
    ranked, judged = ([line.split()[2] for line in file.read_text().splitlines()] for file in files)
    assert set(judged) <= set(ranked)


# The judge, judged.
def test_helped_lost_and_misled_are_figures_that_a_gate_can_name(
    folder: Path, file_of: Write, capsys: Print
) -> None:
    command = ("score", file_of(*SET), file_of(*WRONG, name="p.jsonl"), "--corpus", folder)
    gates = ("--fail-under", "helped=0.5", "--fail-under", "lost=0.1", "--fail-under", "misled=0.1")
    assert run(*command, *gates) == 1
    printed = capsys.readouterr().err
    assert "helped is 0.0000" in printed
    assert "lost is 0.5000" in printed
    assert "misled is 1.0000" in printed
    assert run(*command, "--fail-under", "shown-hit=0", "--fail-under", "wrongly-answered=1") == 0


def test_a_threshold_is_chosen_on_one_set_and_reported_on_another(
    folder: Path, file_of: Write, tmp_path: Path, capsys: Print
) -> None:
    def rated(*confidences: float) -> list[dict[str, object]]:
        return [{**line, "confidence": value} for line, value in zip(RIGHT, confidences, strict=True)]

    dev = file_of(*rated(0.9, 0.8, 0.3), name="dev.jsonl")
    test = file_of(*rated(0.7, 0.4, 0.6), name="test.jsonl")
    out, asked = tmp_path / "r.json", file_of(*SET)
    command = ("score", asked, test, "--corpus", folder, "--json", out)
    assert run(*command, "--choose-on", asked, dev, "--choose-corpus", folder) == 0
    found = report_of(out)["threshold"]
    assert found["value"] == pytest.approx(0.55)
    assert (found["chosen_on"]["name"], found["reported_on"]["name"]) == ("dev", "test")
    assert found["reported_on"]["well"] == pytest.approx(1 / 3)
    assert "Threshold 0.5500" in capsys.readouterr().out
    assert run(*command, "--report-on", asked, dev) == 0
    found = report_of(out)["threshold"]
    assert (found["chosen_on"]["name"], found["reported_on"]["name"]) == ("test", "dev")


# Sets of one's own.
def test_passages_are_drawn_for_an_own_set(folder: Path, tmp_path: Path, capsys: Print) -> None:
    files = [tmp_path / name for name in ("a.csv", "b.csv", "c.xlsx")]
    for file in files:
        assert run("sample", "--corpus", folder, "--count", 2, "--seed", 7, "--out", file) == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert "2 passages of 2 documents written" in capsys.readouterr().out
    assert run("sample", "--corpus", folder, "--count", 99, "--out", files[0]) == 0
    assert "There are no more than" in capsys.readouterr().err
    assert run("sample", "--corpus", folder, "--out", tmp_path / "x.ods") == 2


def test_a_template_is_written_and_explained(tmp_path: Path, capsys: Print) -> None:
    assert run("template", "--out", tmp_path / "t.xlsx") == 0
    assert run("template", "--out", tmp_path / "t.csv") == 0
    assert "answer: words of a document that answer it" in capsys.readouterr().out
    assert (tmp_path / "t.csv").read_text("utf-8-sig").strip() == "id,question,answer,doc,kind,history"


def test_baselines_are_asked_where_they_are_wanted(folder: Path, file_of: Write, capsys: Print) -> None:
    command = ("score", file_of(*SET), file_of(*RIGHT, name="p.jsonl"), "--corpus", folder)
    assert run(*command, "--baselines") == 0
    first = capsys.readouterr().out.split("\n", 1)[0]
    assert re.match(
        r"First document right for 2 of 2; plain BM25 \d; encoder alone \d; words alone \d; ", first
    )
