import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.servers import ROOT

UNIT = ROOT / "bot" / "deploy" / "answers.service"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd on this machine")
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    unit = UNIT.read_text("utf-8").replace("/opt/answers/.venv/bin/python", sys.executable)
    (tmp_path / UNIT.name).write_text(unit.replace("/opt/answers", str(ROOT)))
    command = ["systemd-analyze", "verify", str(tmp_path / UNIT.name)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    about = [line for line in ran.stderr.splitlines() if UNIT.name in line]
    assert not about
