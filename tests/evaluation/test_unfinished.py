from pathlib import Path

import pytest

from bot.errors import OutputError
from bot.evaluation.unfinished import key_of, resuming


def test_a_run_that_was_killed_is_taken_up_after_its_last_whole_line(tmp_path: Path) -> None:
    place = tmp_path / "out.jsonl"
    with pytest.raises(KeyboardInterrupt), resuming(place, "k") as out:
        out.file.write("one\ntwo\nthr")
        raise KeyboardInterrupt
    assert not place.exists()
    with resuming(place, "k") as out:
        assert out.lines == 2
        out.file.write("three\n")
    assert place.read_text() == "one\ntwo\nthree\n"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_another_runs_remains_are_not_taken_up(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), resuming(tmp_path / "out.jsonl", "k") as out:
        out.file.write("one\n")
        raise KeyboardInterrupt
    with resuming(tmp_path / "out.jsonl", "other") as out:
        assert out.lines == 0


def test_a_key_follows_each_of_its_parts() -> None:
    assert key_of("a", "b") == key_of("a", "b") != key_of("ab", "")


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"), resuming(tmp_path / "no" / "out", "k"):
        pass
