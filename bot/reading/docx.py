"""Word files: paragraphs, lists and tables by their styles."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document as DocxDocument
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from bot.errors import DocumentError
from bot.reading.files import file_bytes
from bot.reading.layout import Layout, clean
from bot.reading.outline import outlined
from bot.reading.structure import Facts, document, entitled
from bot.records import Document

# A few hundred pages of text unpack to some megabytes; a file made to fill the memory unpacks to more.
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_LIST = re.compile(r"list(?: (?:bullet|number|paragraph|continue))?(?: ([2-9]))?", re.IGNORECASE)
_MALFORMED = (
    OpcError,
    SyntaxError,  # what lxml's errors about malformed XML derive from
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    AttributeError,
    NotImplementedError,
)
_SKIPPED = {qn(name) for name in ("w:del", "w:moveFrom", "w:txbxContent", "w:instrText")}
_SPACES = {qn(name) for name in ("w:tab", "w:br", "w:cr")}


def read(path: Path, doc: str) -> Document:
    """Reads a Word file. Raises DocumentError."""
    data = file_bytes(path)
    _refuse_what_is_no_package(data)
    try:
        source = docx.Document(BytesIO(data))
        layout = _laid_out(source)
        facts = _facts(source)
    except (*_MALFORMED, RuntimeError) as error:
        raise DocumentError("it is damaged or no Word document; open it in Word and save it again") from error
    title, pieces = entitled(layout.text, layout.pieces, stated=facts.title, fallback=Path(doc).stem)
    if not any(piece.kind == "heading" for piece in pieces):
        pieces = outlined(layout.text, pieces, title=title)
    return document(doc, layout.text, pieces, replace(facts, title=title))


def _refuse_what_is_no_package(data: bytes) -> None:
    if data.startswith(_COMPOUND_FILE):
        raise DocumentError(
            "it is password-protected or an old .doc file; save it as .docx without a password"
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise DocumentError("it is not a Word file, which is a zip inside; save it as .docx again") from error
    if unpacked > MAX_UNPACKED_BYTES:
        limit = MAX_UNPACKED_BYTES // (1024 * 1024)
        raise DocumentError(f"it unpacks to more than {limit} MB; split it into smaller files")


def _laid_out(source: DocxDocument) -> Layout:
    layout = Layout()
    for element in _blocks(source.element.body):
        if element.tag == qn("w:tbl"):
            for row in element.iter(qn("w:tr")):
                layout.add_row([_text(cell) for cell in row.iterchildren(qn("w:tc"))])
        else:
            _add_paragraph(layout, Paragraph(element, source._body))
    return layout


def _blocks(container: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Paragraphs and tables, those inside content controls too."""
    for child in container:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag == qn("w:sdt"):
            for content in child.iterchildren(qn("w:sdtContent")):
                yield from _blocks(content)


def _add_paragraph(layout: Layout, paragraph: Paragraph) -> None:
    words = clean(_text(paragraph._p))
    style = (paragraph.style.name if paragraph.style is not None else None) or ""
    heading, listed = _HEADING.fullmatch(style), _LIST.fullmatch(style)
    numbering = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if style.lower() == "title":
        layout.add("title", words)
    elif heading is not None:
        layout.add("heading", words, level=int(heading[1]))
    elif numbering is not None:
        level = numbering.find(qn("w:ilvl"))
        layout.add("item", words, depth=int(level.get(qn("w:val"), "0")) if level is not None else 0)
    elif listed is not None and style.lower() != "list paragraph":
        layout.add("item", words, depth=int(listed[1] or 1) - 1)
    else:
        layout.add("paragraph", words)


def _text(element: BaseOxmlElement) -> str:
    """The words of an element as they are shown: without deleted, moved and hidden ones."""
    return "".join(_shown(element))


def _shown(element: BaseOxmlElement) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED or (child.tag == qn("w:r") and _is_hidden(child)):
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _SPACES:
            yield " "
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        else:
            yield from _shown(child)
            if child.tag == qn("w:p"):
                yield " "


def _is_hidden(run: BaseOxmlElement) -> bool:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return mark is not None and mark.get(qn("w:val")) not in ("0", "false", "off")


def _facts(source: DocxDocument) -> Facts:
    properties = source.core_properties
    return Facts(
        title=clean(properties.title) or None,
        published=_day(properties.created),
        revised=_day(properties.modified),
        language=clean(properties.language) or "en",
    )


def _day(moment: datetime | None) -> str | None:
    return moment.date().isoformat() if moment is not None else None
