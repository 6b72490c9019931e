"""Word files in, documents out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.errors import DocumentError
from bot.reading.docx.blocks import Row, Text
from bot.reading.docx.contents import without_contents
from bot.reading.docx.facts import believed_title, stated_facts
from bot.reading.docx.looks import with_headings, with_text, without_boxes
from bot.reading.docx.package import Package
from bot.reading.docx.story import Story, source_of
from bot.reading.docx.typed import with_typed_lists
from bot.reading.docx.xml import child, name
from bot.reading.files import file_bytes
from bot.reading.layout import Layout, clean
from bot.reading.outline import outlined
from bot.reading.roles import block_role
from bot.reading.structure import Facts, Piece, document, entitled
from bot.records import Document

# Fewer words a picture: a page that is mostly pictures may tell in them what the text does not.
_WORDS_FOR_A_PICTURE = 150
_LONGEST_TITLE = 200
_TRACKED = ("w:ins", "w:del", "w:moveFrom")


def read(path: Path, doc: str) -> Document:
    """Reads a Word file. Raises DocumentError."""
    try:
        return _read(Package(file_bytes(path)), doc)
    except RecursionError as error:
        raise DocumentError(
            "its tables and boxes are nested too deeply; save it again as plain text"
        ) from error


def _read(package: Package, doc: str) -> Document:
    root = package.document()
    source = source_of(package)
    body = child(root, "w:body")
    blocks = [] if body is None else Story(source, body).blocks(body)
    flat = with_typed_lists(without_boxes(blocks))
    flat = with_headings(with_text(_one_title(flat)), body_size=source.styles.body_size)
    flat = without_contents(flat)
    source.counts["tracked change"] = sum(1 for _ in root.iter(*map(name, _TRACKED)))
    facts = stated_facts(package)
    facts = replace(facts, title=believed_title(facts.title, flat))
    return _document(doc, flat, facts, source.counts)


def _document(doc: str, blocks: Sequence[Text | Row], facts: Facts, counts: Counter[str]) -> Document:
    text, laid_out = _laid_out(_sources_last(blocks))
    if not text and counts["picture"]:
        raise DocumentError("it has pictures but no text; type their text in or leave the file out")
    title, pieces = entitled(text, laid_out, stated=facts.title, fallback=Path(doc).stem)
    if not any(piece.kind == "heading" for piece in pieces):
        pieces = outlined(text, pieces, title=title)
    # A date that the text states is a person's; the properties' are the program's.
    found = document(doc, text, pieces, Facts(title, language=facts.language))
    return replace(
        found,
        published=found.published or facts.published,
        revised=found.revised or facts.revised,
        remarks=tuple(_remarks(counts, words=len(text.split()))),
    )


def _one_title(blocks: Sequence[Text | Row]) -> list[Text | Row]:
    """A title on two lines as one; what is set as a title further down is a heading."""
    found: list[Text | Row] = []
    titled = False
    for block in blocks:
        before = found[-1] if found else None
        if not isinstance(block, Text) or block.kind != "title":
            found.append(block)
        elif isinstance(before, Text) and before.kind == "title" and len(before.words) < _LONGEST_TITLE:
            found[-1] = replace(before, words=f"{before.words} {block.words}")
        else:
            found.append(replace(block, kind="heading") if titled else block)
            titled = True
    return found


def _sources_last(blocks: Sequence[Text | Row]) -> list[Text | Row]:
    """Notes that only name a source behind all the rest, where they part nothing."""
    sources = [block for block in blocks if _names_source(block)]
    return [block for block in blocks if not _names_source(block)] + sources


def _names_source(block: Text | Row) -> bool:
    return (
        isinstance(block, Text)
        and block.kind == "note"
        and block_role(block.words, marked=True) == "bibliography"
    )


def _laid_out(blocks: Sequence[Text | Row]) -> tuple[str, tuple[Piece, ...]]:
    """The text with its pieces. A heading's number is shown, but is no part of its name."""
    layout = Layout()
    names: dict[int, str] = {}
    for block in blocks:
        if isinstance(block, Row):
            layout.add_row(block.cells, header=block.header)
        elif block.kind == "item" and block.number:
            layout.add_numbered(block.number, clean(block.words), depth=block.depth)
        elif block.kind in ("title", "heading"):
            shown = clean(f"{block.number} {block.words}")
            start = layout.add(block.kind, shown, level=block.level)
            if start is not None and block.number:
                names[start] = clean(block.words)
        else:
            layout.add(block.kind, block.words, depth=block.depth)
    return layout.text, tuple(_described(piece, names) for piece in layout.pieces)


def _described(piece: Piece, names: dict[int, str]) -> Piece:
    if piece.kind == "note":
        # Like an item of a list, a note is looked at for whether it names a source.
        return replace(piece, marked=True)
    return replace(piece, name=names[piece.start]) if piece.start in names else piece


def _remarks(counts: Counter[str], *, words: int) -> list[str]:
    """What an operator should know of how the file was read."""
    told = [
        ("text box", "text boxes", "read where {they} {are} anchored"),
        ("note", "notes", "read behind the paragraph that {they} belong{s} to"),
        ("diagram", "diagrams", "read shape by shape"),
        ("chart", "charts", "not read"),
        ("embedded object", "embedded objects", "not read"),
        ("embedded document", "embedded documents", "left out; open the file in Word and save it again"),
    ]
    if words < _WORDS_FOR_A_PICTURE * counts["picture"]:
        told.append(("picture", "pictures", "not read"))
    remarks = []
    for one, many, how in told:
        if counts[one]:
            single = counts[one] == 1
            happened = how.format(
                they="it" if single else "they", are="is" if single else "are", s="s" if single else ""
            )
            remarks.append(f"{counts[one]} {one if single else many} {'is' if single else 'are'} {happened}.")
    if counts["tracked change"]:
        remarks.append("It has tracked changes: what was inserted is read, what was deleted is not.")
    return remarks
