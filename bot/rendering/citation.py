"""A document and a passage in, the line that cites it out."""

from datetime import date

from bot.records import Document, Passage


def citation(document: Document, passage: Passage) -> str:
    """Title, section path, page, publisher and date, as far as the document states them."""
    parts = [document.title, *passage.heading]
    if passage.page is not None:
        parts.append(f"page {passage.page}")
    return " \u203a ".join(parts) + _provenance(document)


def dated(document: Document) -> str | None:
    """The date that a document was last revised on or, failing that, published on; None if it states none."""
    return document.revised or document.published


def age_years(document: Document, today: date) -> int | None:
    """How many whole years old a document is; None if it states no date.

    Of a date without a day or a month the latest possible is taken, so that no document looks too old.
    """
    stated = dated(document)
    if stated is None:
        return None
    year, *rest = (int(part) for part in stated.split("-"))
    month, day = (*rest, *(12, 31)[len(rest) :])
    return max(0, today.year - year - ((today.month, today.day) < (month, day)))


def _provenance(document: Document) -> str:
    known = [part for part in (document.publisher, dated(document)) if part]
    return f" ({', '.join(known)})" if known else ""
