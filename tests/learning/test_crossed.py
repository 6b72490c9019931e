import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.evaluation.intervals import Interval
from bot.evaluation.metrics import Figure
from bot.learning.crossed import Crossed, folds, main, table
from bot.learning.measured import MEASURED, SetFigures, measured, read_figures
from bot.learning.measured import main as measure

Library = Callable[[str], Path]
QUESTION = {"id": "q1", "question": "What is asthma?", "answers": [{"doc": "a.md", "start": 10, "end": 60}]}
AWAY = {"id": "q2", "question": "What is zygodactyly?", "answers": []}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    def make(name: str) -> Path:
        corpus = tmp_path / name / "corpus"
        corpus.mkdir(parents=True)
        (corpus / "a.md").write_text(
            "# Asthma\n\nAsthma is an illness of the airways that makes them narrow.\n"
        )
        for stem, row in (("away", AWAY), ("questions", QUESTION)):
            (tmp_path / name / f"{stem}.jsonl").write_text(json.dumps(row) + "\n")
        return tmp_path / name

    return make


def test_what_is_left_out_is_in_no_training(library: Library) -> None:
    found = folds([library("one"), library("two")], [[library("three") / "corpus", Path("topic.jsonl")]])
    assert [fold.held.name for fold in found] == ["one", "two", "topic"]
    for fold, left_out in zip(found, ("one", "two", "topic.jsonl"), strict=True):
        assert left_out not in {Path(part).name for part in fold.fitting}
    assert [len(fold.fitting) for fold in found] == [4, 4, 2]


def test_the_plain_questions_of_a_library_come_first(library: Library) -> None:
    (first, _) = folds([library("one"), library("two")], [])
    assert [path.stem for path in first.held.sets] == ["questions", "away"]


def test_a_set_is_measured_and_read_back_as_printed(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = library("one")
    sets = [folder / "questions.jsonl", folder / "away.jsonl"]
    assert measure([str(folder / "corpus"), *map(str, sets)]) == 0
    printed = [read_figures(line) for line in capsys.readouterr().out.splitlines()]
    assert printed == list(measured(folder / "corpus", sets))
    found = {(one.name, figure.measure): figure.value for one in printed for figure in one.figures}
    assert found["questions", "hit@1"] == 1.0
    assert found["away", "hit@1"] is None
    assert found["away", "refused"] == 1.0


@pytest.mark.parametrize(("most", "taken"), [(0, 10), (1, 1), (7, 7), (10, 10), (11, 10)])
def test_so_many_questions_at_most_are_taken_of_a_set(library: Library, most: int, taken: int) -> None:
    folder = library("one")
    rows = [QUESTION | {"id": f"q{number}"} for number in range(10)]
    (folder / "many.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (found,) = measured(folder / "corpus", [folder / "many.jsonl"], most=most)
    assert found.questions == taken


def test_the_table_gives_interval_and_number_beside_each_figure() -> None:
    figures = (
        Figure("hit@1", 0.5, 8, Interval(0.25, 0.75)),
        *(Figure(name, None, 0) for name in MEASURED[1:]),
    )
    text = table([Crossed("heart", (SetFigures("lay", 8, figures),))]).splitlines()[1]
    assert "heart lay" in text
    assert "0.500 (0.250 to 0.750) n 8" in text


def test_one_library_alone_is_refused_in_a_sentence(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(library("one"))]) == 2
    assert capsys.readouterr().err == "Leaving one library out needs two or more; name another.\n"


def test_a_copy_that_fails_says_why(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("sklearn")
    two = library("two")
    (two / "questions.jsonl").write_text("{}\n")
    assert main([str(library("one")), str(two)]) == 2
    assert "questions.jsonl, line 1" in capsys.readouterr().err
