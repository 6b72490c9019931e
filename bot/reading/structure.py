"""Pieces of a document in the order of its text, put together into sections."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.errors import DocumentError
from bot.reading.dates import stated_dates
from bot.reading.roles import block_role, heading_role, is_breadcrumb, lists_pages
from bot.records import Block, BlockKind, Document, Reference, Section, SectionRole

PieceKind = Literal["title", "heading", "paragraph", "item", "row", "note", "break"]
_BLOCK_KINDS: Mapping[PieceKind, BlockKind] = {
    "paragraph": "paragraph",
    "item": "item",
    "row": "row",
    "note": "note",
}
# Titles of other pages have fewer words than sentences, or no full stop.
_FEWEST_WORDS = 4
_LEADS_IN = re.compile(
    r"(?:[:–—]|\b(?:includes?|including|are|is|such as|as follows|the following|may|can|to|by|if|you))$",
    re.IGNORECASE,
)

# "**Signs:**" leads into a list as "Signs:" does.
_EMPHASIS = "*_"


@dataclass(frozen=True, slots=True)
class Piece:
    """One heading or block as a reader found it, its markup left out.

    `level` is a heading's, 1 for the outermost. A "title" opens the document, a "break" ends a section
    without opening a named one, and with it what stands under headings of its level and below. A row with
    `header` names the columns of those below it. `role` is set where the markup says it, `name` where a
    heading reads differently from its source.
    """

    kind: PieceKind
    start: int
    end: int
    level: int = 1
    depth: int = 0
    marked: bool = False
    header: bool = False
    role: SectionRole = "body"
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document says about itself."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    revised: str | None = None
    address: str | None = None
    language: str = "en"
    references: tuple[Reference, ...] = ()
    reviewed: str | None = None


def document(
    doc: str,
    text: str,
    pieces: Sequence[Piece],
    facts: Facts,
    *,
    pages: tuple[int, ...] = (),
) -> Document:
    """The document made of the pieces. Raises DocumentError where there is nothing to quote."""
    title = facts.title or doc
    sections = build_sections(text, pieces, title=title)
    if not any(section.blocks for section in sections):
        if any(piece.kind in ("title", "heading") for piece in pieces):
            raise DocumentError("it has headings but no text under them; add the text or leave the file out")
        raise DocumentError("it has no text; add some or leave the file out")
    if not any(section.blocks for section in sections if section.role == "body"):
        raise DocumentError(
            "all its text reads like a list of sources or what a web page has around its text; "
            "add the text or leave the file out"
        )
    published, revised = _dates_in_text(text, sections)
    return Document(
        id=doc,
        title=title,
        text=text,
        sections=sections,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        publisher=facts.publisher,
        published=facts.published or published,
        revised=facts.revised or revised,
        address=facts.address,
        language=facts.language,
        pages=pages,
        references=facts.references,
        reviewed=facts.reviewed,
    )


def build_sections(text: str, pieces: Iterable[Piece], *, title: str) -> tuple[Section, ...]:
    """The sections of a document, in order and without overlap."""
    builder = _Builder(text, title)
    for piece in pieces:
        builder.add(piece)
    return builder.finished()


def entitled(
    text: str, pieces: Sequence[Piece], *, stated: str | None, fallback: str
) -> tuple[str, tuple[Piece, ...]]:
    """The title, and the pieces with the heading that repeats it marked: it stays out of heading paths."""
    for place, piece in enumerate(pieces):
        if piece.kind not in ("title", "heading") or piece.level > 1:
            continue
        name = heading_name(piece.name or text[piece.start : piece.end])
        if stated is None or piece.kind == "title" or name.casefold() == stated.casefold():
            marked = (*pieces[:place], replace(piece, kind="title"), *pieces[place + 1 :])
            return stated or name, marked
        break
    return stated or fallback, tuple(pieces)


def leads_in(text: str) -> bool:
    """Whether a paragraph sounds like the start of a list ("The signs are:", "Causes include")."""
    return _LEADS_IN.search(text.rstrip(_EMPHASIS)) is not None


def heading_name(text: str) -> str:
    """A heading as it is shown: on one line, without the colon that ends it."""
    return " ".join(text.split()).rstrip(":").rstrip()


class _Builder:
    """Collects pieces and closes a section whenever the heading or the role changes."""

    def __init__(self, text: str, title: str) -> None:
        self._text = text
        self._title = title
        self._path: list[tuple[int, str]] = []
        self._role: SectionRole = "body"
        self._section_role: SectionRole = "body"
        self._start: int | None = None
        self._named = False
        self._end = 0
        self._blocks: list[Block] = []
        self._sections: list[Section] = []
        self._under_title = True
        # The headings to go on under after a list of other pages, while that list is being collected.
        self._resumed: list[tuple[int, str]] | None = None

    def add(self, piece: Piece) -> None:
        """Takes the next piece of the text."""
        if piece.kind == "break":
            self._break(piece.level)
        elif piece.kind == "title":
            self._close()
            self._open(piece, role="body", named=False)
        elif piece.kind == "heading":
            self._heading(piece)
        else:
            self._block(piece)

    def finished(self) -> tuple[Section, ...]:
        """Closes the last section and gives all of them."""
        self._close()
        return tuple(self._sections)

    def _break(self, level: int) -> None:
        if level == 1 and self._named and not self._blocks:
            return
        self._close()
        self._path = [(outer, name) for outer, name in self._path if outer < level]
        roles = (heading_role(name) for _, name in self._path)
        self._role = next((role for role in roles if role != "body"), "body")
        self._named, self._resumed = False, None

    def _heading(self, piece: Piece) -> None:
        self._close()
        name = heading_name(piece.name or self._text[piece.start : piece.end])
        outer = [(level, outer) for level, outer in self._path if level < piece.level]
        inherited = any(heading_role(outer_name) != "body" for _, outer_name in outer)
        self._role = self._role if inherited else heading_role(name)
        goes_on = self._role == "leftover" and not inherited and lists_pages(name)
        self._resumed = self._path if goes_on else None
        self._path = [*outer, (piece.level, name)]
        self._under_title = False
        self._open(piece, role=self._role, named=True)

    def _block(self, piece: Piece) -> None:
        text = self._text[piece.start : piece.end]
        if piece.kind == "paragraph" and self._resumed is not None and self._is_after_list(text):
            self._close()
            self._path, self._role, self._resumed = self._resumed, "body", None
        role = self._role_of(piece, text)
        if self._start is None or role != self._section_role:
            self._close()
            self._open(piece, role=role, named=False)
        if piece.kind in ("item", "row"):
            self._mark_lead_in()
        kind = _BLOCK_KINDS[piece.kind]
        self._blocks.append(Block(kind, piece.start, piece.end, depth=piece.depth, header=piece.header))
        self._end = piece.end
        if role == "body":
            self._under_title = False

    def _is_after_list(self, text: str) -> bool:
        """Whether a paragraph under a heading of other pages is the document's own: text after the list."""
        listed = any(
            block.kind in ("item", "row") or self._text[block.end - 1] not in ".!?" for block in self._blocks
        )
        return listed and text[-1] in ".!?" and len(text.split()) > _FEWEST_WORDS

    def _role_of(self, piece: Piece, text: str) -> SectionRole:
        if piece.role != "body" or self._role != "body":
            own = block_role(text, marked=False)
            return own if own == "leftover" else (piece.role if piece.role != "body" else self._role)
        if self._under_title and piece.kind == "paragraph" and is_breadcrumb(text, self._title):
            return "leftover"
        return block_role(text, marked=piece.marked)

    def _mark_lead_in(self) -> None:
        if self._blocks and self._blocks[-1].kind == "paragraph":
            last = self._blocks[-1]
            if leads_in(self._text[last.start : last.end]):
                self._blocks[-1] = replace(last, lead_in=True)

    def _open(self, piece: Piece, *, role: SectionRole, named: bool) -> None:
        self._start, self._end, self._section_role, self._named = piece.start, piece.end, role, named

    def _close(self) -> None:
        if self._start is not None and (self._blocks or self._named):
            role = self._section_role
            if not self._blocks and role == "bibliography":
                role = "leftover"
            stray = role == "leftover" and self._role != role and not self._named
            heading = () if stray else tuple(name for _, name in self._path)
            self._sections.append(Section(heading, self._start, self._end, tuple(self._blocks), role))
        self._start, self._blocks = None, []


def _dates_in_text(text: str, sections: Iterable[Section]) -> tuple[str | None, str | None]:
    lines = (
        text[block.start : block.end]
        for section in sections
        if section.role == "leftover"
        for block in section.blocks
    )
    published, revised = None, None
    for line in lines:
        first, last = stated_dates(line)
        published, revised = published or first, revised or last
    return published, revised
