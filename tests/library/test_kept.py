"""Nothing is read twice, and nothing that is kept is believed blindly."""

import logging
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bot.library import kept, read_again, read_corpus, readings
from bot.library.folder import Source
from bot.library.kept import KeptReadings, key_of
from bot.library.reading import attempt, decoded, refused
from bot.passages import cut_corpus
from tests.reading.files import Printed, pdf

GOUT = "# Gout\n\nGout is a painful swelling of a joint.\n\n## Signs\n\nThe signs are:\n\n- pain\n- heat\n"
PAGES = [
    [Printed("Gout", size=20), Printed("Gout hurts."), Printed("It can be treated.")],
    [Printed("Drink.")],
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "documents"
    made.mkdir()
    (made / "gout.md").write_text(GOUT, encoding="utf-8")
    (made / "joints.txt").write_text("Joints\n\nA joint is where bones meet.\n", encoding="utf-8")
    (made / "leaflet.pdf").write_bytes(pdf(PAGES))
    (made / "broken.docx").write_bytes(b"no Word file")
    return made


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were read, not taken from what is kept."""
    names: list[str] = []

    def noted(path: Path, doc: str) -> bytes:
        names.append(doc)
        return attempt(path, doc)

    def noted_apart(sources: list[Source]) -> Iterator[tuple[Source, bytes]]:
        return ((source, noted(source.path, source.doc)) for source in sources)

    monkeypatch.setattr(readings, "attempt", noted)
    monkeypatch.setattr(readings, "read_apart", noted_apart)
    return names


def places(folder: Path) -> list[Path]:
    return sorted((folder / ".bot-index" / "documents").iterdir())


def test_a_second_start_reads_nothing_and_is_the_same(folder: Path, read: list[str]) -> None:
    first = read_corpus(folder)
    assert sorted(read) == ["broken.docx", "gout.md", "joints.txt", "leaflet.pdf"]
    read.clear()
    assert read_corpus(folder) == first
    assert read == []
    assert [problem.file for problem in first.problems] == ["broken.docx"]


def test_a_changed_file_costs_that_file_and_what_is_gone_is_dropped(folder: Path, read: list[str]) -> None:
    read_corpus(folder)
    read.clear()
    (folder / "gout.md").write_text(GOUT + "- fever\n", encoding="utf-8")
    (folder / "joints.txt").unlink()
    corpus = read_corpus(folder)
    assert read == ["gout.md"]
    assert "fever" in corpus.documents[0].text
    assert len(places(folder)) == 3


def test_a_file_that_moved_is_known_and_one_that_is_renamed_is_read(folder: Path, read: list[str]) -> None:
    """A name may be the title; the folder is not."""
    read_corpus(folder)
    read.clear()
    (folder / "inner").mkdir()
    (folder / "gout.md").rename(folder / "inner" / "gout.md")
    (folder / "joints.txt").rename(folder / "bones.txt")
    ids = [document.id for document in read_corpus(folder).documents]
    assert ids == ["bones.txt", "inner/gout.md", "leaflet.pdf"]
    assert read == ["bones.txt"]


def test_two_files_of_one_content_are_two_documents(folder: Path) -> None:
    (folder / "inner").mkdir()
    (folder / "inner" / "gout.md").write_text(GOUT, encoding="utf-8")
    for _ in range(2):
        corpus = read_corpus(folder)
        assert {passage.doc for passage in cut_corpus(corpus)} == {
            document.id for document in corpus.documents
        }
        assert "inner/gout.md" in {document.id for document in corpus.documents}


def test_another_version_of_the_program_reads_anew(
    folder: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read_corpus(folder)
    read.clear()
    monkeypatch.setattr(kept, "version", lambda _: "another")
    read_corpus(folder)
    assert len(read) == len(places(folder)) == 4


def test_the_version_follows_the_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def version() -> str:
        return kept.version.__wrapped__(kept._READERS)

    (tmp_path / "reading").mkdir()
    for name in ("reading/pdf.py", "passages.py"):
        (tmp_path / name).write_text("one")
    monkeypatch.setattr(kept, "_PROGRAM", tmp_path)
    monkeypatch.setattr(kept, "_READERS", ("reading", "passages.py"))
    found = [version()]
    for name in ("reading/pdf.py", "passages.py", "reading/words.tsv"):
        (tmp_path / name).write_text("two")
        found.append(version())
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    (tmp_path / "lxml-9.0.dist-info").mkdir()
    found.append(version())
    assert len(set(found)) == 5


def test_what_is_kept_is_believed_only_whole(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    first = read_corpus(folder)
    store, chance = KeptReadings(folder / ".bot-index"), random.Random(7)
    with caplog.at_level(logging.WARNING):
        for number in range(200):
            place = chance.choice(places(folder))
            whole = place.read_bytes()
            damaged = bytearray(whole)
            at = chance.randrange(len(damaged))
            if number % 2:
                damaged[at] ^= 1 << chance.randrange(8)
            else:
                del damaged[at:]
            place.write_bytes(damaged)
            assert store.get(place.name) is None
            if number % 40 == 0:
                assert read_corpus(folder) == first
            else:
                place.write_bytes(whole)
    assert "is damaged" in caplog.text


def _too_late(path: Path, doc: str) -> bytes:
    return refused("it could not be read in time", again=True) if doc == "gout.md" else attempt(path, doc)


def _age(folder: Path, seconds: float) -> None:
    for place in places(folder):
        os.utime(place, (time.time() - seconds, time.time() - seconds))


def test_a_file_that_took_too_long_is_tried_again_after_a_while_and_not_before(
    folder: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as busy:
        busy.setattr(readings, "attempt", _too_late)
        assert "gout.md" in [problem.file for problem in read_corpus(folder).problems]
    read.clear()
    assert "gout.md" in [problem.file for problem in read_corpus(folder).problems]
    assert read == []
    _age(folder, kept.TRIED_AGAIN_SECONDS + 60)
    assert "gout.md" in [document.id for document in read_corpus(folder).documents]
    # What is the file's own fault is not.
    assert read == ["gout.md"]


def test_a_file_that_takes_too_long_every_time_is_tried_once_in_a_while(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[str] = []

    def slow(path: Path, doc: str) -> bytes:
        tries.append(doc)
        return _too_late(path, doc)

    monkeypatch.setattr(readings, "attempt", slow)
    read_corpus(folder)
    _age(folder, kept.TRIED_AGAIN_SECONDS + 60)
    for _ in range(3):
        read_corpus(folder)
    assert tries.count("gout.md") == 2


def test_a_reading_under_the_key_of_another_is_not_taken_for_its(folder: Path) -> None:
    read_corpus(folder)
    one, other, *_ = places(folder)
    one.write_bytes(other.read_bytes())
    assert KeptReadings(folder / ".bot-index").get(one.name) is None


def test_where_nothing_can_be_kept_all_is_read_with_one_word_on_it(
    folder: Path, read: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    (folder / ".bot-index").write_text("in the way")
    with caplog.at_level(logging.WARNING):
        first = read_corpus(folder)
        assert read_corpus(folder) == first
    assert len(read) == 8
    assert [record.message[:25] for record in caplog.records] == ["What was read cannot be k"] * 2


def test_a_folder_in_the_place_of_a_reading_is_no_reading(folder: Path) -> None:
    first = read_corpus(folder)
    place = places(folder)[0]
    place.unlink()
    place.mkdir()
    assert read_corpus(folder) == first


def test_a_file_that_changes_while_it_is_read_is_not_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changing(path: Path, doc: str) -> bytes:
        content = attempt(path, doc)
        path.write_text(GOUT + "- fever\n", encoding="utf-8")
        return content

    before = key_of(Source(folder / "gout.md", "gout.md"))
    monkeypatch.setattr(readings, "attempt", changing)
    assert read_again(folder, "gout.md") is not None
    monkeypatch.undo()
    assert before is not None
    assert KeptReadings(folder / ".bot-index").get(before) is None
    again = read_again(folder, "gout.md")
    assert again is not None
    assert "fever" in again.text


def test_a_document_is_read_again_only_where_it_changed(folder: Path, read: list[str]) -> None:
    corpus = read_corpus(folder)
    read.clear()
    assert read_again(folder, "leaflet.pdf") == corpus.documents[2]
    assert read == []
    (folder / "leaflet.pdf").write_bytes(pdf([[Printed("Gout does not hurt.")]]))
    for _ in range(2):
        changed = read_again(folder, "leaflet.pdf")
        assert changed is not None
        assert "not hurt" in changed.text
    assert read == ["leaflet.pdf"]
    (folder / "leaflet.pdf").unlink()
    assert read_again(folder, "leaflet.pdf") is None


def test_two_starts_at_once_do_no_harm(folder: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        first, *others = pool.map(read_corpus, [folder] * 4)
    assert all(other == first for other in others)
    assert read_corpus(folder) == first


def test_a_killed_process_leaves_what_was_kept_or_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    program = (
        "from pathlib import Path; from bot.library.kept import KeptReadings;"
        "from bot.library.reading import refused\n"
        f"store = KeptReadings(Path({str(tmp_path)!r}))\n"
        "while True: [store.put(f'{key:032x}', refused('x' * 100_000)) for key in range(50)]"
    )
    for _ in range(5):
        with subprocess.Popen((sys.executable, "-c", program)) as writer:
            for _ in range(600):
                if (tmp_path / "documents").exists():
                    break
                time.sleep(0.05)
            time.sleep(random.Random().uniform(0.05, 0.3))
            writer.kill()
        store = KeptReadings(tmp_path)
        found = [store.get(f"{key:032x}") for key in range(50)]
        assert any(found)
        assert all(reading in (None, decoded(refused("x" * 100_000))) for reading in found)
    assert not caplog.records


def test_what_a_killed_process_left_half_written_is_cleared_away(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_corpus(folder)
    part, foreign = (folder / ".bot-index" / "documents" / name for name in (".some.part", "letter.txt"))
    part.touch()
    foreign.touch()
    read_corpus(folder)
    assert part.exists()
    monkeypatch.setattr(kept, "_PART_SECONDS", -1.0)
    read_corpus(folder)
    assert not part.exists()
    assert foreign.exists()


def test_what_is_kept_has_been_cut_as_the_text_would_be_now(folder: Path) -> None:
    for _ in range(2):
        corpus = read_corpus(folder)
        uncut = tuple(replace(document, cuts=None) for document in corpus.documents)
        assert all(document.cuts for document in corpus.documents)
        assert tuple(cut_corpus(corpus)) == tuple(cut_corpus(replace(corpus, documents=uncut)))


def test_a_link_in_the_place_of_what_is_kept_leads_nowhere(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    theirs = other / ("0" * 32)
    theirs.touch()
    (folder / ".bot-index").mkdir()
    (folder / ".bot-index" / "documents").symlink_to(other)
    read_corpus(folder)
    assert list(other.iterdir()) == [theirs]


def test_what_grew_beyond_all_measure_is_not_taken_into_memory(
    folder: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read_corpus(folder)
    read.clear()
    monkeypatch.setattr(kept, "_MOST_BYTES", 100)
    assert read_corpus(folder) == before
    assert len(read) == 4
