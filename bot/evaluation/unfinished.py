"""A run's output that survives being killed: kept line by line beside its place until it is whole."""

import glob
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from bot.errors import OutputError
from bot.evaluation.origin import digest_of_text, program
from bot.files import check_writable


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An output that lines are added to; `lines` were there already."""

    file: TextIO
    lines: int


def key_of(*parts: str) -> str:
    """A name for all that a run depends on: its parts and the program's own files."""
    return digest_of_text("\0".join((*parts, program())))


@contextmanager
def resuming(path: Path, key: str) -> Iterator[Unfinished]:
    """Takes up what a run of the same key left, and puts it in its place when the block ends well.

    Whatever else unfinished runs left there is cleaned away then. Raises OutputError where the place cannot
    be written to, or another run is writing there.
    """
    check_writable(path)
    beside = path.with_name(f".{path.name}.{key}.unfinished")
    try:
        with _alone(path):
            lines = _whole_lines(beside)
            with beside.open("a", encoding="utf-8", newline="", buffering=1) as file:
                yield Unfinished(file, lines)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
            for remains in path.parent.glob(f".{glob.escape(path.name)}.*.unfinished"):
                remains.unlink(missing_ok=True)
    except OSError as error:
        if error.filename not in {None, str(beside), str(_lock(path))}:
            # Some other file that the work in between needed.
            raise
        reason = error.strerror or "the system gave no reason"
        raise OutputError(f"{path} cannot be written ({reason}); choose another place.") from error


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keeps other runs from the same place; the system lets go of the lock of a run that was killed."""
    from filelock import FileLock, Timeout

    lock = FileLock(_lock(path), blocking=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise OutputError(
            f"Another run is writing to {path}; wait until it has ended, or choose another place."
        ) from error
    try:
        yield
    finally:
        with suppress(PermissionError):  # where the system keeps open files, releasing it removes it
            _lock(path).unlink(missing_ok=True)
        lock.release()


def _lock(path: Path) -> Path:
    return path.with_name(f".{path.name}.lock")


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
