"""No file costs another, whatever its reader does."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.errors import DocumentError
from bot.files import alone
from bot.library import children, read_corpus
from bot.library.folder import Source
from bot.library.reading import attempt, decoded, format_of

GOUT = "Gout\n\nGout is a painful swelling of a joint.\n"
MISBEHAVING = ("-m", "tests.library.misbehaving")
FAILED = "its reader failed ({}); save it again or leave it out"
CRASHED = "its reader crashed; save it again or leave it out"
TOO_LARGE = "it takes more memory than there is for one file; split it into smaller files"
FORMATS = ("note.txt", "note.md", "note.html", "note.pdf", "note.docx")


class Panic(BaseException):
    """What libraries that are not written in Python raise."""


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "COMMAND", MISBEHAVING)
    monkeypatch.setattr(children, "seconds_for", lambda _: 6.0)


def sentences(folder: Path, *names: str) -> dict[str, str]:
    """What is said on files of these names that lie between good ones, all of which are served."""
    good = ("a.html", "m.pdf", "z.docx")
    for name in (*good, *names):
        (folder / name).write_text(GOUT, encoding="utf-8")
    corpus = read_corpus(folder)
    assert {document.id for document in corpus.documents} >= set(good)
    return {problem.file: problem.sentence for problem in corpus.problems}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (KeyError("/Root"), "its reader failed (KeyError)"),
        (NotImplementedError("::after"), "its reader failed (NotImplementedError)"),
        (RecursionError(), "nested too deeply"),
        (MemoryError(), "more memory than there is"),
        (SystemExit(1), "its reader failed (SystemExit)"),
        (Panic(), "its reader failed (Panic)"),
        (OSError(5, "Input/output error"), "its reader failed (OSError)"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), "its reader failed (UnicodeDecodeError)"),
        (StopIteration(), "its reader failed (StopIteration)"),
        (AssertionError(), "its reader failed (AssertionError)"),
        (DocumentError("it is empty; add text"), "it is empty; add text"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_whatever_a_reader_raises_becomes_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, raised: BaseException, said: str
) -> None:
    def fails(path: Path, doc: str) -> None:
        raise raised

    monkeypatch.setattr(f"bot.reading.{format_of(name)}.read", fails)
    (tmp_path / name).write_text(GOUT, encoding="utf-8")
    assert said in decoded(attempt(tmp_path / name, name)).refusal


def test_ctrl_c_is_no_fault_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(path: Path, doc: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.reading.text.read", interrupted)
    with pytest.raises(KeyboardInterrupt):
        attempt(tmp_path / "note.txt", "note.txt")


@pytest.mark.usefixtures("misbehaving")
def test_a_reader_costs_its_own_file_alone_whatever_it_does(tmp_path: Path) -> None:
    reasons = {
        "KeyError.pdf": FAILED.format("KeyError"),
        "KeyboardInterrupt.docx": CRASHED,
        "MemoryError.html": TOO_LARGE,
        "RecursionError.docx": "its parts are nested too deeply; save it in a simpler form",
        "SystemExit.pdf": FAILED.format("SystemExit"),
        "crashes.pdf": CRASHED,
        "eats.html": TOO_LARGE,
        "exits.docx": CRASHED,
        "kills.pdf": CRASHED,
        "panics.html": FAILED.format("Panic"),
    }
    said = sentences(tmp_path, *reasons, "prints.docx")
    assert said == {name: f"{name} was left out: {reason}." for name, reason in reasons.items()}


@pytest.mark.usefixtures("misbehaving")
def test_a_reader_that_does_not_end_is_ended_and_not_asked_again_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reason = "it could not be read within 6 seconds; save it again or leave it out"
    said = sentences(tmp_path, "sleeps.pdf", "spins.html")
    assert said == {name: f"{name} was left out: {reason}." for name in ("sleeps.pdf", "spins.html")}
    monkeypatch.setattr("bot.library.readings.read_apart", None)
    assert sentences(tmp_path, "sleeps.pdf", "spins.html") == said


def test_where_no_process_can_be_started_each_file_is_named_and_tried_again_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gout.txt").write_text(GOUT, encoding="utf-8")
    (tmp_path / "gout.html").write_text(GOUT, encoding="utf-8")
    with monkeypatch.context() as broken:
        broken.setattr(children, "COMMAND", ("-c", "raise SystemExit(1)"))
        (found,) = read_corpus(tmp_path).problems
    assert "no process could be started" in found.sentence
    assert not read_corpus(tmp_path).problems


def test_a_process_lost_between_two_files_costs_none(tmp_path: Path) -> None:
    files = [Source(tmp_path / name, name) for name in ("a.txt", "b.txt")]
    for file in files:
        file.path.write_text(GOUT, encoding="utf-8")
    child = children.Child()
    try:
        for file in files:
            assert decoded(child.read(file)).document is not None
            assert child.process is not None
            child.process.kill()
    finally:
        child.end()


@pytest.mark.skipif(sys.platform == "win32", reason="its processes get no signals")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_children_end_with_their_parent_and_nobody_complains(tmp_path: Path, sent: signal.Signals) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in ("sleeps.pdf", "spins.html"):
        (folder / name).write_text(GOUT, encoding="utf-8")
    program = (
        "import sys; from bot.__main__ import main; from bot.library import children;"
        f"children.COMMAND = {MISBEHAVING}; sys.exit(main(['text', 'a', '--corpus', {str(folder)!r}]))"
    )
    with subprocess.Popen(
        (sys.executable, "-c", program), stderr=subprocess.PIPE, start_new_session=True
    ) as parent:
        wait_for(tmp_path / "asleep")
        if sent == signal.SIGINT:
            os.killpg(parent.pid, sent)
        else:
            parent.kill()
        _, complaints = parent.communicate(timeout=30)
    assert b"Traceback" not in complaints
    assert parent.returncode == (130 if sent == signal.SIGINT else -sent)
    with alone(tmp_path / "asleep", wait=30):
        pass


def wait_for(path: Path) -> None:
    """Waits until a file is there."""
    for _ in range(600):
        if path.exists():
            return
        time.sleep(0.1)
    raise AssertionError(f"{path.name} never came")
