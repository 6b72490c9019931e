"""One file in, what came of it out: a document that has been cut, or the reason why it is left out.

It comes as bytes, the same whether it was read here, in a process apart or at an earlier start.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import pairwise
from pathlib import Path, PurePosixPath

import msgspec

from bot.errors import DocumentError
from bot.library.labels import labelled
from bot.passages import cuts
from bot.records import Cut, Document, Span

_LOG = logging.getLogger(__name__)
# The module of each format is imported when the first such file is met: a parser costs a start dearly.
_READERS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
}
FORMATS = ".txt, .md, .html, .pdf or .docx"

Reader = Callable[[Path, str], Document]


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a file: a document that has been cut, or why it was left out.

    A refusal goes on after the file's name: "it is empty; add text or leave the file out". With `again` the
    machine may have been too busy just then, so that another try later may go better.
    """

    document: Document | None = None
    refusal: str = ""
    again: bool = False


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Reading)


def encoded(reading: Reading) -> bytes:
    """The bytes of a reading."""
    return _ENCODER.encode(reading)


def refused(reason: str, *, again: bool = False) -> bytes:
    """The bytes of a reading that gave no document; `again` as in `Reading`."""
    return encoded(Reading(refusal=reason, again=again))


# It is told from other refusals by whoever has a process with more memory left.
OUT_OF_MEMORY = refused("it takes more memory than there is for one file; split it into smaller files")


def format_of(doc: str) -> str | None:
    """The module that reads files of this name; None where there is none."""
    return _READERS.get(PurePosixPath(doc).suffix.lower()) if _is_unicode(doc) else None


def attempt(path: Path, doc: str) -> bytes:
    """Reads and cuts a file; whatever goes wrong with it becomes the reason why it is left out."""
    try:
        document = labelled(_read(path, doc))
        return encoded(Reading(replace(document, cuts=cuts(document))))
    except KeyboardInterrupt:
        raise
    except DocumentError as error:
        return refused(str(error))
    except MemoryError:
        return OUT_OF_MEMORY
    except RecursionError:
        return refused("its parts are nested too deeply; save it in a simpler form")
    except BaseException as error:  # noqa: BLE001
        # The one place that catches everything: parsers raise what they like on what they did not
        # expect, and a file that its reader fails on must cost no other file. Even what is no
        # Exception: a library may call exit(), and those written in Rust panic with a BaseException.
        _LOG.info("%s cannot be read", printable(doc), exc_info=True)
        return refused(f"its reader failed ({type(error).__name__}); save it again or leave it out")


def decoded(data: bytes) -> Reading:
    """A reading from its bytes. Raises ValueError where they are damaged or do not hold together."""
    reading = _DECODER.decode(data)
    document = reading.document
    if document is None:
        holds = bool(reading.refusal)
    else:
        same = hashlib.sha256(document.text.encode()).hexdigest() == document.digest
        holds = same and _fits(document)
    if not holds:
        raise ValueError("what was read does not hold together")
    return reading


def decoded_head(data: bytes) -> Document:
    """A document without its text from its bytes. Raises ValueError where they are damaged."""
    document = _DECODER.decode(data).document
    if document is None:
        raise ValueError("there is no document")
    return document


def printable(name: str) -> str:
    """A file's name without characters that could steer a terminal or break a line."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name)


def _read(path: Path, doc: str) -> Document:
    if not _is_unicode(doc):
        raise DocumentError("its name is not valid Unicode; rename it")
    if len(doc.splitlines()) > 1:
        # No address leads to it, and lists of documents would show it as two.
        raise DocumentError("its name has a line break in it; rename it")
    module = format_of(doc)
    if module is None:
        raise DocumentError(f"it is of a kind that cannot be read; save it as {FORMATS}")
    reader: Reader = import_module(f"bot.reading.{module}").read
    return reader(path, doc)


def _is_unicode(name: str) -> bool:
    """Whether a name is text; the system's are bytes, and may be anything."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _fits(document: Document) -> bool:
    """Whether every span lies in the text, and whatever follows one another does so there too."""
    length = len(document.text)
    return (
        all(0 <= start <= end <= length for start, end in _spans(document))
        and all(0 <= start <= length for start in document.pages)
        and all(first <= second for first, second in pairwise(document.pages))
        and all(_is_inside(cut, document, length) for cut in document.cuts or ())
    )


def _spans(document: Document) -> Iterator[tuple[int, int]]:
    for section in document.sections:
        yield section.start, section.end
        for block in section.blocks:
            yield block.start, block.end


def _is_inside(cut: Cut, document: Document, length: int) -> bool:
    return (
        0 <= cut.section < len(document.sections)
        and bool(cut.units)
        and all(_is_span(unit, length) for unit in (*cut.units, *cut.beside))
        and all(first.end <= second.start for first, second in pairwise(cut.units))
    )


def _is_span(span: Span, length: int) -> bool:
    return 0 <= span.start < span.end <= length
