"""An index on disk: the same answers as without one, kept up to what changes, never believed when damaged."""

import json
import logging
from dataclasses import replace
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.errors import CorpusError
from bot.indexing import building, parts
from bot.indexing.building import indexed
from bot.indexing.kept import CURRENT, MANIFEST, KeptIndex, current, damage
from bot.library import kept, read_corpus
from bot.library.folder import Source
from bot.library.kept import KeptReadings
from bot.records import Answer, Document
from bot.serving import Served
from tests.serving.folders import Folder

TEXTS = {
    "kettle.md": "# Kettles\n\n## Descaling a kettle\n\nVinegar takes limescale out of a kettle.\n",
    "oven.md": "# Ovens\n\n## Cleaning an oven\n\nSoda loosens burnt fat. Wipe it off when it is dry.\n\n"
    "## Repairs\n\nA broken hinge is replaced by a mechanic.\n",
    "scan.txt": "Toasters\n\nCrumbs in a toaster catch fire. Empty the tray once a week.\n",
}
ASKED = (
    "how do I clean the ovn?",
    "limescale in my kettle",
    "broken hinge",
    "can a toaster burn",
    "bicycles",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def made(folder: Path) -> KeptIndex:
    index = indexed(folder, make=True)
    assert index is not None
    return index


def answers(assistant: Assistant) -> list[Answer]:
    return [replace(assistant.ask(question), milliseconds=0.0) for question in ASKED]


def by_words(folder: Path) -> list[Answer]:
    return answers(Assistant.open(folder, encoder=None))


def in_memory(folder: Path) -> list[Answer]:
    return answers(Assistant(read_corpus(folder), folder=folder))


def test_answers_are_those_without_an_index(folder: Path) -> None:
    before = answers(Assistant.open(folder))
    made(folder)
    assert answers(Assistant.open(folder)) == before
    # Now its vectors lie on disk too.
    opened = Assistant.open(folder, wait=False)
    assert opened.meaning == "ready"
    assert answers(opened) == before
    assert by_words(folder) == in_memory(folder)


def test_a_restart_reads_and_analyses_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(folder)
    monkeypatch.setattr(building, "build", None)
    assert made(folder).folder == first.folder
    assert Assistant.open(folder, encoder=None).index is not None


def change(folder: Path, what: str) -> None:
    if what == "changed":
        (folder / "oven.md").write_text(TEXTS["oven.md"].replace("Soda", "Lemon"), encoding="utf-8")
    elif what == "removed":
        (folder / "kettle.md").unlink()
    elif what == "added":
        (folder / "a mixer.md").write_text("# Mixers\n\nA mixer beats eggs.\n", encoding="utf-8")
    elif what == "named alike":
        # The title of the ovens becomes one that many have.
        for number in range(3):
            (folder / f"oven {number}.md").write_text("# Ovens\n\nAnother kind of stove.\n", encoding="utf-8")


@pytest.mark.parametrize("what", ["changed", "removed", "added", "named alike"])
def test_what_changes_is_brought_up_to_date_as_if_all_were_made_anew(folder: Path, what: str) -> None:
    before = made(folder)
    change(folder, what)
    assert by_words(folder) == in_memory(folder)
    assert not before.folder.exists()


def test_what_stays_is_not_analysed_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(folder)
    seen: list[str] = []
    add = parts.Parts.add

    def noting(self: parts.Parts, document: Document, encoded: bytes) -> None:
        seen.append(document.id)
        add(self, document, encoded)

    monkeypatch.setattr(parts.Parts, "add", noting)
    change(folder, "changed")
    made(folder)
    assert seen == ["oven.md"]


def test_several_processes_analyse_what_one_does(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = in_memory(folder)
    monkeypatch.setattr(parts, "PASSAGES_AT_ONCE", 1)
    monkeypatch.setattr(parts, "PASSAGES_FOR_ONE", 1)
    made(folder)
    assert by_words(folder) == expected


@pytest.mark.parametrize("how", ["cut short", "bit flipped", "gone", "other version", "no manifest"])
def test_a_damaged_index_is_noticed_and_made_anew(
    folder: Path, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    place = made(folder).folder
    file = next(path for path in sorted(place.glob("body.*.npy")) if path.stat().st_size > 200)
    content = file.read_bytes()
    if how == "cut short":
        file.write_bytes(content[:-1])
    elif how == "bit flipped":
        file.write_bytes(content[:-3] + bytes([content[-3] ^ 1]) + content[-2:])
        assert file.name in (damage(place) or "")
    elif how == "gone":
        file.unlink()
    elif how == "other version":
        manifest = json.loads((place / MANIFEST).read_text("utf-8"))
        (place / MANIFEST).write_text(json.dumps(manifest | {"made_by": "another"}), encoding="utf-8")
    else:
        (place / MANIFEST).unlink()
    with caplog.at_level(logging.WARNING):
        assert by_words(folder) == in_memory(folder)
    assert "it is made anew" in caplog.text
    assert made(folder).folder != place


def test_a_pointer_leads_nowhere_else(folder: Path, tmp_path: Path) -> None:
    store = made(folder).store
    for elsewhere in ("../..", "/etc", "", "nothing"):
        (store / "index" / CURRENT).write_text(elsewhere, encoding="utf-8")
        found = current(store)
        assert found is None or found.parent == store / "index"


def test_a_folder_that_was_emptied_has_nothing_to_serve(folder: Path) -> None:
    made(folder)
    for name in TEXTS:
        (folder / name).unlink()
    with pytest.raises(CorpusError, match="holds no documents"):
        indexed(folder)


def test_a_served_index_follows_its_folder(folder: Path) -> None:
    made(folder)
    watched = Folder(folder)
    change(folder, "changed")
    change(folder, "added")
    watched.look(2)
    assert isinstance(watched.served, Served)
    assert watched.served.assistant.index is not None
    assert "Lemon" in watched.texts["oven.md"]
    assert "a mixer.md" in watched.texts
    assert answers(watched.served.assistant) == in_memory(folder)


def test_a_file_that_is_being_written_stays_as_it_was(folder: Path) -> None:
    made(folder)
    watched = Folder(folder)
    change(folder, "changed")
    watched.look()
    (folder / "kettle.md").write_text("# Kettles\n\nHalf of", encoding="utf-8")
    watched.look()
    assert "Lemon" in watched.texts["oven.md"]
    assert watched.texts["kettle.md"] == TEXTS["kettle.md"]
    watched.look()
    assert watched.texts["kettle.md"] == "# Kettles\n\nHalf of"


def test_readings_of_what_was_are_dropped_in_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_SPARE", 0)
    made(folder)
    for number in range(9):
        (folder / "oven.md").write_text(f"# Ovens\n\nWipe it {number} times a year.\n", encoding="utf-8")
        made(folder)
        held = list((folder / ".bot-index" / "documents").iterdir())
        assert len(held) <= 2 * len(TEXTS) + 1
    for path in folder.glob("*.*"):
        assert path.is_dir() or KeptReadings(folder / ".bot-index").holds(Source(path, path.name))
