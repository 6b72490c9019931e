import subprocess
import sys
from pathlib import Path

import pytest

import app

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    "options",
    [
        ["--name", "http://answers.example"],
        ["--name", "answers.example:80"],
        ["--name", ""],
        ["--name", "a b"],
        ["--per-minute", "-1"],
        ["--per-minute", "many"],
        ["--port", "x"],
    ],
)
def test_an_option_that_cannot_be_used_ends_with_status_2(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        app.main(options)
    assert ended.value.code == 2
    assert options[0] in capsys.readouterr().err


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.3.4.5", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104 - compared, not bound
        ("::", False),
        ("192.0.2.1", False),
        ("answers.example", False),
    ],
)
def test_a_token_is_needed_wherever_others_may_come_in(host: str, loopback: bool) -> None:
    assert app._is_loopback(host) is loopback


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
    options = ("--corpus", "--host", "--port", "--name", "--per-minute", "--evaluator", "--evaluations")
    assert all(option in ran.stdout for option in options)
