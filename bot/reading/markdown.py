"""Markdown: the structure comes from the parser, the offsets from the lines that it maps to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

from bot.reading import text as plain_text
from bot.reading.columns import row_span
from bot.reading.files import MAX_TEXT_BYTES, decoded, file_bytes
from bot.reading.front_matter import front_matter
from bot.reading.markdown_boxes import CALL_OUT, Boxes, is_note
from bot.reading.markdown_headings import with_written_headings
from bot.reading.markdown_html import FOLDED_LEVEL, HtmlBlocks
from bot.reading.markdown_lines import LineSpans
from bot.reading.markdown_shortcodes import Shortcodes
from bot.reading.markdown_words import after_task_box, plain, spoken
from bot.reading.outline import outlined
from bot.reading.structure import Piece, PieceKind, document, entitled
from bot.records import Document

_BYTE_ORDER_MARK = "\ufeff"
_NUMBER = re.compile(r"\d{1,9}[.)][ \t]+$")
_LABEL = re.compile(r"\[\^[^\]\s]+\]:[ \t]*$")
# Fenced blocks in these are for programs.
_PROGRAMS = (
    "mermaid json yaml yml toml js javascript ts jsx tsx python py bash sh shell css html xml sql r java php "
    "ruby dataview dataviewjs diff c cpp go rust dot graphviz plantuml math latex tex query chart"
)


def read(path: Path, doc: str) -> Document:
    """Reads a Markdown file. Raises DocumentError."""
    found = decoded(file_bytes(path, limit=MAX_TEXT_BYTES))
    return replace(from_text(found.text, doc), remarks=found.remarks)


def from_text(text: str, doc: str) -> Document:
    """The document of a Markdown text. Raises DocumentError."""
    facts, start = front_matter(text)
    start = start or int(text.startswith(_BYTE_ORDER_MARK))
    # The plugins look for a sign on every line, on a last one without a line end too.
    found = tuple(_Walk(text, start, _parser().parse(text[start:] + "\n")).pieces())
    found = with_written_headings(text, found)
    title, marked = entitled(text, found, stated=facts.title, fallback=Path(doc).stem)
    if not any(piece.kind == "heading" for piece in marked):
        marked = outlined(text, marked, title=title)
    return document(doc, text, tuple(_unfolded(marked)), replace(facts, title=title))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table").use(admon_plugin)
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    parser.use(container_plugin, "box", validate=lambda stated, _: bool(stated.strip()))
    # Spans need blocks only; what stands inside a paragraph is quoted as it was written.
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _unfolded(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, with the heading of a section taken up again behind a folded panel in it."""
    outer: Piece | None = None
    ended: Piece | None = None
    for piece in pieces:
        if piece.kind == "break":
            ended = piece
            continue
        if piece.kind == "heading" and piece.level < FOLDED_LEVEL:
            outer = piece
        elif piece.kind != "heading" and ended is not None:
            yield ended if outer is None else replace(outer, start=ended.start, end=ended.end)
        if piece.kind != "title":
            ended = None
        yield piece


