"""A document and a passage in, the line that cites it out."""

from bot.records import Document, Passage


def citation(document: Document, passage: Passage) -> str:
    """Title, section path, page, publisher and date, as far as the document states them."""
    parts = [document.title, *passage.heading]
    if passage.page is not None:
        parts.append(f"page {passage.page}")
    return " \u203a ".join(parts) + _provenance(document)


def _provenance(document: Document) -> str:
    known = [part for part in (document.publisher, document.revised or document.published) if part]
    return f" ({', '.join(known)})" if known else ""
