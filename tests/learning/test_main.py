import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.learning import __main__ as module
from bot.learning.__main__ import main

SET = '[[set]]\nhome = "a"\ncorpus = "corpus"\nquestions = "asked.jsonl"\n'
ASKED = (
    {
        "id": "1",
        "question": "What does a bone scan show?",
        "answers": [{"doc": "bones.md", "text": "A bone scan"}],
    },
    {"id": "2", "question": "How do I bake bread?", "kind": "far"},
)


@pytest.fixture(autouse=True)
def written(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What would have been written; the tables that ship are safe from these tests."""
    paths: list[Path] = []
    monkeypatch.setattr(module, "write_atomically", lambda path, _: paths.append(path))
    return paths


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "training.toml"


@pytest.fixture
def failed(table: Path, written: list[Path], capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What is said last after a mistake in a table of that text (None: no table), which ends with 2."""

    def said(text: str | None, *options: str) -> str:
        if text is not None:
            table.write_text(text)
        assert main([str(table), *options]) == 2
        assert not written
        return capsys.readouterr().err.splitlines()[-1]

    return said


@pytest.mark.usefixtures("corpus_folder")
@pytest.mark.parametrize("options", [("--crossed", "--words"), ("--only", "ranking")])
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("set = 3", "is no table of training sets"),
        (SET.replace('"corpus"', '"elsewhere"'), "elsewhere"),
        (SET, "asked.jsonl"),
    ],
)
def test_what_cannot_be_used_ends_with_one_sentence_and_2(
    failed: Callable[..., str], options: tuple[str, ...], text: str, sentence: str
) -> None:
    pytest.importorskip("sklearn")
    assert sentence in failed(text, *options)


def test_a_table_that_is_not_there_ends_with_one_sentence_and_2(failed: Callable[..., str]) -> None:
    pytest.importorskip("sklearn")
    assert "training.toml cannot be read" in failed(None)


def test_without_scikit_learn_the_command_says_what_to_install(
    failed: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    assert "pip install scikit-learn" in failed(SET)


@pytest.mark.parametrize(
    ("options", "done"),
    [
        ([], ["aspects", "ranking"]),
        (["--only", "aspects"], ["aspects"]),
        (["--only", "ranking"], ["ranking"]),
    ],
)
def test_both_are_fitted_unless_one_is_asked_for(
    table: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], done: list[str]
) -> None:
    pytest.importorskip("sklearn")
    fitted: list[str] = []
    monkeypatch.setattr(module, "_fit_aspects", lambda _: fitted.append("aspects"))
    monkeypatch.setattr(module, "_fit_ranking", lambda _: fitted.append("ranking"))
    table.write_text(SET)
    assert main([str(table), *options]) == 0
    assert fitted == done


@pytest.mark.usefixtures("corpus_folder")
def test_crossed_prints_a_line_a_home_and_writes_nothing(
    table: Path, written: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("sklearn")
    (table.parent / "asked.jsonl").write_text("".join(json.dumps(question) + "\n" for question in ASKED))
    table.write_text("".join(SET.replace('"a"', f'"{home}"') for home in ("one", "other")))
    assert main([str(table), "--crossed", "--words"]) == 0
    printed = capsys.readouterr().out
    assert "one asked" in printed
    assert "other asked" in printed
    assert not written
