"""A document in, the spans out that are Markdown's marks: a reader need not see them, and offsets stay."""

import re
from collections.abc import Iterator

from bot.records import Document, Span

# "## " before a heading, a line of dashes, the row that rules off a table's head.
_LINES = re.compile(
    r"^[ \t]{0,3}#{1,6}[ \t]+|[ \t]+#+[ \t]*$|^[ \t]{0,3}(?:-{3,}|\*{3,}|_{3,}|={3,})[ \t]*\r?\n?"
    r"|^[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+(?:[ \t]*:?-{3,}:?)?[ \t]*\r?\n?",
    re.MULTILINE,
)
_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*(?:\r?\n\s*|\Z)", re.DOTALL | re.MULTILINE
)
# Bold, italics, code and links: what is marked stands in the group "kept".
_INLINE = re.compile(
    r"(?<![\w\\])(?P<mark>\*{1,3}|_{1,3}|`)(?=\S)(?P<kept>[^*_`\n]+?)(?<=\S)(?P=mark)(?!\w)"
    r"|!?\[(?P<link>[^\[\]\n]+)\]\([^()\s]*(?:\s\"[^\"\n]*\")?\)"
)
_ENDINGS = (".md", ".markdown")


def markup(document: Document) -> tuple[Span, ...]:
    """The marks of a Markdown document, in order and without overlap; other formats have none."""
    if not document.id.lower().endswith(_ENDINGS):
        return ()
    spans: list[Span] = []
    for span in sorted(_found(document.text), key=lambda one: (one.start, -one.end)):
        if not spans or span.start >= spans[-1].end:
            spans.append(span)
    return tuple(spans)


def _found(text: str) -> Iterator[Span]:
    front = _FRONT_MATTER.match(text)
    start = front.end() if front else 0
    if front:
        yield Span(0, start)
    for line in _LINES.finditer(text, start):
        yield Span(*line.span())
    for found in _INLINE.finditer(text, start):
        kept = found.span("kept" if found["kept"] else "link")
        yield Span(found.start(), kept[0])
        yield Span(kept[1], found.end())
