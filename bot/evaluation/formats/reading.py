"""A question set's file in, its entries out: read here, or in a process apart where reading may do harm."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import msgspec

from bot.evaluation.formats import apart
from bot.evaluation.formats.entries import Entries
from bot.evaluation.formats.kinds import TABLES
from bot.evaluation.rows import PACKED, quoted_name
from bot.library.limits import bytes_of

# Of so much text each format's own reader makes short work, and sooner than a process starts.
SMALL_BYTES = 256 * 1024
# What is packed tells nothing of what there is to read.
_UNPACKS = "spreadsheet"


def read_entries(path: Path, module: str, named: Mapping[str, str]) -> Entries:
    """The entries of a file by the module of its format; `named` has headings by field, for tables.

    Raises QuestionSetError, also for a file that takes too long, too much memory, or its reader down.
    """
    if module != _UNPACKS and not _is_packed(path) and _size(path) <= SMALL_BYTES:
        return _read(path, module, named)
    asked = (module, str(path.absolute()), msgspec.json.encode(named).decode())
    found = apart.answer("bot.evaluation.formats.reading", asked, name=quoted_name(path), size=_size(path))
    return msgspec.msgpack.decode(found, type=Entries)


def answer(module: str, path: str, named: str) -> bytes:
    """The same as bytes, for another process. Raises QuestionSetError."""
    return msgspec.msgpack.encode(_read(Path(path), module, msgspec.json.decode(named, type=dict[str, str])))


def _read(path: Path, module: str, named: Mapping[str, str]) -> Entries:
    read = import_module(f"bot.evaluation.formats.{module}").read
    entries: Entries = read(path, named) if module in TABLES else read(path)
    return entries


def _size(path: Path) -> int:
    """The size of a file, or of all in a folder that may be read."""
    if path.is_dir():
        return sum(bytes_of(inner) for inner in path.rglob("*") if inner.is_file())
    return bytes_of(path)


def _is_packed(path: Path) -> bool:
    """Whether a file, or any in a folder, is packed by gzip."""
    files = path.rglob("*") if path.is_dir() else (path,)
    return any(file.suffix.lower() == PACKED for file in files)
