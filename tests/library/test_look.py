import json
import os
from pathlib import Path

import pytest

from bot.errors import CorpusError
from bot.library.look import Look, Stamp, Stamps, differing, look_at, mixed, moving

REST, WRITTEN = Stamp(5, 1, 1, 7), Stamp(9, 2, 2, 7)


def test_a_look_has_the_files_that_are_read_and_the_vocabulary(tmp_path: Path) -> None:
    for name in ("b/deep.txt", "a.md", "table.xlsx", "vocabulary.tsv", ".hidden.txt", ".bot-index/v.npz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert set(look_at(tmp_path)) == {"b/deep.txt", "a.md", "table.xlsx", "vocabulary.tsv"}


def test_a_folder_that_is_not_there_is_no_empty_one(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="does not exist"):
        look_at(tmp_path / "none")


def test_another_file_of_the_same_size_and_time_is_seen(tmp_path: Path) -> None:
    for name, text in (("a.md", "one"), ("aside", "two")):
        (tmp_path / name).write_text(text)
        os.utime(tmp_path / name, ns=(1, 1))
    before = look_at(tmp_path)["a.md"]
    (tmp_path / "aside").replace(tmp_path / "a.md")
    after = look_at(tmp_path)["a.md"]
    assert after != before
    assert after.rests(before)


@pytest.mark.parametrize(
    ("earlier", "now", "expected"),
    [
        ({"a": REST}, {"a": REST}, set()),
        ({"a": REST}, {"a": WRITTEN}, {"a"}),
        ({}, {"a": REST}, {"a"}),
        ({"a": REST}, {}, {"a"}),
        ({"a": REST}, {"a": Stamp(5, 1, 1, 8)}, set()),
    ],
    ids=["at rest", "written", "new", "gone", "another inode"],
)
def test_what_came_went_or_was_written_is_moving(
    earlier: dict[str, Stamp], now: dict[str, Stamp], expected: set[str]
) -> None:
    assert moving(earlier, now) == expected


def test_files_that_move_are_held_as_they_were() -> None:
    now, taken = {"a": WRITTEN, "b": WRITTEN, "new": REST}, {"a": REST, "b": REST, "gone": REST}
    held = mixed(now, taken, frozenset({"a", "new", "gone"}))
    assert held == {"a": REST, "b": WRITTEN, "gone": REST}
    assert differing(held, taken) == {"b"}


def test_a_look_that_was_written_down_is_the_same_in_whatever_order_files_are_listed() -> None:
    look = {"b/\udcff.md": REST, "a.md": WRITTEN, "empty": Stamp(0, -1, 0, 2)}
    kept = Stamps.from_json(json.loads(json.dumps(Stamps.of(look).json())))
    assert kept == look == kept
    assert Stamps.of(dict(reversed(look.items()))) == kept
    assert kept["a.md"] == WRITTEN


@pytest.mark.parametrize(
    "other",
    [
        {"a": REST},
        {"a": REST, "c": WRITTEN},
        {"a": WRITTEN, "b": REST},
        {"a": REST, "b": WRITTEN, "c": REST},
        {"a": REST, "b": Stamp(9, 2, 2, 8)},
    ],
    ids=["gone", "renamed", "exchanged", "new", "another inode"],
)
def test_any_other_look_is_another(other: Look) -> None:
    look = Stamps.of({"a": REST, "b": WRITTEN})
    assert look != Stamps.of(other)
    assert look != other


def test_numbers_of_any_size_tell_files_apart() -> None:
    looks = [Stamps.of({"a": Stamp(1, 1 << 65, 3, (1 << 64) - inode)}) for inode in (1, 2)]
    assert looks[0] != looks[1]
    assert looks[0] == Stamps.from_json(looks[0].json())


def test_what_is_no_look_is_none() -> None:
    with pytest.raises(ValueError, match="more names than stamps"):
        Stamps.from_json({"names": ["a", "b"], "stamps": Stamps.of({"a": REST}).json()["stamps"]})
