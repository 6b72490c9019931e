"""A stretch of a Word file that reads on by itself: its body, a table's cell, a text box or a note."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.reading.docx.blocks import Block, Box, Text, in_words, lines
from bot.reading.docx.fields import Fields
from bot.reading.docx.figures import Figures, chosen
from bot.reading.docx.numbering import Mark, Numbering
from bot.reading.docx.package import Package
from bot.reading.docx.styles import BODY_TEXT, NumberRef, Style, Styles, numbering_of
from bot.reading.docx.tables import Table
from bot.reading.docx.words import Inline
from bot.reading.docx.xml import Element, child, name, number, switch, value

_P, _TBL, _SDT = name("w:p"), name("w:tbl"), name("w:sdt")
_WRAPPERS = {name(tag) for tag in ("w:customXml", "w:smartTag", "w:ins", "w:moveTo", "w:sdtContent")}
_ALTERNATES = name("mc:AlternateContent")
_ELSEWHERE = (name("w:altChunk"), name("w:subDoc"))
_NO_LIST = ("", "0")
# Whole paragraphs are set in headings' styles for their look; as headings they could not be quoted.
_LONGEST_HEADING = 25
_LONGEST_SENTENCE_HEADING = 12


@dataclass(frozen=True, slots=True)
class Source:
    """What the stories of a file share; `counts` is what is told to the operator."""

    styles: Styles
    numbering: Numbering
    figures: Figures
    notes: dict[tuple[str, str], Element]
    counts: Counter[str]


def source_of(package: Package) -> Source:
    """What stands beside the body of a file. Raises DocumentError."""
    main = package.main
    notes = {}
    for kind, tag in (("footnotes", "w:footnote"), ("endnotes", "w:endnote")):
        root = package.related(main, kind)
        for note in () if root is None else root.iterchildren(name(tag)):
            notes[kind, note.get(name("w:id")) or ""] = note
    figures = Figures(package, main)
    return Source(
        Styles(package.related(main, "styles")),
        Numbering(package.related(main, "numbering")),
        figures,
        notes,
        figures.counts,
    )


@dataclass(slots=True)
class _Pending:
    """What goes on in the next paragraph: its mark was deleted, or it is a large first letter."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Element | str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


