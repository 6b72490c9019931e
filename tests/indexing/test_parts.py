"""The processes that analyse documents beside another: none outlives it, and one that is ended is told of."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.errors import OutputError
from bot.indexing import parts
from bot.indexing.parts import Parts
from bot.library import read_corpus
from bot.library.shelf import encoded_document
from tests.indexing.test_index import folder

__all__ = ["folder"]
ROOT = Path(__file__).resolve().parents[2]
# Has one process analyse, says which it is, and is killed.
PROGRAM = """
import os, signal, sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from bot.indexing.parts import _end_with_parent
if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_end_with_parent)
    print(pool.submit(os.getpid).result(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_ends_with_the_one_that_started_it(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    told = subprocess.run(
        (sys.executable, tmp_path / "program.py"),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert told.returncode == -signal.SIGKILL
    worker = int(told.stdout)
    for _ in range(200):
        if not _runs(worker):
            return
        time.sleep(0.05)
    pytest.fail("it runs on")


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_one_that_is_ended_is_told_of(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(parts, "PASSAGES_AT_ONCE", 1)
    monkeypatch.setattr(parts, "PASSAGES_FOR_ONE", 1)
    monkeypatch.setattr(parts, "_analyse_encoded", _end)
    with pytest.raises(OutputError, match="was ended"), Parts(tmp_path / "parts") as analysing:
        for document in read_corpus(folder).documents:
            analysing.add(document, encoded_document(document))
        list(analysing.all())


def _end(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
