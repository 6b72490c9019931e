"""A span of a document in, what a reader needs to judge it out: marked in the text around it."""

from dataclasses import dataclass
from urllib.parse import quote

from bot.records import Document, Span

# Enough to see where a passage stands, little enough for two columns side by side.
AROUND = 240
# A whole document as gold is shown by its beginning.
LONGEST_MARK = 1200


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A span marked in the text around it; `cut` tells that the mark goes on, `address` opens the source.

    There is no address where the document has changed since.
    """

    doc: str
    title: str
    language: str
    start: int
    end: int
    before: str
    marked: str
    after: str
    cut: bool
    address: str


def excerpt(document: Document, span: Span) -> Excerpt:
    """A span of a document with the text around it; ends outside the document are moved inside."""
    length = len(document.text)
    start = min(max(span.start, 0), length)
    end = min(max(span.end, start), length)
    shown_end = min(end, start + LONGEST_MARK)
    cut = shown_end < end
    return Excerpt(
        doc=document.id,
        title=document.title,
        language=document.language,
        start=start,
        end=end,
        before=_before(document.text, start),
        marked=document.text[start:shown_end],
        after="" if cut else _after(document.text, end),
        cut=cut,
        address=f"/read/{quote(document.id)}?sha256={document.digest}#{start}-{end}",
    )


def _before(text: str, start: int) -> str:
    """The text up to an offset, from a whole word on."""
    before = text[max(start - AROUND, 0) : start]
    return before if start <= AROUND else before[before.find(" ") + 1 :]


def _after(text: str, end: int) -> str:
    """The text from an offset on, up to a whole word."""
    after = text[end : end + AROUND]
    return after if end + AROUND >= len(text) else after[: after.rfind(" ") + 1] or after
