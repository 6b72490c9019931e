import re
import subprocess
import sys
from pathlib import Path

import pytest

import app
from bot.settings.groups import GROUPS
from bot.settings.setting import described

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    "options",
    [
        ["--name", "http://answers.example"],
        ["--name", "a b"],
        ["--per-minute", "-1"],
        ["--per-minute", "many"],
        ["--port", "x"],
        ["--trusted-proxy", "*"],
        ["--settings", "nowhere.toml"],
        ["--evaluator-open", "--host", "192.0.2.1"],
        ["--evaluator-open", "--name", "answers.example"],
        ["--evaluator-open", "--trusted-proxy", "127.0.0.1"],
    ],
)
def test_an_option_that_cannot_be_used_ends_with_status_2(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(options) == 2
    said = capsys.readouterr().err
    assert options[0] in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104 - compared, not bound
        ("::", False),
        ("192.0.2.1", False),
        ("answers.example", False),
    ],
)
def test_a_server_is_ones_own_where_nobody_else_may_come_in(host: str, own: bool) -> None:
    assert app._is_own(host) is own


def test_evaluations_inside_the_corpus_end_with_a_sentence(folder: Path) -> None:
    command = [sys.executable, "app.py", "--corpus", str(folder), "--port", "0", "--evaluator"]
    ran = subprocess.run(
        [*command, "--evaluations", str(folder / "inside")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert ran.stderr.rstrip().endswith("name another folder with --evaluations.")
    assert not (folder / "inside").exists()


def test_the_help_names_every_option() -> None:
    ran = subprocess.run(
        [sys.executable, "app.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    options = set(re.findall(r"--[a-z-]+", ran.stdout))
    for found in described(*GROUPS).values():
        assert (found.option in options) is not found.setting.secret
