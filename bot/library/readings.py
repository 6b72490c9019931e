"""Files in, what came of each out: as it was kept, or else read anew, here or in a process apart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.library.children import read_apart
from bot.library.folder import Source
from bot.library.kept import KeptReadings, key_of
from bot.library.limits import bytes_of
from bot.library.reading import Reading, attempt, decoded, format_of

# Text is read without a parser that could fall ill, and so much of it sooner than a process starts.
_PLAIN = ("text", "markdown")
_PLAIN_BYTES, _ALL_PLAIN_BYTES = 64 * 1024, 512 * 1024
_NOT_NOW = Reading(
    refusal="no process could be started to read it in; free some memory and start the program again"
)
_AT_ODDS = Reading(refusal="its reader gave what does not hold together; save it again or leave it out")


def readings(files: Iterable[Source], kept: KeptReadings) -> Iterator[tuple[Source, Reading]]:
    """What came of each file; those that are kept come first, the others as they are read."""
    new: dict[Source, str | None] = {}
    for file in files:
        key = key_of(file) if format_of(file.doc) else None
        reading = kept.get(key) if key else None
        if reading is None:
            new[file] = key
        else:
            yield file, _of(file, reading)
    for file, content in _read(tuple(new)):
        reading, key = _checked(content), new[file]
        # A file that was changed while it was read is read again next time.
        if content is not None and reading is not _AT_ODDS and key is not None and key == key_of(file):
            kept.put(key, content)
        yield file, reading


def _of(file: Source, reading: Reading) -> Reading:
    """A reading of a file with the same name and content, perhaps in another place, as this file's."""
    document = reading.document
    if document is None or document.id == file.doc:
        return reading
    return replace(reading, document=replace(document, id=file.doc))


def _read(files: Sequence[Source]) -> Iterator[tuple[Source, bytes | None]]:
    """The bytes of each file's reading; None where it could not be read for no fault of its own."""
    sizes = {file: bytes_of(file.path) for file in files if format_of(file.doc) is not None}
    small = {file for file, size in sizes.items() if format_of(file.doc) in _PLAIN and size <= _PLAIN_BYTES}
    if sum(sizes[file] for file in small) > _ALL_PLAIN_BYTES:
        small.clear()
    for file in files:
        if file in small or file not in sizes:
            yield file, attempt(file.path, file.doc)
    # The largest first: while one is at work on it, another reads all the small ones.
    apart = sorted((file for file in sizes if file not in small), key=lambda file: -sizes[file])
    if apart:
        yield from read_apart(apart)


def _checked(content: bytes | None) -> Reading:
    if content is None:
        return _NOT_NOW
    try:
        return decoded(content)
    except ValueError:
        return _AT_ODDS
