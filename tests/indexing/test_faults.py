"""What may happen to an index on disk: it is killed over, damaged, replaced by links, or has no room."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.analysis import Analyser
from bot.assistant import Assistant
from bot.errors import CorpusError, OutputError
from bot.files import store_folder
from bot.index.arrays import checksum
from bot.indexing import vectors
from bot.indexing.building import indexed
from bot.indexing.kept import CURRENT, MANIFEST, KeptIndex, current, damage
from bot.library import read_corpus
from tests.indexing.test_index import TEXTS, answers, by_words, change, folder, in_memory, made

__all__ = ["folder"]
ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "bot", "index", "--encoder", "none", "--corpus")


def names(place: Path) -> set[str]:
    """What lies in the folder of the indexes."""
    return {path.name for path in place.iterdir()}


def test_a_run_that_is_killed_leaves_an_index_and_nothing_else_that_lasts(folder: Path) -> None:
    chance = random.Random(7)
    place = made(folder).folder.parent
    for number in range(4):
        (folder / "oven.md").write_text(f"# Ovens\n\nSoda number {number} loosens fat.\n", encoding="utf-8")
        run = subprocess.Popen((*COMMAND, folder), cwd=ROOT, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.2, 1.2))
        run.send_signal(signal.SIGKILL)
        run.wait()
        assert current(place.parent) is not None
    index = made(folder)
    assert tuple(index.corpus.documents) == read_corpus(folder).documents
    change(folder, "added")
    assert by_words(folder) == in_memory(folder)
    assert names(place) == {CURRENT, made(folder).folder.name}


def test_what_a_killed_run_left_is_removed_by_the_next(folder: Path) -> None:
    place = made(folder).folder.parent
    for left in (".making-old", "0123456789abcdef-01234567"):
        (place / left).mkdir()
        (place / left / "half.npy").write_bytes(b"half")
    change(folder, "changed")
    index = made(folder)
    assert names(place) == {CURRENT, index.folder.name}


def test_what_is_not_ours_is_never_removed(folder: Path) -> None:
    place = made(folder).folder.parent
    (place / "photographs").mkdir()
    change(folder, "changed")
    made(folder)
    assert (place / "photographs").is_dir()


def test_through_a_link_nothing_is_written_or_removed(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "0123456789abcdef-01234567").mkdir()
    (elsewhere / CURRENT).write_text("0123456789abcdef-01234567\n", encoding="utf-8")
    store = store_folder(folder)
    assert store is not None
    store.mkdir()
    (store / "index").symlink_to(elsewhere)
    with pytest.raises(OutputError, match="is a link"):
        indexed(folder, make=True)
    assert by_words(folder) == in_memory(folder)
    assert names(elsewhere) == {CURRENT, "0123456789abcdef-01234567"}


def test_links_within_are_neither_followed_nor_kept(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    index = made(folder)
    index.folder.rename(elsewhere / index.folder.name)
    index.folder.symlink_to(elsewhere / index.folder.name)
    before = names(elsewhere / index.folder.name)
    assert by_words(folder) == in_memory(folder)
    assert names(elsewhere / index.folder.name) == before
    other = made(folder)
    assert other.folder.name != index.folder.name
    pointer = other.folder.parent / CURRENT
    pointer.rename(elsewhere / "pointer")
    pointer.symlink_to(elsewhere / "pointer")
    change(folder, "changed")
    made(folder)
    assert (elsewhere / "pointer").read_text("utf-8").strip() == other.folder.name
    assert not pointer.is_symlink()


@pytest.mark.parametrize("name", [CURRENT, MANIFEST])
def test_what_would_be_read_without_end_is_not_read(folder: Path, name: str) -> None:
    place = made(folder).folder
    path = place.parent / CURRENT if name == CURRENT else place / MANIFEST
    path.unlink()
    os.mkfifo(path)
    assert by_words(folder) == in_memory(folder)


def test_a_damaged_file_of_any_kind_never_changes_an_answer(folder: Path) -> None:
    expected, chance = in_memory(folder), random.Random(3)
    kinds = sorted(path.name for path in made(folder).folder.iterdir())
    for kind in kinds:
        path = made(folder).folder / kind
        content = bytearray(path.read_bytes())
        if chance.random() < 0.5:
            del content[chance.randrange(len(content)) :]
        else:
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(content)
        assert by_words(folder) == expected, kind


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"[]",
        b"7",
        b"[" * 100_000,
        b"\xff",
        b'{"format": 2}',
        {"files": []},
        {"files": {"/dev/zero": [0, 0]}},
        {"files": {"../current": [1, 1]}},
        {"look": 3},
        {"look": {"oven.md": [1]}},
        {"look": {"names": ["oven.md"], "stamps": ""}},
        {"look": {"names": ["oven.md"], "stamps": "AAAA"}},
        {"look": {"names": ["oven.md"], "stamps": 7}},
        {"look": {"names": [7], "stamps": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}},
        {"look": {"names": 7, "stamps": ""}},
        {"problems": [{"file": "x"}]},
        {"problems": 1},
        {"unsure": None},
    ],
)
def test_a_manifest_that_lies_is_not_believed(folder: Path, told: bytes | Mapping[str, object]) -> None:
    manifest = made(folder).folder / MANIFEST
    if not isinstance(told, bytes):
        told = json.dumps(json.loads(manifest.read_text("utf-8")) | told).encode()
    manifest.write_bytes(told)
    assert damage(manifest.parent) is not None or b"files" in told
    assert by_words(folder) == in_memory(folder)


def test_damage_to_a_large_index_is_mended_when_it_is_made_and_never_taken_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.indexing.kept.CHECKED_BYTES", 0)
    for again in ("by command", "by a change"):
        place = made(folder).folder
        path = place / "documents.npy"
        content = bytearray(path.read_bytes())
        content[-20] ^= 1
        path.write_bytes(content)
        assert KeptIndex.open(place.parents[1], Analyser()) is not None
        if again == "by a change":
            change(folder, "added")
            indexed(folder)
        mended = indexed(folder, make=True, whole=True)
        assert mended is not None
        assert damage(mended.folder) is None
        assert by_words(folder) == in_memory(folder)


def test_without_room_the_old_index_stays_and_the_folder_is_read(folder: Path) -> None:
    before = made(folder)
    (folder / "long.md").write_text("# Long\n\n" + "Soda and vinegar. " * 2000, encoding="utf-8")
    program = (
        "import resource, sys; from pathlib import Path; from bot.assistant import Assistant\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "assistant = Assistant.open(Path(sys.argv[1]), encoder=None)\n"
        "print(assistant.index, assistant.holds('long.md'))"
    )
    told = subprocess.run(
        (sys.executable, "-c", program, folder), cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout == "None True\n"
    assert "No index can be made" in told.stderr or "cannot be kept" in told.stderr
    assert names(before.folder.parent) == {CURRENT, before.folder.name}


def test_of_several_that_make_an_index_at_once_all_have_one(folder: Path) -> None:
    found: list[KeptIndex] = []

    def make() -> None:
        found.append(made(folder))

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({index.folder for index in found}) == 1
    assert len(found) == 4


def test_who_still_has_an_index_answers_when_another_took_its_place(folder: Path) -> None:
    serving = Assistant.open(folder)
    made(folder)
    opened = Assistant.open(folder, wait=False)
    expected = answers(serving)
    change(folder, "changed")
    made(folder)
    assert opened.index is not None
    assert not opened.index.folder.exists()
    opened.encode()
    assert opened.meaning == "ready"
    assert answers(opened) == expected
    assert not opened.index.folder.exists()


def test_vectors_that_were_damaged_or_are_of_another_program_are_put_there_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(folder)
    place = Assistant.open(folder).index
    assert place is not None
    (kept,) = place.folder.glob("meaning-*")
    path = kept / "vectors.bare.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"\xff")
    told = checksum(path)
    assert str(kept) in (damage(place.folder) or "")
    assert Assistant.open(folder, wait=False).meaning == "encoding"
    Assistant.open(folder)
    assert checksum(path) != told
    assert Assistant.open(folder, wait=False).meaning == "ready"
    monkeypatch.setattr(vectors, "version", lambda _: "another program")
    assert Assistant.open(folder, wait=False).meaning == "encoding"


def test_indexes_of_several_folders_that_cannot_be_written_to_lie_apart_in_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folders = [tmp_path / "one", tmp_path / "two"]
    for number, place in enumerate(folders):
        place.mkdir()
        for name, text in TEXTS.items():
            (place / name).write_text(text.replace("Soda", f"Soda {number}"), encoding="utf-8")
        place.chmod(0o555)
    indexes = [made(place) for place in folders]
    for number, place in enumerate(folders):
        assert made(place).folder == indexes[number].folder
        assert f"Soda {number}" in Assistant.open(place, encoder=None).document("oven.md").text
        assert not (place / ".bot-index").exists()
        place.chmod(0o755)


def test_a_folder_that_loses_all_files_and_finds_them_again(folder: Path) -> None:
    made(folder)
    aside = {name: folder / name for name in TEXTS}
    for path in aside.values():
        path.rename(path.with_name(f".{path.name}"))
    with pytest.raises(CorpusError, match="holds no documents"):
        indexed(folder)
    for path in aside.values():
        path.with_name(f".{path.name}").rename(path)
    assert by_words(folder) == in_memory(folder)
