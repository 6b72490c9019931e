"""Markdown: the structure comes from the parser, the offsets from the lines that it maps to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from bot.reading import front_matter
from bot.reading.files import decoded, file_bytes
from bot.reading.outline import outlined
from bot.reading.structure import Piece, document, entitled
from bot.records import Document, SectionRole

_BYTE_ORDER_MARK = "\ufeff"
_LINE_END = re.compile(r"\r\n|\r|\n")
_REFERENCE = re.compile(r"\[\^[^\]\s]{1,40}\]:")
_ROW_EDGES = " \t|"


def read(path: Path, doc: str) -> Document:
    """Reads a Markdown file. Raises DocumentError."""
    found = decoded(file_bytes(path))
    return replace(from_text(found.text, doc), remarks=found.remarks)


def from_text(text: str, doc: str) -> Document:
    """The document of a Markdown text. Raises DocumentError."""
    source = text.removeprefix(_BYTE_ORDER_MARK)
    tokens = _parser().parse(source)
    found = list(_Walk(text, tokens).pieces())
    source = next((token.content for token in tokens if token.type == "front_matter"), "")
    facts = front_matter.facts(source)
    title, marked = entitled(text, found, stated=facts.title, fallback=Path(doc).stem)
    if not any(piece.kind == "heading" for piece in marked):
        marked = outlined(text, marked, title=title)
    return document(doc, text, marked, replace(facts, title=title))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table").use(front_matter_plugin)
    # Spans need blocks only; what stands inside a paragraph is quoted as it was written.
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


@dataclass(frozen=True, slots=True)
class _LineSpans:
    """Where each line of the source starts and ends in the document's text, its line end left out."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "_LineSpans":
        first = int(text.startswith(_BYTE_ORDER_MARK))
        breaks = [match.span() for match in _LINE_END.finditer(text, first)]
        return cls((first, *(end for _, end in breaks)), (*(start for start, _ in breaks), len(text)))


class _Walk:
    """Follows the parser's tokens, knowing which lists and quotes it is in."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self._text = text
        self._tokens = tokens
        self._lines = _LineSpans.of(text)
        self._lists = 0
        self._opens_item = False

    def pieces(self) -> Iterator[Piece]:
        """The headings, paragraphs, items and rows, in the order of the text."""
        for place, token in enumerate(self._tokens):
            if token.type in ("bullet_list_open", "ordered_list_open"):
                self._lists += 1
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                self._lists -= 1
                self._opens_item = False
            elif token.type == "list_item_open":
                self._opens_item = True
            elif token.type == "heading_open":
                yield from self._heading(token, self._tokens[place + 1])
            elif token.type == "paragraph_open":
                yield from self._paragraph(self._tokens[place + 1])
            elif token.type == "tr_open":
                yield from self._row(token)

    def _heading(self, token: Token, inline: Token) -> Iterator[Piece]:
        span = self._trimmed(token, " \t>")
        if span is not None and inline.content.strip():
            yield Piece("heading", *span, level=int(token.tag[1]), name=_plain(inline.content))

    def _paragraph(self, inline: Token) -> Iterator[Piece]:
        if inline.map is None or not inline.content:
            return
        first, last = inline.map[0], inline.map[1] - 1
        # What the parser kept of the first line is its end: the marks before it are not part of the text.
        kept = inline.content.split("\n")[0].rstrip()
        # The parser drops lines of rare white space, which its map still counts: never start before the line.
        start = max(self._stripped_end(first) - len(kept), self._lines.starts[first])
        end = self._stripped_end(last)
        words = self._text[start:end]
        start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
        if start >= end:
            return
        role: SectionRole = "bibliography" if _REFERENCE.match(inline.content) else "body"
        opens, self._opens_item = self._opens_item, False
        if opens:
            yield Piece("item", start, end, depth=self._lists - 1, marked=True, role=role)
        else:
            yield Piece("paragraph", start, end, role=role)

    def _row(self, token: Token) -> Iterator[Piece]:
        span = self._trimmed(token, _ROW_EDGES)
        if span is not None:
            yield Piece("row", *span)

    def _trimmed(self, token: Token, edges: str) -> tuple[int, int] | None:
        if token.map is None:
            return None
        start, end = self._lines.starts[token.map[0]], self._lines.ends[token.map[1] - 1]
        whole = self._text[start:end]
        inner = whole.lstrip(edges)
        start += len(whole) - len(inner)
        kept = inner.rstrip(edges + "\r\n").strip()
        return (start, start + len(kept)) if kept else None

    def _stripped_end(self, line: int) -> int:
        start = self._lines.starts[line]
        return start + len(self._text[start : self._lines.ends[line]].rstrip())


def _plain(content: str) -> str:
    """A heading's words without the marks for bold, links and the like."""
    inline = MarkdownIt("commonmark").parseInline(content)[0]
    words = (child.content if child.type != "softbreak" else " " for child in inline.children or ())
    return " ".join("".join(words).split())
