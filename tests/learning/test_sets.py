from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.learning.sets import TrainingSet, read_training

LEAST = '[[set]]\nhome = "heart"\ncorpus = "heart/corpus"\nquestions = "heart/asked.jsonl"\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "training.toml"


def test_paths_are_relative_to_the_table_and_the_rest_need_not_be_said(path: Path) -> None:
    path.write_text(LEAST)
    heart = path.parent / "heart"
    expected = TrainingSet("heart", heart / "corpus", heart / "asked.jsonl", 1.0, 0, None, True)
    assert read_training(path).sets == (expected,)
    assert (read_training(path).pairs, expected.name) == (None, "heart asked")


def test_publishers_pairs_are_beside_the_table(path: Path) -> None:
    path.write_text('pairs = "pairs.jsonl"\n' + LEAST)
    assert read_training(path).pairs == path.parent / "pairs.jsonl"


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("weight = 3", "weight", 3.0),
        ("most = 400", "most", 400),
        ("near = true", "near", True),
        ("near = false", "near", False),
        ("fit = false", "fit", False),
    ],
)
def test_what_is_said_of_a_set_holds(path: Path, line: str, field: str, value: object) -> None:
    path.write_text(LEAST + line)
    (one,) = read_training(path).sets
    assert getattr(one, field) == value


@pytest.mark.parametrize(
    "text",
    [
        "[[set]\n",
        LEAST.replace("home", "house"),
        LEAST.replace("corpus =", "texts ="),
        LEAST.replace("questions", "asked"),
        LEAST + 'weight = "much"',
        LEAST + "most = 1.5",
        "set = 3",
        "pairs = 3\n" + LEAST,
        "caf\u00e9".encode("latin-1"),
        LEAST.replace("[[set]]", "[set]"),
    ],
)
def test_a_table_that_cannot_be_used_is_an_error_that_names_the_file(path: Path, text: str | bytes) -> None:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SettingsError, match=r"training\.toml is no table of training sets: "):
        read_training(path)


def test_a_table_that_is_not_there_is_an_error_that_names_the_file(path: Path) -> None:
    with pytest.raises(SettingsError, match=r"training\.toml cannot be read \(No such file"):
        read_training(path)
