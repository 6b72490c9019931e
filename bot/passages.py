"""Documents in, passages out: the only place where text is cut.

A passage is an exact slice of its document, cut between sections, paragraphs, list items and
sentences. A list keeps the line that leads into it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import overload

from bot.nltk_parts import PunktParameters, PunktSentenceTokenizer
from bot.records import Block, Corpus, Cut, Document, Passage, Section, Span

# A reader takes in about this much at a glance; longer passages buy hits and cost the reader.
MAX_WORDS = 120
# Shorter neighbours are joined up to this size: a line of its own ("Bone scan: ...") says little alone.
JOIN_BELOW_WORDS = 25
JOINED_WORDS = 80
# The passages of so many documents are kept at hand.
_DOCUMENTS_AT_HAND = 4096
_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")
_WORD = re.compile(r"\S+")
# No paragraph is longer; nltk takes a second for as much, and gives up on much more.
_LONGEST_PARAGRAPH = 20_000
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[A-Z\"'“‘(])")
_FENCE = re.compile(r"```|~~~")
_MARKUP = re.compile(r"[<{}`!]|:::")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,40})\]")
_ABBREVIATIONS = (
    "e.g i.e etc vs dr mr mrs ms prof st fig figs no nos vol pp al cf ca approx est dept inc jr sr "
    "u.s u.k ph.d m.d a.m p.m jan feb mar apr jun jul aug sept oct nov dec"
)


@dataclass(frozen=True, slots=True)
class _Group:
    """Units that belong together: a paragraph's sentences and notes, or a list with its lead-in.

    `header` is the row that names the columns of a table, or the sentence that leads into a list.
    """

    units: tuple[Span, ...]
    words: int
    listing: bool = False
    header: Span | None = None

    @property
    def beside(self) -> tuple[Span, ...]:
        """What has to be shown with it since it was cut off."""
        return (self.header,) if self.header is not None and self.header.end <= self.units[0].start else ()


def cut_corpus(corpus: Corpus) -> "Passages":
    """Every passage of the corpus, in the order of its documents and of their text."""
    return Passages(corpus.documents, [len(cuts_of(document)) for document in corpus.documents])


class Passages(Sequence[Passage]):
    """The passages of documents, in order; they are made when they are asked for.

    `counts` is how many each document has.
    """

    def __init__(self, documents: Sequence[Document], counts: Iterable[int]) -> None:
        self._documents = documents
        self._first = (0, *accumulate(counts))
        self._made = lru_cache(_DOCUMENTS_AT_HAND)(self._make)

    def __len__(self) -> int:
        return self._first[-1]

    @overload
    def __getitem__(self, index: int) -> Passage: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, index: int | slice) -> Passage | tuple[Passage, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        if not 0 <= index < len(self):
            raise IndexError(index)
        document = bisect_right(self._first, index) - 1
        return self._made(document)[index - self._first[document]]

    def of(self, document: int) -> tuple[Passage, ...]:
        """The passages of the document at a place."""
        return self._made(document)

    def _make(self, document: int) -> tuple[Passage, ...]:
        return passages_of(self._documents[document], self._first[document])


def passages_of(document: Document, first: int = 0) -> tuple[Passage, ...]:
    """The passages of a document; `first` is the place of the first of them in the corpus."""
    return tuple(_passage(first + at, document, cut) for at, cut in enumerate(cuts_of(document)))


def cuts_of(document: Document) -> tuple[Cut, ...]:
    """Where the passages of a document stand, worked out only where it has not been cut."""
    return cuts(document) if document.cuts is None else document.cuts


def cuts(document: Document) -> tuple[Cut, ...]:
    """Where the passages of a document stand."""
    notes = _footnotes(document)
    return tuple(
        cut
        for place, section in enumerate(document.sections)
        if section.role == "body"
        for cut in _cut_section(document, section, notes, place=place)
    )


def _footnotes(document: Document) -> dict[str, Span]:
    """The footnotes that are text of the document, by their labels ("[^1]: Not with weak kidneys.")."""
    if "[^" not in document.text:
        return {}
    return {
        label.group(1): Span(block.start, block.end)
        for section in document.sections
        if section.role == "body"
        for block in section.blocks
        if (label := _FOOTNOTE.match(document.text, block.start, block.end))
        and document.text.startswith(":", label.end())
    }


def sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The sentences of `text[start:end]`, without the white space between them."""
    if end - start > _LONGEST_PARAGRAPH:
        return tuple(_plain_sentences(text, start, end))
    spans = _sentence_tokenizer().span_tokenize(text[start:end])
    return tuple(Span(start + first, start + last) for first, last in spans if first < last)


def _plain_sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Sentences by their last signs alone."""
    for found in _SENTENCE_END.finditer(text, start, end):
        yield Span(start, start + len(text[start : found.end()].rstrip()))
        start = found.end()
    if start < end:
        yield Span(start, end)


@cache
def _sentence_tokenizer() -> PunktSentenceTokenizer:
    # Punkt's trained models are a download that a closed network cannot make: untrained, with the
    # abbreviations of medical prose given, it cuts as well.
    parameters = PunktParameters()
    parameters.abbrev_types = set(_ABBREVIATIONS.split())
    return PunktSentenceTokenizer(parameters)


def lead_in(passage: Passage) -> str:
    """The text up to the end of the line that leads into a passage's list; empty where there is none."""
    at = leading_unit(passage)
    return "" if at is None else passage.text[: passage.units[at].end - passage.start]


def leading_unit(passage: Passage) -> int | None:
    """The place of the unit that leads into a list: the first with a colon, if any stand behind it."""
    texts = (
        passage.text[unit.start - passage.start : unit.end - passage.start] for unit in passage.units[:-1]
    )
    return next((at for at, text in enumerate(texts) if text.rstrip(" *_\r\n").endswith(":")), None)


