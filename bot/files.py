"""Files written whole or not at all: beside their place, synced, then renamed. And where ours are kept."""

import hashlib
import logging
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO, TypeVar

from bot.errors import OutputError

File = TypeVar("File", TextIO, BinaryIO)

_LOG = logging.getLogger(__name__)
# Lies in the corpus folder; readers pass over what begins with a dot.
FOLDER = ".bot-index"
_WRITE_BITS = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
# Whoever holds a file this long does more than write it.
LONGEST_WAIT_SECONDS = 10.0


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A UTF-8 file that takes the old one's place when the block ends well; raises OutputError.

    It is opened at once, so that a place that cannot be written to is known before any work is done.
    """
    with _replacing(path, lambda beside: beside.open("x", encoding="utf-8", newline="")) as file:
        yield file


@contextmanager
def replacing_bytes(path: Path, *, synced: bool = True) -> Iterator[BinaryIO]:
    """The same for a file of bytes; not `synced`, a power cut may damage it, and many are written sooner."""
    with _replacing(path, lambda beside: beside.open("xb"), synced=synced) as file:
        yield file


@contextmanager
def _replacing(path: Path, opened: Callable[[Path], File], *, synced: bool = True) -> Iterator[File]:
    _refuse_special(path)
    beside = _beside(path)
    try:
        file = opened(beside)
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with file:
            yield file
            file.flush()
            if synced:
                os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        if error.filename not in {None, str(beside)}:
            # Some other file that the work in between needed.
            raise
        raise _unwritable(path, error) from error
    finally:
        beside.unlink(missing_ok=True)


def check_writable(path: Path) -> None:
    """Raises OutputError if a file cannot be written there, before any work is done for it."""
    _refuse_special(path)
    beside = _beside(path)
    try:
        beside.touch(exist_ok=False)
        beside.unlink()
    except OSError as error:
        raise _unwritable(path, error) from error


@contextmanager
def alone(path: Path, *, wait: float = LONGEST_WAIT_SECONDS) -> Iterator[None]:
    """Keeps every other thread and process out of the same block for this file; raises OutputError.

    The lock lies beside the file and stays there; it is the system that lets go of it, even after a crash.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path.with_name(f".{path.name}.lock"))
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise OutputError(
            f"{path} is being written by another program; try again when it is done."
        ) from error
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        yield
    finally:
        lock.release()


def write_atomically(path: Path, text: str) -> None:
    """Writes UTF-8 text, line ends as they are; raises OutputError."""
    with replacing(path) as file:
        file.write(text)


def store_folder(corpus: Path) -> Path | None:
    """Where what was computed from a folder is kept: in it or else in the user's cache, or nowhere."""
    inside = corpus / FOLDER
    # Through a link, something outside the folder would be written to, and dropped from.
    if not inside.is_symlink() and _writable(inside if inside.is_dir() else corpus):
        return inside
    try:
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError:
        _LOG.warning("%s cannot be written to and there is no home folder: nothing is kept.", corpus)
        return None
    return (
        cache / "answers-in-their-own-words" / hashlib.sha256(str(corpus.resolve()).encode()).hexdigest()[:16]
    )


def _writable(folder: Path) -> bool:
    """Whether a folder may be written to; root may everywhere, but not where everybody is kept from it."""
    try:
        return bool(folder.stat().st_mode & _WRITE_BITS) and os.access(folder, os.W_OK)
    except OSError:
        return False


def _refuse_special(path: Path) -> None:
    if path.exists() and not path.is_file():
        raise OutputError(f"{path} is no ordinary file; name a file to write to.")


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")


def _unwritable(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or "the system gave no reason"
    return OutputError(f"{path} cannot be written ({reason}); choose another place.")
