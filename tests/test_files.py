from pathlib import Path

import pytest

from bot.errors import OutputError
from bot.files import FOLDER, alone, replacing, store_folder, write_atomically


def test_text_is_written_with_its_line_ends(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.txt", "é\r\nb\n")
    assert (tmp_path / "a.txt").read_bytes() == "é\r\nb\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_the_old_file_stays_when_the_work_fails(tmp_path: Path) -> None:
    place = tmp_path / "a.txt"
    place.write_text("old")
    with pytest.raises(ZeroDivisionError), replacing(place) as file:
        file.write("new")
        raise ZeroDivisionError
    assert place.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("place", ["missing/a.txt", "folder", "file/a.txt"])
def test_a_place_that_cannot_be_written_to_is_known_before_the_work(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(OutputError), replacing(tmp_path / place):
        pytest.fail("the work was begun")


def test_a_device_is_never_replaced() -> None:
    with pytest.raises(OutputError, match="no ordinary file"), replacing(Path("/dev/null")):
        pass


def test_a_file_that_another_holds_is_said(tmp_path: Path) -> None:
    place = tmp_path / "a.txt"
    with alone(place), pytest.raises(OutputError, match="another program"), alone(place, wait=0):
        raise AssertionError("two were let in")
    with alone(place, wait=0):
        assert not place.exists()


def test_nothing_is_kept_through_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    corpus, other = tmp_path / "corpus", tmp_path / "other"
    corpus.mkdir()
    other.mkdir()
    assert store_folder(corpus) == corpus / FOLDER
    (corpus / FOLDER).symlink_to(other)
    place = store_folder(corpus)
    assert place is not None
    assert place.is_relative_to(tmp_path / "cache")
