"""A passage in, the words that stand outside it and without which it could be misread, out."""

from bot.records import Document, Passage

# What stands between a table's header and the rows that were cut off is left out.
LEFT_OUT = "…"


def beside_texts(document: Document, passage: Passage) -> list[str]:
    """The slices that have to be shown before the passage, in order."""
    return [document.text[span.start : span.end] for span in passage.beside]


def beside_lines(document: Document, passage: Passage) -> list[str]:
    """The same as lines to be put before the passage's own: empty where nothing is beside it."""
    texts = beside_texts(document, passage)
    return [*texts, LEFT_OUT] if texts else []