class _Walk:
    """Follows the parser's tokens, knowing which lists and notes it is in."""

    def __init__(self, text: str, start: int, tokens: Sequence[Token]) -> None:
        self._text = text
        self._tokens = tokens
        self._lines = LineSpans.of(text, start)
        self._html = HtmlBlocks(text)
        self._shortcodes = Shortcodes(text)
        self._lists = 0
        self._opens_item = False
        self._boxes = Boxes(self._lines)
        self._in_header = False
        self._footnote: str | None = None
        self._last: Piece | None = None

    def pieces(self) -> Iterator[Piece]:
        """The headings, paragraphs, items, rows and notes, in the order of the text."""
        for place, token in enumerate(self._tokens):
            is_html = self._is_html(token)
            if token.map is not None and token.level == 0 and token.type != "code_block":
                yield from self._shortcodes.left(self._lines.starts[token.map[0]])
            for piece in self._of(token, place):
                if is_html or not self._html.hides:
                    self._last = piece
                    yield piece

    def _of(self, token: Token, place: int) -> Iterator[Piece]:
        if token.type == "heading_open":
            yield from self._heading(token, self._tokens[place + 1])
        elif token.type == "paragraph_open":
            yield from self._paragraph(self._tokens[place + 1])
        elif token.type == "tr_open":
            yield from self._row(token)
        elif self._is_html(token):
            yield from self._html_block(token)
        elif token.type in ("code_block", "fence"):
            yield from self._code(token)
        elif token.type in ("blockquote_open", "admonition_open", "container_box_open"):
            yield from self._boxes.open(token, self._tokens[place + 1 : place + 3])
        elif token.type in ("blockquote_close", "admonition_close", "container_box_close"):
            yield from self._boxes.close(self._last)
        else:
            self._cross(token)

    def _cross(self, token: Token) -> None:
        """Takes note of the border of a list, an item, a table's head or a footnote."""
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self._lists += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._lists -= 1
            self._opens_item = False
        elif token.type == "list_item_open":
            self._opens_item = True
        elif token.type in ("thead_open", "thead_close"):
            self._in_header = token.type == "thead_open"
        elif token.type == "footnote_reference_open":
            self._footnote = token.meta["label"]
        elif token.type == "footnote_reference_close":
            self._footnote = None

    def _heading(self, token: Token, inline: Token) -> Iterator[Piece]:
        span = self._lines.trimmed(token.map)
        name = plain(inline.content)
        if span is not None and name and token.markup in ("-", "=") and _is_text(inline.content):
            yield from (
                Piece("paragraph", *words)
                for words in spoken(self._text, span[0], _underlined(self._text, *span))
            )
        elif span is not None and name:
            yield Piece("heading", *span, level=int(token.tag[1]), name=name)

    def _paragraph(self, inline: Token) -> Iterator[Piece]:
        if inline.map is None or not inline.content:
            return
        first, last = inline.map[0], inline.map[1] - 1
        # What the parser kept of the first line is its end: the marks before it are not part of the text.
        kept = inline.content.split("\n")[0].rstrip()
        # The parser drops lines of rare white space, which its map still counts: never start before the line.
        start = max(self._lines.stripped_end(first) - len(kept), self._lines.starts[first])
        while last > first and self._lines.stripped_end(last) == self._lines.starts[last]:
            last -= 1
        end = self._lines.stripped_end(last)
        opens, self._opens_item = self._opens_item, False
        if opens:
            start = self._item_start(start, end, first)
        elif self._is_noted and (called := CALL_OUT.match(self._text, start, end)):
            start = called.start("title")
        elif self._footnote is not None:
            yield from self._note(start, end, first)
            return
        for stretch in self._shortcodes.over(start, end):
            if isinstance(stretch, Piece):
                yield stretch
                continue
            noted = self._is_noted or stretch.noted
            kind: PieceKind = "note" if noted else "item" if opens else "paragraph"
            for span in spoken(self._text, stretch.start, stretch.end):
                yield Piece(kind, *span, depth=self._lists - 1 if kind == "item" else 0, marked=opens)

    @property
    def _is_noted(self) -> bool:
        return self._boxes.noted or self._html.noted

    def _item_start(self, start: int, end: int, line: int) -> int:
        """Where an item begins: at its number, which other text may speak of, but behind a box to tick."""
        number = _NUMBER.search(self._text, self._lines.starts[line], start)
        return number.start() if number else after_task_box(self._text, start, end)

    def _note(self, start: int, end: int, line: int) -> Iterator[Piece]:
        """A paragraph of a footnote: beside the text that refers to it, or a paragraph of its own."""
        label = _LABEL.search(self._text, self._lines.starts[line], start)
        last = self._last
        refers = last is not None and f"[^{self._footnote}]" in self._text[last.start : last.end]
        kind: PieceKind = "note" if refers else "paragraph"
        yield Piece(kind, label.start() if label else start, end, marked=True)

    def _row(self, token: Token) -> Iterator[Piece]:
        span = self._lines.trimmed(token.map)
        if span is None:
            return
        start, end = row_span(self._text, *span)
        if any(map(str.isalnum, self._text[start:end])):
            yield Piece("row", start, end, header=self._in_header)

    def _code(self, token: Token) -> Iterator[Piece]:
        """The lines of a code block, which is how leaflets set columns: rows, items or sentences."""
        if token.map is None or token.info.strip().lower().split(" ")[0] in _PROGRAMS.split():
            return
        noted = self._is_noted or is_note(token.info)
        first = token.map[0] + (token.type == "fence")
        spans = (
            (self._lines.ends[line] - len(content), self._lines.ends[line])
            for line, content in enumerate(token.content.split("\n"), start=first)
            if line < len(self._lines.ends)
        )
        for piece in plain_text.pieces(self._text, plain_text.lines(self._text, spans)):
            if piece.kind == "break":
                continue
            line = self._text[piece.start : piece.end]
            kind = piece.kind if piece.kind in ("item", "row") or line[-1] in ".!?" else "row"
            yield replace(piece, kind="note" if noted else kind, level=1)

    def _is_html(self, token: Token) -> bool:
        """Whether a block is HTML: as it stands, in Pandoc's fences, or going on behind a blank line."""
        if token.type == "fence":
            return token.info.strip() == "{=html}"
        goes_on = self._html.is_open and token.content.lstrip().startswith("<")
        return token.type == "html_block" or (token.type == "code_block" and goes_on)

    def _html_block(self, token: Token) -> Iterator[Piece]:
        if token.map is None:
            return
        first, last = token.map[0], token.map[1] - 1
        if token.type == "fence":
            first, last = first + 1, first + token.content.count("\n")
        end = self._lines.ends[last]
        for piece in self._html.pieces(self._lines.starts[min(first, last)], end):
            noted = self._boxes.noted and piece.kind in ("paragraph", "item")
            yield replace(piece, kind="note") if noted else piece


def _is_text(underlined: str) -> bool:
    """Whether what stands on a rule is a paragraph whose author left no blank line below it."""
    return "\n" in underlined.strip() or underlined.rstrip()[-1] in ".!;,"


def _underlined(text: str, start: int, end: int) -> int:
    """Where what stands on a rule ends."""
    return start + len(text[start:end].rstrip("-= \t").rstrip(" \t>\r\n"))
