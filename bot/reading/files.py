"""A file's bytes and its text, or one sentence on why they cannot be had."""

import codecs
import re
from pathlib import Path
from typing import NamedTuple

from bot.errors import DocumentError
from bot.reading.encodings import garbled, guessed

# A leaflet has kilobytes and a textbook a few megabytes; what is larger was put there by mistake.
MAX_FILE_BYTES = 50 * 1024 * 1024
# All of a text's bytes are words; the whole Bible has 5 MB.
MAX_TEXT_BYTES = 20 * 1024 * 1024
# In this order: the mark of UTF-16 begins that of UTF-32.
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_WITHOUT_MARK = ("UTF-32-LE", "UTF-32-BE", "UTF-16-LE", "UTF-16-BE")
# What files that are no text begin with, whatever they are named.
_OTHER_KINDS = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a document in Rich Text Format"),
    (b"PK\x03\x04", "a Word document or another packed file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BLANK = "\ufeff \t\r\n\f\v\xa0"
_DETECTED_IN = 64 * 1024


class Decoded(NamedTuple):
    """A file's text, and a sentence to the operator where it may not be what its author wrote."""

    text: str
    remark: str | None = None

    @property
    def remarks(self) -> tuple[str, ...]:
        """The remark as a document has it."""
        return (self.remark,) if self.remark else ()


def file_bytes(path: Path, *, limit: int | None = None) -> bytes:
    """The content of a file, at most `limit` bytes or those that any file may have.

    Raises DocumentError where it is empty, too large or out of reach.
    """
    most = min(limit or MAX_FILE_BYTES, MAX_FILE_BYTES)
    try:
        if path.stat().st_size > most:
            raise DocumentError(f"it is larger than {most // (1024 * 1024)} MB; split it into smaller files")
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "the system gave no reason"
        raise DocumentError(f"it cannot be opened ({reason}); check its permissions") from error
    if not data.strip():
        raise DocumentError("it is empty; add text or leave the file out")
    return data


def decoded(data: bytes) -> Decoded:
    """The text of a file in whatever encoding, to the character: all line ends stay.

    In UTF-8 a byte order mark stays too; that of UTF-16 and UTF-32 is no part of the text, as Python
    has it. Raises DocumentError where it is no text.
    """
    _refuse_other_kinds(data)
    found = _marked(data) or _unmarked(data) or _in_utf8(data)
    if not found.text.strip(_BLANK):
        raise DocumentError("it is empty; add text or leave the file out")
    return found


def _refuse_other_kinds(data: bytes) -> None:
    for start, kind in _OTHER_KINDS:
        if data.startswith(start):
            raise DocumentError(
                f"it is {kind} under the name of another format; save it as plain text in UTF-8"
            )


def _marked(data: bytes) -> Decoded | None:
    """What a byte order mark says; that of UTF-8 says nothing that is not tried anyway."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError as error:
                raise DocumentError(
                    f"it is marked as {encoding} and damaged at byte {error.start}; save it again as UTF-8"
                ) from error
            return Decoded(text, f"It is not in UTF-8; its byte order mark says {encoding}.")
    return None


def _unmarked(data: bytes) -> Decoded | None:
    """Text of which every second or fourth byte is NUL, as Western letters are in UTF-16 and UTF-32."""
    if b"\x00" not in data[:_DETECTED_IN]:
        return None
    for encoding in _WITHOUT_MARK:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Read with the bytes the wrong way round, a space is a rare sign and a letter a Chinese one.
        blanks = sum(sign in " \t\r\n" for sign in text[:_DETECTED_IN])
        if "\x00" not in text and blanks * 50 >= len(text[:_DETECTED_IN]):
            return Decoded(text, f"It is not in UTF-8; it was read as {encoding}: check how it reads.")
    return None


def _in_utf8(data: bytes) -> Decoded:
    position = data.find(b"\x00")
    if position >= 0:
        raise DocumentError(
            f"it holds a NUL byte at byte {position}, so it is no text file; save it as plain text in UTF-8"
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _in_older_encoding(data, error)
    example = garbled(text)
    if example is None:
        return Decoded(text)
    line = text.count("\n", 0, example.start()) + 1
    return Decoded(
        text,
        f'It has garbled letters such as "{example.group()}" on line {line}: they are quoted as they stand; '
        "correct them.",
    )


def _in_older_encoding(data: bytes, stray: UnicodeDecodeError) -> Decoded:
    encoding = guessed(data)
    text = data.decode(encoding) if encoding else ""
    if encoding is None or _CONTROL.search(text):
        line = data.count(b"\n", 0, stray.start) + 1
        raise DocumentError(
            f"it is not UTF-8 (byte {stray.start}, on line {line}) and its encoding cannot be told; "
            "save it as UTF-8"
        ) from stray
    return Decoded(text, f"It is not in UTF-8; it was read as {encoding}: check its accented letters.")
