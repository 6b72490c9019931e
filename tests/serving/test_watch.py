"""Every look of these tests comes when the test says so; nothing waits."""

import logging
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.errors import CorpusError
from bot.library.look import Look
from bot.meaning import BUILT_IN, VectorStore
from bot.records import Corpus
from bot.serving.watch import SECONDS_BEFORE_RETRY, SECONDS_BETWEEN_LOOKS
from tests.serving.folders import KETTLE, MENDED, OVEN, Folder

NEW = "# Toasters\n\n## What does a toaster need?\n\nA toaster needs its crumbs shaken out.\n"


def test_a_file_is_taken_up_once_two_looks_at_it_agree(folder: Folder) -> None:
    folder.put("toaster.md", NEW)
    folder.look()
    assert "toaster.md" not in folder.texts
    folder.look()
    assert folder.texts["toaster.md"] == NEW


def test_changed_and_removed_files_are_taken_up_together(
    folder: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    folder.put("kettle.md", MENDED)
    (folder.path / "oven.md").unlink()
    with caplog.at_level(logging.INFO):
        folder.look(2)
    assert folder.texts == {"kettle.md": MENDED}
    assert "0 documents added, 1 changed, 1 removed; 1 are served." in caplog.messages


def test_a_file_that_is_being_copied_waits_and_the_others_do_not(folder: Folder) -> None:
    folder.put("toaster.md", NEW[:20])
    folder.put("kettle.md", MENDED)
    folder.look()
    folder.put("toaster.md", NEW[:40])
    folder.look()
    assert folder.texts == {"kettle.md": MENDED, "oven.md": OVEN}
    folder.put("toaster.md", NEW)
    folder.look(2)
    assert folder.texts["toaster.md"] == NEW


def test_a_file_that_is_written_while_it_is_read_stays_as_it_was(folder: Folder) -> None:
    folder.put("kettle.md", MENDED)
    folder.put("toaster.md", NEW)
    folder.look()
    whole = folder.read

    def torn() -> Corpus:
        folder.put("kettle.md", MENDED[:30])
        return whole()

    folder.read = torn
    folder.look()
    assert folder.texts == {"kettle.md": KETTLE, "oven.md": OVEN, "toaster.md": NEW}
    folder.read = whole
    folder.put("kettle.md", MENDED)
    folder.look(2)
    assert folder.texts["kettle.md"] == MENDED


def test_a_file_that_is_only_touched_changes_nothing(folder: Folder) -> None:
    before = folder.served.assistant
    (folder.path / "oven.md").touch()
    folder.look(3)
    assert folder.served.assistant is before


def test_a_file_that_cannot_be_read_is_named(folder: Folder, caplog: pytest.LogCaptureFixture) -> None:
    folder.put("empty.md", "")
    with caplog.at_level(logging.INFO):
        folder.look(2)
    assert [problem.file for problem in folder.served.assistant.corpus.problems] == ["empty.md"]
    assert any(said.startswith("empty.md was left out") for said in caplog.messages)


def test_new_words_of_the_vocabulary_are_taken_up(folder: Folder) -> None:
    folder.put("vocabulary.tsv", "cooker\toven\n")
    folder.look(2)
    understood = folder.served.assistant.ask("How is a cooker cleaned?").understood
    assert ("cooker", "oven") in understood.added


def test_a_vocabulary_that_cannot_be_used_is_named_and_the_earlier_one_goes_on(folder: Folder) -> None:
    before = folder.served.assistant
    folder.put("vocabulary.tsv", "no tab\n")
    folder.look(2)
    assert folder.served.assistant is before
    assert "line 1 has 1 parts" in folder.served.watched.trouble
    folder.put("vocabulary.tsv", "cooker\toven\n")
    folder.look(2)
    assert folder.served.watched.trouble == ""
    assert folder.served.assistant is not before


def test_a_folder_that_is_gone_leaves_what_is_served_and_is_taken_up_again(
    folder: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    aside = folder.path.with_name("aside")
    folder.path.replace(aside)
    folder.look(3)
    assert folder.texts == {"kettle.md": KETTLE, "oven.md": OVEN}
    assert "does not exist" in folder.served.watched.trouble
    assert sum("does not exist" in said for said in caplog.messages) == 1
    aside.replace(folder.path)
    folder.put("kettle.md", MENDED)
    folder.look(2)
    assert folder.served.watched.trouble == ""
    assert folder.texts["kettle.md"] == MENDED


def test_an_empty_folder_leaves_what_is_served_and_is_taken_up_again(folder: Folder) -> None:
    aside = folder.path.with_name("aside")
    aside.mkdir()
    for path in folder.path.glob("*.md"):
        path.replace(aside / path.name)
    folder.look(3)
    assert set(folder.texts) == {"kettle.md", "oven.md"}
    assert "holds no documents" in folder.served.watched.trouble
    (aside / "oven.md").replace(folder.path / "oven.md")
    folder.look(2)
    assert folder.served.watched.trouble == ""
    assert set(folder.texts) == {"oven.md"}


def test_a_share_that_falters_while_it_is_read_takes_no_document_away(folder: Folder) -> None:
    whole = folder.read

    def faltering() -> Corpus:
        corpus = whole()
        return replace(corpus, documents=corpus.documents[1:])

    folder.put("toaster.md", NEW)
    folder.read = faltering
    folder.look(2)
    assert set(folder.texts) == {"kettle.md", "oven.md", "toaster.md"}


def test_what_could_not_be_read_is_tried_again_though_nothing_changed(folder: Folder) -> None:
    whole, reads = folder.read, []

    def out_of_reach() -> Corpus:
        reads.append(1)
        raise CorpusError("Nothing can be read.")

    folder.put("toaster.md", NEW)
    folder.read = out_of_reach
    folder.look(5)
    assert len(reads) == 1
    assert folder.served.watched.trouble == "Nothing can be read."
    folder.read = whole
    folder.clock.now += SECONDS_BEFORE_RETRY
    folder.look()
    assert "toaster.md" in folder.texts
    assert folder.served.watched.trouble == ""


def test_a_fault_of_a_reader_ends_neither_the_watch_nor_what_is_served(
    folder: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    whole = folder.read

    def faulty() -> Corpus:
        raise ZeroDivisionError

    folder.put("toaster.md", NEW)
    folder.read = faulty
    folder.look(2)
    assert "fault of the program's own" in folder.served.watched.trouble
    assert "ZeroDivisionError" in caplog.text
    assert folder.texts == {"kettle.md": KETTLE, "oven.md": OVEN}
    folder.read = whole
    folder.put("oven.md", OVEN + "Wear gloves.\n")
    folder.look(2)
    assert set(folder.texts) == {"kettle.md", "oven.md", "toaster.md"}


def test_a_folder_that_goes_while_it_is_read_changes_nothing(folder: Folder) -> None:
    whole, see = folder.read, folder.see

    def gone() -> Look:
        raise CorpusError("The folder is gone.")

    def read_and_gone() -> Corpus:
        folder.see = gone
        return whole()

    folder.put("toaster.md", NEW)
    folder.look()
    folder.read = read_and_gone
    folder.look()
    assert folder.served.watched.trouble == "The folder is gone."
    assert "toaster.md" not in folder.texts
    folder.see, folder.read = see, whole
    folder.clock.now += SECONDS_BEFORE_RETRY
    folder.look(2)
    assert "toaster.md" in folder.texts
    assert folder.served.watched.trouble == ""


def test_a_fault_of_a_look_does_not_make_the_watch_look_without_rest(folder: Folder) -> None:
    def faulty() -> Look:
        raise ZeroDivisionError

    folder.see = faulty
    folder.clock.now += SECONDS_BETWEEN_LOOKS
    assert folder.watch.step() == SECONDS_BETWEEN_LOOKS


def test_what_cannot_be_encoded_is_served_by_its_words(
    by_meaning: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    by_meaning.watch.step()
    monkeypatch.setattr(VectorStore, "vectors", faulty)
    by_meaning.put("toaster.md", NEW)
    by_meaning.look(2)
    assert "toaster.md" in by_meaning.texts
    assert by_meaning.served.assistant.meaning == "failed"
    by_meaning.clock.now += SECONDS_BEFORE_RETRY
    by_meaning.look()
    assert by_meaning.served.watched.trouble == ""


def test_the_next_look_waits_longer_where_looking_costs_more(folder: Folder) -> None:
    see = folder.see

    def slow() -> Look:
        folder.clock.now += 30
        return see()

    folder.clock.now += SECONDS_BETWEEN_LOOKS
    assert folder.watch.step() == SECONDS_BETWEEN_LOOKS
    folder.see = slow
    folder.clock.now += SECONDS_BETWEEN_LOOKS
    assert folder.watch.step() == 30


def test_no_step_comes_before_its_time(folder: Folder) -> None:
    folder.put("toaster.md", NEW)
    for _ in range(5):
        folder.watch.step()
    assert "toaster.md" not in folder.texts


def test_it_runs_until_it_is_stopped(folder: Folder) -> None:
    thread = threading.Thread(target=folder.watch.run)
    thread.start()
    folder.watch.stop()
    thread.join()
    assert not thread.is_alive()


def _library(parts: int) -> str:
    return "# Lamps\n\n" + "".join(f"## Lamp {n}\n\nLamp {n} lights room {n}.\n\n" for n in range(parts))


@pytest.fixture
def by_meaning(tmp_path: Path) -> Folder:
    """A watched folder whose passages are not encoded yet."""
    made = tmp_path / "lamps"
    made.mkdir()
    (made / "lamps.md").write_text(_library(12), encoding="utf-8")
    return Folder(made, encoder=BUILT_IN)


def test_what_is_served_from_the_start_is_encoded(by_meaning: Folder) -> None:
    by_meaning.watch.step()
    assert by_meaning.served.assistant.meaning == "ready"


def test_a_changed_file_never_makes_words_alone_answer(by_meaning: Folder) -> None:
    by_meaning.watch.step()
    by_meaning.put("toaster.md", NEW)
    by_meaning.look(2)
    assert "toaster.md" in by_meaning.texts
    assert by_meaning.served.assistant.meaning == "ready"


def test_encoding_makes_way_for_a_change(by_meaning: Folder) -> None:
    by_meaning.put("lamps.md", "# Lamps\n\nThey are sold.\n")
    by_meaning.clock.tick = 0.5
    by_meaning.watch.step()
    assert 0 < by_meaning.served.assistant.encoded < 1
    by_meaning.watch.step()
    assert by_meaning.texts == {"lamps.md": "# Lamps\n\nThey are sold.\n"}
    assert by_meaning.served.assistant.meaning == "ready"


def test_a_new_library_is_served_before_all_of_it_is_encoded(
    by_meaning: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_meaning.watch.step()
    meanings: list[str] = []
    swap = by_meaning.served.swap

    def noting(assistant: Assistant) -> None:
        meanings.append(assistant.meaning)
        swap(assistant)

    monkeypatch.setattr(by_meaning.served, "swap", noting)
    by_meaning.put("more.md", _library(80))
    by_meaning.look()
    by_meaning.clock.tick = 0.5
    by_meaning.look()
    assert meanings == ["encoding"]
    assert set(by_meaning.texts) == {"lamps.md", "more.md"}
    by_meaning.clock.tick = 0.0
    by_meaning.watch.step()
    assert by_meaning.served.assistant.meaning == "ready"
