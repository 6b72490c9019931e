"""Which documents are read anew and which are as they were, when files falter, are held or only touched."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.indexing import building, making
from bot.indexing.building import build
from bot.indexing.kept import MADE_BY, KeptIndex
from bot.indexing.making import Request
from bot.library.folder import Source, sources
from bot.library.kept import KeptReadings
from bot.library.look import look_at
from bot.library.reading import Reading
from bot.library.readings import readings
from bot.records import Problem
from tests.indexing.test_index import TEXTS, folder, made
from tests.serving.folders import Folder

__all__ = ["folder"]
ROOT = Path(__file__).resolve().parents[2]


def ids(index: KeptIndex) -> list[str]:
    return [document.id for document in index.corpus.documents]


def test_files_that_were_only_touched_have_nothing_written_anew(folder: Path) -> None:
    before = made(folder)
    for name in TEXTS:
        os.utime(folder / name)
    (folder / "vocabulary.tsv").write_text("cooker\toven\n", encoding="utf-8")
    after = made(folder)
    assert after.folder == before.folder
    assert after.look == look_at(folder)
    assert made(folder).look == after.look


def test_what_is_seen_but_not_listed_is_looked_for_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faltering(place: Path, problems: list[Problem]) -> Iterator[Source]:
        return (file for file in sources(place, problems) if file.doc != "oven.md")

    monkeypatch.setattr(making, "sources", faltering)
    assert ids(made(folder)) == ["kettle.md", "scan.txt"]
    monkeypatch.undo()
    assert ids(made(folder)) == ["kettle.md", "oven.md", "scan.txt"]
    (folder / "kettle.md").unlink()
    monkeypatch.setattr(making, "sources", faltering)
    # It was there already: a share that falters takes no document away.
    assert ids(made(folder)) == ["oven.md", "scan.txt"]


def test_a_file_that_cannot_be_read_for_a_moment_is_tried_at_the_next_start(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faltering(files: list[Source], kept: KeptReadings) -> Iterator[tuple[Source, Reading]]:
        for file, found in readings(files, kept):
            failed = file.doc == "oven.md"
            yield file, Reading(refusal="it cannot be read (I/O error); try again") if failed else found

    monkeypatch.setattr(making, "readings", faltering)
    monkeypatch.setattr(KeptReadings, "holds", lambda _, source: source.doc != "oven.md")
    index = made(folder)
    assert ids(index) == ["kettle.md", "scan.txt"]
    assert index.unsure == {"oven.md"}
    again = made(folder)
    assert again.folder == index.folder
    monkeypatch.undo()
    assert ids(made(folder)) == ["kettle.md", "oven.md", "scan.txt"]
    assert made(folder).corpus.problems == ()


def test_a_file_of_no_use_is_not_tried_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "empty.md").write_bytes(b"")
    (folder / "picture.jpg").write_bytes(b"\xff\xd8")
    index = made(folder)
    assert [problem.file for problem in index.corpus.problems] == ["empty.md", "picture.jpg"]
    assert not index.unsure
    monkeypatch.setattr(building, "build", None)
    assert made(folder).corpus.problems == index.corpus.problems


def test_files_that_are_held_keep_their_document_and_their_problem(folder: Path) -> None:
    (folder / "empty.md").write_bytes(b"")
    before = made(folder)
    look = look_at(folder)
    (folder / "oven.md").unlink()
    (folder / "empty.md").write_text("# Half", encoding="utf-8")
    (folder / "kettle.md").unlink()
    wanted = {name: stamp for name, stamp in look.items() if name != "kettle.md"}
    after = build(Request(folder, wanted, {"oven.md", "empty.md"}), before.store, before=before)
    assert ids(after) == ["oven.md", "scan.txt"]
    assert after.corpus.problems == before.corpus.problems
    assert after.look == wanted


def test_a_file_that_is_replaced_by_way_of_nothing_stays_meanwhile(folder: Path) -> None:
    made(folder)
    watched = Folder(folder)
    (folder / "scan.txt").write_text("Toasters\n\nEmpty the tray twice a week.\n", encoding="utf-8")
    watched.look()
    (folder / "oven.md").unlink()
    watched.look()
    assert "twice" in watched.texts["scan.txt"]
    assert watched.texts["oven.md"] == TEXTS["oven.md"]
    watched.look()
    assert "oven.md" not in watched.texts


def test_an_index_that_came_along_with_a_copy_is_brought_up_to_it(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made(folder)
    copy = tmp_path_factory.mktemp("copies") / "copy"
    shutil.copytree(folder, copy)
    (copy / "oven.md").write_text(TEXTS["oven.md"].replace("Soda", "Sand"), encoding="utf-8")
    stat = (folder / "oven.md").stat()
    os.utime(copy / "oven.md", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert "Sand" in Assistant.open(copy, encoder=None).document("oven.md").text


def test_all_that_an_index_is_made_by_counts_as_its_version() -> None:
    program = (
        "import sys, bot.index.fields, bot.library.corpus;"
        "print(*(name for name in sys.modules if name.startswith('bot.')))"
    )
    told = subprocess.run(
        (sys.executable, "-c", program), cwd=ROOT, capture_output=True, text=True, check=True
    )
    parts = {name.split(".")[1] for name in told.stdout.split()}
    counted = {name.removesuffix(".py") for name in MADE_BY}
    # Neither what is said of errors and progress nor how a file is put in place is in an index, and of the
    # settings it is the limits of reading, which count by themselves.
    assert parts - counted <= {"errors", "files", "progress", "settings"}


def test_what_was_read_within_other_limits_is_read_again() -> None:
    program = (
        "import sys; from bot.indexing.kept import MADE_BY; from bot.library import set_limits;"
        "from bot.library.kept import version; from bot.settings import Reading;"
        "set_limits(Reading(reading_seconds=float(sys.argv[1]))); print(version(MADE_BY))"
    )
    versions = [
        subprocess.run(
            (sys.executable, "-c", program, seconds), cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        for seconds in ("30", "60")
    ]
    assert versions[0] != versions[1]