class Story:
    """Reads the paragraphs and tables of a story."""

    def __init__(self, source: Source, root: Element, *, with_notes: bool = True) -> None:
        self._source = source
        self._with_notes = with_notes
        self._fields = Fields(root)
        self._inline = Inline(source.styles, self._fields, source.figures)

    def blocks(self, container: Element) -> list[Block]:
        """What stands in a container, in order."""
        found: list[Block] = []
        pending = _Pending()
        for element in self._elements(container):
            if element.tag == _P:
                found += self._paragraph(element, pending)
            else:
                found += self._left_over(pending)
                found += Table(element, self.blocks, self._source.styles).blocks()
        found += self._left_over(pending)
        return found

    def _elements(self, container: Element) -> Iterator[Element]:
        """Paragraphs and tables, those inside content controls and insertions too."""
        for element in container:
            if element.tag in (_P, _TBL):
                yield element
            elif element.tag == _SDT:
                if not _is_no_content(element):
                    yield from self._elements(element)
            elif element.tag in _WRAPPERS:
                yield from self._elements(element)
            elif element.tag == _ALTERNATES:
                yield from self._elements(chosen(element))
            elif element.tag in _ELSEWHERE:
                self._source.counts["embedded document"] += 1

    def _paragraph(self, paragraph: Element, pending: _Pending) -> Iterator[Block]:
        properties = child(paragraph, "w:pPr")
        style = self._source.styles.of("paragraph", value(properties, "w:pStyle"))
        outline = _outline(properties, style)
        words = self._inline.words(paragraph, style, heading=outline is not None)
        if style.is_contents:
            words.parts.clear()
        pending.parts += words.parts
        pending.boxes += words.boxes
        pending.notes += words.notes
        if _goes_on(properties):
            return
        text = lines("".join(pending.parts))
        mark = self._mark(properties, style, blank=not text)
        if text:
            plain = Text("paragraph", text, depth=self._depth(properties, style), look=words.look)
            yield _of_its_kind(plain, style, outline, mark)
        pending.parts = []
        yield from self._left_over(pending)

    def _left_over(self, pending: _Pending) -> Iterator[Block]:
        text = lines("".join(pending.parts))
        if text:
            yield Text("paragraph", text)
        for box in pending.boxes:
            yield from self._box(box)
        for note in pending.notes if self._with_notes else ():
            yield from self._note(note)
        pending.parts, pending.boxes, pending.notes = [], [], []

    def _mark(self, properties: Element | None, style: Style, *, blank: bool) -> Mark | None:
        """The number or bullet of a paragraph in a list; None where it is in none."""
        reference = self._reference(properties, style)
        hidden = blank and switch(properties, "w:rPr", "w:vanish")
        if reference is None or hidden:
            return None
        return self._source.numbering.next(reference.list_id, reference.level or 0)

    def _reference(self, properties: Element | None, style: Style) -> NumberRef | None:
        own, inherited = numbering_of(properties), style.numbering
        list_id = (own and own.list_id) or (inherited.list_id if inherited else "")
        if list_id in _NO_LIST:
            return None
        level = own.level if own else None
        if level is None and (own is None or not own.list_id) and inherited:
            level = inherited.level
        if level is None:
            level = self._source.numbering.level_of_style(list_id, style.id)
        return NumberRef(list_id, level)

    def _depth(self, properties: Element | None, style: Style) -> int:
        reference = self._reference(properties, style)
        # "List Bullet 2" is an inner list, though its own numbering starts at the outermost level.
        return max(reference.level or 0 if reference else 0, style.list_depth or 0)

    def _box(self, content: Element | str) -> Iterator[Block]:
        if isinstance(content, str):
            blocks: list[Block] = [Text("paragraph", words) for words in content.split("\n") if words]
        else:
            blocks = Story(self._source, content, with_notes=self._with_notes).blocks(content)
        if blocks:
            self._source.counts["text box"] += not isinstance(content, str)
            yield Box(tuple(blocks), floating=True)

    def _note(self, reference: tuple[str, str]) -> Iterator[Block]:
        # Told at its first mark alone, however often it is referred to.
        note = self._source.notes.pop(reference, None)
        if note is not None:
            blocks = Story(self._source, note, with_notes=False).blocks(note)
            words = "\n".join(map(in_words, blocks))
            self._source.counts["note"] += bool(words)
            yield Text("note", words)


def _is_no_content(control: Element) -> bool:
    """Whether a content control holds a table of contents, or only asks to be filled in."""
    properties = child(control, "w:sdtPr")
    gallery = value(properties, "w:docPartObj", "w:docPartGallery") or ""
    return bool(switch(properties, "w:showingPlcHdr")) or gallery.lower() == "table of contents"


def _goes_on(properties: Element | None) -> bool:
    """Whether a paragraph's end is not shown, so that the next one goes on in its line."""
    marks = child(properties, "w:rPr")
    frame = child(properties, "w:framePr")
    large_letter = frame is not None and frame.get(name("w:dropCap")) in ("drop", "margin")
    return large_letter or any(child(marks, tag) is not None for tag in ("w:del", "w:moveFrom"))


def _outline(properties: Element | None, style: Style) -> int | None:
    """A heading's level from 0; None for other text."""
    stated = value(properties, "w:outlineLvl")
    outline = style.outline if stated is None else number(stated, BODY_TEXT)
    return outline if outline is not None and 0 <= outline < BODY_TEXT else None


def _of_its_kind(plain: Text, style: Style, outline: int | None, mark: Mark | None) -> Text:
    """A paragraph as what its style and its list make of it."""
    number_shown = mark.number if mark else ""
    named = not _reads_as_text(plain.words)
    if style.is_title and named:
        return replace(plain, kind="title")
    if outline is not None and named:
        return replace(plain, kind="heading", level=outline + 1, number=number_shown)
    if mark is not None and (mark.bullet or mark.number):
        return replace(plain, kind="item", number=number_shown)
    if mark is None and style.list_depth is not None:
        return replace(plain, kind="item")
    return replace(plain, continues=mark is None and style.continues_list)


def _reads_as_text(words: str) -> bool:
    count = len(words.split())
    return count > _LONGEST_HEADING or (count > _LONGEST_SENTENCE_HEADING and words.endswith("."))
