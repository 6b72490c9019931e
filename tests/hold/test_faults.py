"""A few kills and one kind of damage to each kept file: the long form is python -m tests.hold.faults."""

import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.hold.faults import Said, damaged_copies, kept, killed, make_corpus, said

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot copy a process")
KILLS = 3


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Said]:
    """A folder that was read and kept, and what was answered from it."""
    corpus = tmp_path_factory.mktemp("faults") / "corpus"
    make_corpus(corpus, lamps=3)
    found = said(corpus)
    assert found.answers, found.told
    return corpus, found


def test_a_start_after_a_kill_answers_the_same(whole: tuple[Path, Said]) -> None:
    corpus, found = whole
    chance = Random(1)
    for _ in range(KILLS):
        shutil.rmtree(corpus / ".bot-index")
        killed(corpus, chance.uniform(0.05, 1.5))
        now = said(corpus)
        assert now.answers == found.answers, now.told


def test_whatever_is_damaged_is_noticed_and_made_anew(whole: tuple[Path, Said]) -> None:
    corpus, found = whole
    chance = Random(2)
    seen: set[Path] = set()
    for path, damage in damaged_copies(corpus, chance):
        # Files of one kind are read by one program: one of each folder stands for all.
        if path.parent in seen:
            continue
        seen.add(path.parent)
        path.write_bytes(damage)
    assert seen
    now = said(corpus)
    assert now.answers == found.answers, now.told
    assert kept(corpus)


def test_two_starts_at_once_do_not_harm_each_other(whole: tuple[Path, Said]) -> None:
    corpus, found = whole
    shutil.rmtree(corpus / ".bot-index")
    asking = [sys.executable, "-m", "bot", "ask", "What is gout?", "--corpus", str(corpus), "--json"]
    both = [
        subprocess.Popen(asking, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)
    ]
    shown = [process.communicate() for process in both]
    assert all(process.returncode == 0 for process in both), shown
    assert all("painful swelling" in answer for answer, _ in shown)
    assert said(corpus).answers == found.answers


@pytest.mark.parametrize("limit", [0, 2_000])
def test_a_full_disk_costs_what_is_kept_and_no_answer(whole: tuple[Path, Said], limit: int) -> None:
    corpus, _ = whole
    shutil.rmtree(corpus / ".bot-index", ignore_errors=True)
    # As on a full disk, nothing larger than this can be written, and whoever tries is told so.
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}));"
        "from bot.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, "ask", "What is gout?", "--corpus", str(corpus), "--json"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "painful swelling" in ended.stdout
    assert "cannot be kept" in ended.stderr
    assert "Traceback" not in ended.stderr
