"""PDF: printed lines put together again into headings, paragraphs and lists, with their pages."""

import logging
import re
import statistics
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from bot.errors import DocumentError
from bot.reading.dates import iso_date
from bot.reading.files import file_bytes
from bot.reading.layout import Layout, clean
from bot.reading.outline import outlined
from bot.reading.pdf_lines import PrintedLine, printed_lines
from bot.reading.structure import Facts, document, entitled
from bot.records import Document

# Longer than any handbook; a file that claims more pages would keep the start waiting.
MAX_PAGES = 5000
# What pypdf lets through of a file that is damaged, by what it met inside.
_MALFORMED = (
    PyPdfError,
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    struct.error,
    zlib.error,
)
_MARK = re.compile(r"(?:[•‣◦▪●·–—*\-\uf0b7]|\d{1,3}[.)]|[A-Za-z]\))\s+")
_SENTENCE_END = (".", "?", "!", ":", ".”", '."', ".)")
# Against the body text: a heading's size, and the gap between paragraphs.
_HEADING_SIZE = 1.15
_PARAGRAPH_GAP = 1.35
_SHORT_LINE = 0.75
_MOST_HEADING_WORDS = 14
_HEADING_LEVELS = 4
# These keep their hyphen at the end of a line: "self-help" is not "selfhelp".
_HYPHENATED = "self well non long short high low all half full part post pre anti multi co ex cross follow"


@dataclass(frozen=True, slots=True)
class _Print:
    """What the document's lines have in common."""

    body_size: float
    gap: float
    width: int
    sizes: tuple[float, ...]
    words: frozenset[str]


def read(path: Path, doc: str) -> Document:
    """Reads a PDF. Raises DocumentError."""
    data = file_bytes(path)
    try:
        with _silenced():
            lines, count, facts = _content(data)
    except _MALFORMED as error:
        raise DocumentError("it is damaged or cut off; fetch or export the PDF again") from error
    if not lines:
        raise DocumentError("it has no text, as a scan has none; run text recognition (OCR) on it first")
    layout, pages = _laid_out(lines, count)
    title, pieces = entitled(layout.text, layout.pieces, stated=facts.title, fallback=Path(doc).stem)
    if not any(piece.kind == "heading" for piece in pieces):
        pieces = outlined(layout.text, pieces, title=title)
    return document(doc, layout.text, pieces, replace(facts, title=title), pages=pages)


def _content(data: bytes) -> tuple[tuple[PrintedLine, ...], int, Facts]:
    reader = PdfReader(BytesIO(data))
    # An empty password opens files that only forbid printing or copying.
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentError("it is protected by a password; save it without one")
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise DocumentError(f"it has more than {MAX_PAGES} pages; split it into smaller files")
    return printed_lines(list(reader.pages)), count, _facts(reader)


def _facts(reader: PdfReader) -> Facts:
    stated: Mapping[str, object] = reader.metadata or {}
    return Facts(
        title=clean(str(stated.get("/Title") or "")) or None,
        published=iso_date(str(stated.get("/CreationDate") or "")),
        revised=iso_date(str(stated.get("/ModDate") or "")),
    )


@contextmanager
def _silenced() -> Iterator[None]:
    """Keeps pypdf's remarks on a file's oddities from users, who can do nothing about them."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _laid_out(lines: Sequence[PrintedLine], count: int) -> tuple[Layout, tuple[int, ...]]:
    """The text, and the start of each page in it."""
    look = _look(lines)
    layout = Layout()
    starts: dict[int, int] = {}
    for block in _blocks(lines, look):
        level = _heading_level(block[0], look)
        mark = _MARK.match(block[0].words)
        words, offsets = _joined(block, look, skipped=mark.end() if mark and level is None else 0)
        if level is not None:
            start = layout.add("heading", words, level=level)
        else:
            start = layout.add("item" if mark else "paragraph", words)
        if start is not None:
            for page, offset in offsets:
                starts.setdefault(page, start + offset)
    return layout, _page_starts(starts, count, len(layout.text))


def _page_starts(starts: dict[int, int], count: int, length: int) -> tuple[int, ...]:
    """A page without text starts where the next one does, and the first one at 0."""
    found: list[int] = []
    following = length
    for page in reversed(range(1, count)):
        following = starts.get(page, following)
        found.append(following)
    return (0, *reversed(found))


def _look(lines: Sequence[PrintedLine]) -> _Print:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.words)
    body = sizes.most_common(1)[0][0]
    gaps = [
        above.height - below.height
        for above, below in pairwise(lines)
        if above.page == below.page and above.height > below.height and above.size == below.size == body
    ]
    larger = sorted({line.size for line in lines if line.size >= body * _HEADING_SIZE}, reverse=True)
    return _Print(
        body_size=body,
        # The closest lines are those inside paragraphs, whatever the number of gaps between.
        gap=statistics.quantiles(gaps, n=4)[0] if len(gaps) > 1 else 0.0,
        width=max(len(line.words) for line in lines),
        sizes=tuple(larger),
        words=frozenset(word.lower() for line in lines for word in re.findall(r"[\w-]+", line.words)),
    )


def _heading_level(line: PrintedLine, look: _Print) -> int | None:
    if len(line.words.split()) > _MOST_HEADING_WORDS or line.words.endswith("."):
        return None
    if not any(map(str.isalpha, line.words)) or (line.words[-1] == ":" and _MARK.match(line.words)):
        return None
    if line.size in look.sizes:
        return min(look.sizes.index(line.size) + 1, _HEADING_LEVELS)
    return min(len(look.sizes), _HEADING_LEVELS) + 1 if line.bold else None


def _blocks(lines: Sequence[PrintedLine], look: _Print) -> Iterator[list[PrintedLine]]:
    block: list[PrintedLine] = []
    for line in lines:
        if block and _parts(block, line, look):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _parts(block: Sequence[PrintedLine], line: PrintedLine, look: _Print) -> bool:
    """Whether a line starts a block of its own."""
    last = block[-1]
    if _MARK.match(line.words):
        return True
    if (last.size, last.bold) != (line.size, line.bold):
        # A bold word inside a paragraph changes the look of a line, but makes it no heading.
        levels = _heading_level(last, look), _heading_level(line, look)
        if levels != (None, None):
            return True
    ended = last.words.endswith(_SENTENCE_END)
    if last.page != line.page:
        return ended
    if line.blank_before or (look.gap and last.height - line.height > look.gap * _PARAGRAPH_GAP):
        return True
    return ended and len(last.words) < look.width * _SHORT_LINE


def _joined(
    block: Sequence[PrintedLine], look: _Print, *, skipped: int
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A block's lines as one, and the offset in it at which each of its pages starts."""
    words = block[0].words[skipped:]
    offsets = [(block[0].page, 0)]
    for line in block[1:]:
        words = _with_line(words, line.words, look)
        if line.page != offsets[-1][0]:
            offsets.append((line.page, len(words) - len(line.words)))
    return words, tuple(offsets)


def _with_line(words: str, line: str, look: _Print) -> str:
    cut = re.search(r"([^\W\d_]+)-$", words[-60:])
    if cut is None or not line[0].islower():
        return f"{words} {line}"
    first, second = cut[1], re.split(r"[^\w-]", line, maxsplit=1)[0]
    whole, hyphenated = f"{first}{second}".lower(), f"{first}-{second}".lower()
    kept = hyphenated in look.words or first.lower() in _HYPHENATED.split()
    return words + line if kept and whole not in look.words else words[:-1] + line
