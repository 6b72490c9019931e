"""A child process whose readers do what no reader should: what the file's name says."""

import builtins
import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bot.files import alone
from bot.library import child
from bot.reading import text
from bot.records import Document


class Panic(BaseException):
    """What libraries that are not written in Python raise."""


def sleeps(path: Path) -> None:
    """Waits for ever, with a lock that tells whether it is still there."""
    beside = path.parent.parent / "asleep"
    with alone(beside):
        beside.touch()
        time.sleep(3600)


def spins(_: Path) -> None:
    """Is busy for ever."""
    while True:
        pass


def exits(_: Path) -> None:
    """Ends the process as if all were well."""
    os._exit(0)


def kills(_: Path) -> None:
    """Has the process ended."""
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(3600)


def crashes(_: Path) -> None:
    """Reads where there is no memory."""
    ctypes.string_at(0)


def eats(_: Path) -> None:
    """Takes more memory than a file may cost, and less than a machine has."""
    bytearray(3 << 30)


def prints(_: Path) -> None:
    """Says things that nobody asked for, on all ways out."""
    sys.stdout.write("noise")
    sys.stdout.flush()
    os.write(1, b"more noise")


def panics(_: Path) -> None:
    """Raises what is no Exception."""
    raise Panic


DEEDS: dict[str, Callable[[Path], None]] = {
    deed.__name__: deed for deed in (sleeps, spins, exits, kills, crashes, eats, prints, panics)
}


def read(path: Path, doc: str) -> Document:
    """Does what the file's name says, and then reads it as text."""
    deed = DEEDS.get(path.stem)
    if deed is not None:
        deed(path)
    error: Any = getattr(builtins, path.stem, None)
    if error is not None:
        raise error
    return text.read(path, doc)


if __name__ == "__main__":
    for name in ("text", "markdown", "html", "pdf", "docx"):
        sys.modules[f"bot.reading.{name}"] = SimpleNamespace(read=read)  # type: ignore[assignment]
    child.main()
