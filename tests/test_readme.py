"""What the README shows is what a user gets."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_question_in_the_readme_gets_the_answer_in_the_readme() -> None:
    shown = re.search(r"```\n\$ \.venv/bin/python (.*?)\n(.*?)\n```", README, re.DOTALL)
    assert shown is not None
    ran = subprocess.run(
        [sys.executable, *shlex.split(shown[1])], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.rstrip("\n") == shown[2]


def test_every_command_in_the_readme_exists() -> None:
    for command in re.findall(r"`python -m bot (\w+)", README):
        subprocess.run(
            [sys.executable, "-m", "bot", command, "--help"], cwd=ROOT, capture_output=True, check=True
        )


def test_every_requirement_is_pinned_exactly() -> None:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    assert all(re.fullmatch(r"[\w.-]+(\[\w+\])?==[\w.]+|#.*|-c requirements\.lock|", line) for line in lines)