def _cut_section(
    document: Document, section: Section, notes: Mapping[str, Span], *, place: int
) -> Iterator[Cut]:
    pieces = _joined(_split(_groups(document.text, section.blocks), document.text), document.text)
    for piece in pieces:
        start, end = piece.units[0].start, piece.units[-1].end
        labels = _FOOTNOTE.findall(document.text, start, end) if notes else ()
        referred = (notes[label] for label in dict.fromkeys(labels) if label in notes)
        elsewhere = (note for note in referred if note.start >= end or note.end <= start)
        yield Cut(place, piece.units, (*piece.beside, *elsewhere))


def _passage(index: int, document: Document, cut: Cut) -> Passage:
    start, end = cut.units[0].start, cut.units[-1].end
    return Passage(
        index=index,
        doc=document.id,
        start=start,
        end=end,
        text=document.text[start:end],
        heading=document.sections[cut.section].heading,
        units=cut.units,
        page=document.page(start),
        beside=cut.beside,
    )


def _groups(text: str, blocks: Sequence[Block]) -> Iterator[_Group]:
    """Paragraphs one by one; a run of items or rows together, behind the line that leads into it.

    A note stays with what it belongs to.
    """
    pending: list[Block] = []
    for block in blocks:
        if pending and (not _belongs(block, pending) or _fenced_off(text, pending[-1], block)):
            yield _group(text, pending)
            pending = []
        pending.append(block)
    if pending:
        yield _group(text, pending)


def _fenced_off(text: str, before: Block, block: Block) -> bool:
    """Whether the fence of a code block of Markdown parts two rows, as it does with two tables."""
    return before.kind == block.kind == "row" and _FENCE.search(text, before.end, block.start) is not None


def _belongs(block: Block, pending: Sequence[Block]) -> bool:
    """Whether a block is one with those before it."""
    if block.kind == "note":
        return True
    before = next((other for other in reversed(pending) if other.kind != "note"), None)
    if block.header and any(other.kind in ("item", "row") for other in pending):
        return False
    if block.kind == "item" and any(other.header for other in pending):
        return False
    if block.kind == "paragraph":
        return before is None
    return before is None or before.kind != "paragraph" or before.lead_in


def _units(text: str, block: Block) -> tuple[Span, ...]:
    whole = Span(block.start, block.end)
    if block.kind in ("item", "row") and _words(text, whole) <= MAX_WORDS:
        return (whole,)
    found = sentences(text, block.start, block.end) or (whole,)
    return tuple(unit for sentence in found for unit in _bounded(text, sentence))


def _bounded(text: str, sentence: Span) -> Iterator[Span]:
    """A sentence that no reader could take in at once in pieces, cut at line ends or else between words."""
    if _words(text, sentence) <= MAX_WORDS:
        yield sentence
        return
    lines = [match.span() for match in _LINE.finditer(text, sentence.start, sentence.end)]
    for start, end in lines:
        found = [match.span() for match in _WORD.finditer(text, start, end)]
        for first in range(0, len(found), MAX_WORDS):
            piece = found[first : first + MAX_WORDS]
            yield Span(piece[0][0], piece[-1][1])


def _group(text: str, blocks: Sequence[Block]) -> _Group:
    units = tuple(unit for block in blocks for unit in _units(text, block))
    listing = any(block.kind in ("item", "row") for block in blocks)
    header = next((Span(block.start, block.end) for block in blocks if block.header), None)
    if header is None and blocks[0].lead_in and _evenly_set(text, blocks[1:]):
        header = _units(text, blocks[0])[-1]
    return _Group(units, _words(text, Span(units[0].start, units[-1].end)), listing, header)


def _evenly_set(text: str, blocks: Sequence[Block]) -> bool:
    """Whether lines of one distance part all items, so that it is one list, whatever a format makes of it."""
    return len({text.count("\n", one.end, other.start) for one, other in pairwise(blocks)}) == 1


def _words(text: str, span: Span) -> int:
    return len(text[span.start : span.end].split())


def _split(groups: Iterable[_Group], text: str) -> Iterator[_Group]:
    """Groups that are too long fall into pieces of about the same length, cut between units."""
    for group in groups:
        if group.words <= MAX_WORDS:
            yield group
            continue
        pieces = -(-group.words // MAX_WORDS)
        aim = group.words / pieces
        pending: list[Span] = []
        size = 0
        for unit in group.units:
            # The bullet before an item counts too.
            words = _words(text, Span(pending[-1].end if pending else unit.start, unit.end))
            if pending and (size + words > MAX_WORDS or size + words / 2 > aim):
                yield _Group(tuple(pending), size, group.listing, group.header)
                pending, size = [], 0
            pending.append(unit)
            size += words
        yield _Group(tuple(pending), size, group.listing, group.header)


def _joined(groups: Iterable[_Group], text: str) -> Iterator[_Group]:
    """Short neighbours are put together, as long as the result stays short."""
    pending: _Group | None = None
    for group in groups:
        if pending is not None and _join(pending, group, text):
            pending = _Group(pending.units + group.units, pending.words + group.words)
            continue
        if pending is not None:
            yield pending
        pending = group
    if pending is not None:
        yield pending


def _join(left: _Group, right: _Group, text: str) -> bool:
    # What stands between is shown with them, and tags and directives are nothing to be shown.
    if _MARKUP.search(text, left.units[-1].end, right.units[0].start):
        return False
    # A list is one thing with its lead-in: "Signs in the liver:" does not go with the signs in the bones.
    if left.listing or right.listing:
        return False
    short = min(left.words, right.words) < JOIN_BELOW_WORDS
    return short and left.words + right.words <= JOINED_WORDS
