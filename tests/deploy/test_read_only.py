"""An ordinary user on a file system that nobody can write to, as the systemd unit has it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest

from tests.deploy.servers import ROOT, running

NOBODY = "65534"
# In a namespace of its own, everything is read-only but a cache in memory; "$@" is then run as nobody.
READ_ONLY = (
    "mount --bind / / && mount -o remount,bind,ro / && mount -t tmpfs -o mode=1777,size=64m tmpfs /mnt &&"
    f' exec setpriv --reuid={NOBODY} --regid={NOBODY} --clear-groups --no-new-privs --bounding-set=-all "$@"'
)
BEFORE = ("unshare", "--mount", "sh", "-ec", READ_ONLY, "sh")


def _refusal() -> str:
    """Why it cannot be tried here, "" where it can."""
    if not (shutil.which("unshare") and shutil.which("setpriv")) or os.getuid() != 0:
        return "it takes root, unshare and setpriv to set it up"
    tried = subprocess.run([*BEFORE, "true"], capture_output=True, text=True, check=False)
    return tried.stderr


@pytest.fixture
def documents(folder: Path) -> Iterator[Path]:
    """A corpus that everybody can read, which those in pytest's own folders are not."""
    with TemporaryDirectory() as place:
        copied = Path(place, "corpus")
        shutil.copytree(folder, copied, ignore=shutil.ignore_patterns(".*"))
        for one in (Path(place), copied):
            one.chmod(0o755)
        yield copied


@pytest.fixture
def programs() -> None:
    refusal = _refusal()
    if refusal:
        pytest.skip(refusal)
    reachable = subprocess.run(
        [*BEFORE, "test", "-r", str(ROOT / "app.py")], capture_output=True, check=False
    )
    if reachable.returncode:
        pytest.skip("nobody cannot read the program where it lies")


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("cache", ["/mnt", "/nonexistent"])
def test_it_answers_as_nobody_where_nothing_can_be_written(documents: Path, cache: str) -> None:
    surroundings = {"XDG_CACHE_HOME": cache, "HOME": "/nonexistent", "TMPDIR": "/mnt"}
    options = ("--corpus", str(documents), "--encoder", "none")
    with running(*options, before=BEFORE, surroundings=surroundings) as (port, server):
        user = Path(f"/proc/{server.pid}/status").read_text("utf-8")
        assert f"Uid:\t{NOBODY}" in user
        question = {"question": "Which signs does gout have?"}
        asked = httpx.post(f"http://127.0.0.1:{port}/api/ask", json=question, timeout=60)
        assert asked.json()["outcome"] == "answered"
        assert httpx.get(f"http://127.0.0.1:{port}/", timeout=60).status_code == 200
    assert not (documents / ".bot-index").exists()
