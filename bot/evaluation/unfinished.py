"""A run's output that survives being killed: kept line by line beside its place until it is whole."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TextIO

from bot.errors import OutputError

# What makes up the program, as far as it can change an answer.
CODE = (".py", ".tsv", ".toml", ".txt")
KEY_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An output that lines are added to; `lines` were there already."""

    file: TextIO
    lines: int


def key_of(*parts: str) -> str:
    """A name for all that a run depends on: its parts and the program's own files."""
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace"))
    package = Path(str(files("bot")))
    for path in sorted(path for path in package.rglob("*") if path.suffix in CODE):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:KEY_DIGITS]


@contextmanager
def resuming(path: Path, key: str) -> Iterator[Unfinished]:
    """Takes up what a run of the same key left, and puts it in its place when the block ends well.

    Raises OutputError where the place cannot be written to.
    """
    beside = path.with_name(f".{path.name}.{key}.unfinished")
    try:
        lines = _whole_lines(beside)
        with beside.open("a", encoding="utf-8", newline="", buffering=1) as file:
            yield Unfinished(file, lines)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        if error.filename not in {None, str(beside)}:
            # Some other file that the work in between needed.
            raise
        reason = error.strerror or "the system gave no reason"
        raise OutputError(f"{path} cannot be written ({reason}); choose another place.") from error


def _whole_lines(beside: Path) -> int:
    """The number of lines there; one that was cut off is removed."""
    if not beside.exists():
        return 0
    with beside.open("rb+") as file:
        lines = whole = 0
        for line in file:
            if line.endswith(b"\n"):
                lines += 1
                whole += len(line)
        file.truncate(whole)
    return lines
