"""What the README shows is what a user gets."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

from bot.settings.groups import GROUPS
from bot.settings.setting import described

ROOT = Path(__file__).resolve().parents[1]
# How a default is written that is no number and no text.
_WRITTEN = {True: "true", False: "false", None: "none", (): "none", ROOT / "corpus": "corpus"}
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


def test_the_settings_in_the_readme_are_those_that_there_are() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \|$", README, re.MULTILINE)
    listed = [(name, told) for name, _, told in rows if name in described(*GROUPS)]
    assert listed == [(found.name, found.setting.help) for found in described(*GROUPS).values()]
    for name, default, _ in rows:
        usual = described(*GROUPS)[name].default
        number = isinstance(usual, int | float) and not isinstance(usual, bool)
        assert (float(default) == usual) if number else (default == _WRITTEN.get(usual, usual))


def test_every_requirement_is_pinned_exactly() -> None:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    assert all(re.fullmatch(r"[\w.-]+(\[\w+\])?==[\w.]+|#.*|", line) for line in lines)
