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


def test_what_other_runs_left_is_cleaned_away_by_one_that_ends_well(tmp_path: Path) -> None:
    for name in (".out[1].jsonl.a.unfinished", ".other.jsonl.a.unfinished"):
        (tmp_path / name).write_text("one\n")
    with resuming(tmp_path / "out[1].jsonl", "b"):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {"out[1].jsonl", ".other.jsonl.a.unfinished"}


@pytest.mark.parametrize("key", ["k", "other"])
def test_two_runs_do_not_write_to_one_place(tmp_path: Path, key: str) -> None:
    place = tmp_path / "out.jsonl"
    with resuming(place, "k") as out:
        out.file.write("one\n")
        with pytest.raises(OutputError, match="Another run is writing"), resuming(place, key):
            pass
    assert place.read_text() == "one\n"
