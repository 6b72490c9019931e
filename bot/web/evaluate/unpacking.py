"""What is packed in, what is read of it out: a folder of a BEIR or TREC collection, or a single file."""

import errno
import gzip
import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from bot.errors import QuestionSetError
from bot.evaluation.formats import apart
from bot.evaluation.rows import PACKED, quoted_name

# Questions and judgements of the largest public collections stay below this.
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
AT_ONCE = 1024 * 1024
# How every program packs; what unpacks others takes as much memory as the archive says.
_USUAL = (ZIP_STORED, ZIP_DEFLATED)
# What a zip file that was damaged or made to do harm is known to have zipfile raise: of a RuntimeError, that
# a password is asked for; of a ValueError or OSError, that a part begins before the file does.
_BROKEN = (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, struct.error)


def unpacked(packed: Path) -> Path:
    """What a zip or gzip file holds, beside it and named as it, without its ending. Raises QuestionSetError.

    It is unpacked where time and memory are bounded.
    """
    name, size = quoted_name(packed), packed.stat().st_size
    found = apart.answer("bot.web.evaluate.unpacking", (str(packed.absolute()),), name=name, size=size)
    return Path(os.fsdecode(found))


def answer(packed: str) -> bytes:
    """The same in another process, as bytes. Raises QuestionSetError."""
    return os.fsencode(unpack(Path(packed)))


def unpack(packed: Path) -> Path:
    """The same, unpacked here and now. Raises QuestionSetError, OSError."""
    return _file(packed) if packed.suffix.lower() == PACKED else _folder(packed)


def _folder(archive: Path) -> Path:
    """Files are written under names of our own, so that no name in the archive leads elsewhere."""
    name, folder = quoted_name(archive), archive.with_suffix("")
    (folder / "qrels").mkdir(parents=True)
    left = MAX_UNPACKED_BYTES
    try:
        with ZipFile(archive) as opened:
            for member, place in _wanted(opened):
                if left >= 0 and not (folder / place).exists():
                    with opened.open(member) as source:
                        left = _copied(source, folder / place, left)
    except _BROKEN as error:
        raise QuestionSetError(f"{name} is no zip file that can be read; pack it again.") from error
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise QuestionSetError(f"{name} is no zip file that can be read; pack it again.") from error
    if left < 0:
        raise QuestionSetError(
            f"{name} unpacks to more than {MAX_UNPACKED_BYTES} bytes; leave documents out."
        )
    if not any(path.is_file() for path in folder.rglob("*")):
        raise QuestionSetError(
            f"{name} holds neither queries.jsonl with qrels/test.tsv nor files named topics and qrels;"
            " add them."
        )
    return folder


def _file(packed: Path) -> Path:
    name, place = quoted_name(packed), packed.with_suffix("")
    try:
        with gzip.open(packed) as source:
            left = _copied(source, place, MAX_UNPACKED_BYTES)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise QuestionSetError(f"{name} is damaged or not packed by gzip; get it anew.") from error
    if left < 0:
        raise QuestionSetError(f"{name} unpacks to more than {MAX_UNPACKED_BYTES} bytes; split it.")
    return place


def _copied(source: IO[bytes] | gzip.GzipFile, place: Path, left: int) -> int:
    """How many bytes are left of so many after a copy; below 0, and copied no further, where it has more."""
    with place.open("xb") as file:
        while left >= 0 and (data := source.read(AT_ONCE)):
            left -= len(data)
            file.write(data)
    return left


def _wanted(opened: ZipFile) -> Iterator[tuple[ZipInfo, Path]]:
    """The members that a reader of question sets opens, and where it looks for them."""
    members = [
        (member, PurePosixPath(member.filename))
        for member in opened.infolist()
        # zipfile fails on a name that is empty.
        if member.filename and not member.is_dir()
    ]
    beir = any(path.name == "queries.jsonl" for _, path in members)
    if any(member.compress_type not in _USUAL for member, _ in members):
        raise BadZipFile
    for member, path in members:
        if beir and path.name == "queries.jsonl":
            yield member, Path("queries.jsonl")
        elif beir and path.parts[-2:] == ("qrels", "test.tsv"):
            yield member, Path("qrels", "test.tsv")
        elif not beir and "topics" in path.name.lower():
            yield member, Path("topics.txt")
        elif not beir and "qrels" in path.name.lower():
            yield member, Path("qrels.txt")
