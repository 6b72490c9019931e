"""What was read and cut, kept on disk by what was read: a file for each, so that none can spoil another.

A restart reads nothing again, and a changed file costs that file. What is kept is no more than saved time:
whatever is missing, damaged or of another version of the program is read anew.
"""

import hashlib
import logging
import re
import sys
import time
from collections.abc import Collection
from functools import cache
from pathlib import Path

from bot.errors import OutputError
from bot.files import replacing_bytes
from bot.library.folder import Source
from bot.library.limits import limits
from bot.library.reading import Reading, decoded
from bot.reading.files import MAX_FILE_BYTES

_LOG = logging.getLogger(__name__)
_FOLDER = "documents"
_PROGRAM = Path(__file__).resolve().parents[1]
# What a reading depends on besides the file: how it is read and cut, and what is kept of it.
_READERS = ("reading", "library", "passages.py", "nltk_parts.py", "records.py")
_PACKAGES = frozenset(
    {"charset_normalizer", "lxml", "markdown_it_py", "mdit_py_plugins", "msgspec", "nltk", "numpy"}
    | {"pypdfium2", "pyyaml", "rank_bm25", "tinycss2"}
)
_KEY_DIGITS = 32
_CHECKSUM_BYTES = 32
# The largest file that is read comes to less, every word a passage.
_MOST_BYTES = 4 * MAX_FILE_BYTES
# Nothing else is ever dropped, wherever a link may lead.
_OURS = re.compile(rf"(?P<key>[0-9a-f]{{{_KEY_DIGITS}}})|\..+\.part")
# A file that took too long may do better on a machine less busy; a bad one does not hold up every start.
TRIED_AGAIN_SECONDS = 600.0
# So many readings of earlier versions are kept in any case.
_SPARE = 100
# By then, what is half-written is nobody's work in progress: a process was killed over it.
_PART_SECONDS = 3600.0


def key_of(source: Source) -> str | None:
    """What a reading of this file is kept under; None for one that is not kept.

    It is made from the content, and from the name since that may give the title.
    """
    try:
        if source.path.stat().st_size > MAX_FILE_BYTES:
            return None
        with source.path.open("rb") as file:
            content = hashlib.file_digest(file, hashlib.sha256).digest()
    except OSError:
        return None
    name = source.path.name.encode(errors="surrogateescape")
    return hashlib.sha256(b"\0".join((version(_READERS).encode(), content, name))).hexdigest()[:_KEY_DIGITS]


class KeptReadings:
    """The readings of one corpus in a folder; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        place = None if folder is None else folder / _FOLDER
        self._folder = None if place is None or place.is_symlink() else place
        self._asked: set[str] = set()

    def get(self, key: str) -> Reading | None:
        """What is kept under a key, if it is what was put there."""
        self._asked.add(key)
        if self._folder is None:
            return None
        place = self._folder / key
        try:
            # Something else in its place might be read without end.
            whole = place.is_file() and place.stat().st_size <= _MOST_BYTES
            data = place.read_bytes() if whole else b""
            old = whole and _is_older(place, TRIED_AGAIN_SECONDS)
        except OSError:
            data = b""
        if not data:
            return None
        content = data[_CHECKSUM_BYTES:]
        try:
            if data[:_CHECKSUM_BYTES] != _checksum(key, content):
                raise ValueError("the checksum is another")
            reading = decoded(content)
        except ValueError as error:
            _LOG.warning("%s is damaged (%s); its document is read anew.", place, error)
            return None
        return None if reading.again and old else reading

    def holds(self, source: Source) -> bool:
        """Whether a reading of a file, as it is now, is kept."""
        key = key_of(source)
        return key is not None and self._folder is not None and (self._folder / key).is_file()

    def put(self, key: str, content: bytes) -> None:
        """Keeps the bytes of a reading, where that can be done."""
        if self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with replacing_bytes(self._folder / key, synced=False) as file:
                file.write(_checksum(key, content) + content)
        except (OSError, OutputError) as error:
            _LOG.warning("What was read cannot be kept and is read again at the next start: %s", error)
            self._folder = None

    def drop_others(self) -> None:
        """Forgets what was not asked for: of files that are gone, have changed or were read otherwise."""
        if self._folder is None or not self._folder.is_dir():
            return
        try:
            for place in self._folder.iterdir():
                if self._is_stale(place):
                    place.unlink(missing_ok=True)
        except OSError as error:
            _LOG.warning("What is no longer needed in %s cannot be dropped: %s", self._folder, error)

    def drop_where_crowded(self, files: Collection[Source]) -> None:
        """Forgets what is not of these files once that is more than what is: to tell, each is looked into."""
        try:
            count = 0 if self._folder is None else sum(1 for _ in self._folder.iterdir())
        except OSError:
            return
        if count > 2 * len(files) + _SPARE:
            self._asked.update(key for file in files if (key := key_of(file)) is not None)
            self.drop_others()

    def _is_stale(self, place: Path) -> bool:
        ours = _OURS.fullmatch(place.name)
        if ours is None:
            return False
        if ours["key"] is not None:
            return ours["key"] not in self._asked
        return _is_older(place, _PART_SECONDS)


def _is_older(place: Path, seconds: float) -> bool:
    return place.stat().st_mtime < time.time() - seconds


def _checksum(key: str, content: bytes) -> bytes:
    return hashlib.sha256(key.encode() + content).digest()


@cache
def version(parts: tuple[str, ...]) -> str:
    """A digest of what something kept depends on: parts of the program, packages that read, Python, limits.

    `parts` are modules, files and packages of the program with all in them.
    """
    digest = hashlib.sha256(f"{sys.version}\0{limits()}".encode())
    for name in parts:
        place = _PROGRAM / name
        for path in sorted(place.rglob("*.*")) if place.is_dir() else (place,):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"\0{path.name}\0".encode() + path.read_bytes())
    # The folder of a package's facts bears its name and version.
    facts = {path.name for place in sys.path for path in Path(place).glob("*.dist-info")}
    read_with = (name for name in sorted(facts) if name.partition("-")[0].lower() in _PACKAGES)
    digest.update("\0".join(read_with).encode())
    return digest.hexdigest()
