"""A file's bytes and its text, or one sentence on why they cannot be had."""

from pathlib import Path

from bot.errors import DocumentError

# A leaflet has kilobytes and a textbook a few megabytes; what is larger was put there by mistake.
MAX_FILE_BYTES = 50 * 1024 * 1024


def file_bytes(path: Path) -> bytes:
    """The content of a file. Raises DocumentError where it is empty, too large or out of reach."""
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            limit = MAX_FILE_BYTES // (1024 * 1024)
            raise DocumentError(f"it is larger than {limit} MB; split it into smaller files")
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "the system gave no reason"
        raise DocumentError(f"it cannot be opened ({reason}); check its permissions") from error
    if not data.strip():
        raise DocumentError("it is empty; add text or leave the file out")
    return data


def utf8_text(data: bytes) -> str:
    """The text, to the character: a byte order mark and all line ends stay. Raises DocumentError."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DocumentError("it is saved as UTF-16; save it as UTF-8")
    position = data.find(b"\x00")
    if position >= 0:
        raise DocumentError(
            f"it holds a NUL byte at byte {position}, so it is no text file; save it as plain text in UTF-8"
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError(
            f"it is not UTF-8 (byte {error.start}, on line {line}); save it as UTF-8"
        ) from error
    if not text.strip("\ufeff \t\r\n\f\v\xa0"):
        raise DocumentError("it is empty; add text or leave the file out")
    return text
