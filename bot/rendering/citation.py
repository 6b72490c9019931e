"""A document and a passage in, the line that cites it out."""

from datetime import date

from bot.records import Document, Passage, Reference
from bot.wording import DEFAULT_LANGUAGE, say


def citation(document: Document, passage: Passage, language: str = DEFAULT_LANGUAGE) -> str:
    """Title, section path, page, publisher and date, as far as the document states them.

    The date of a document that retells others is left out: it is not that of the facts.
    """
    parts = [document.title, *passage.heading]
    if passage.page is not None:
        parts.append(say("cited_page", language, page=passage.page))
    stated = None if document.references else dated(document)
    known = ", ".join(part for part in (document.publisher, stated) if part)
    return " \u203a ".join(parts) + (f" ({known})" if known else "")


def dated(source: Document | Reference) -> str | None:
    """The date that a source was last revised on or, failing that, published on; None if it states none."""
    return source.revised or source.published


def age_years(source: Document | Reference, today: date) -> int | None:
    """How many whole years old a source is; None if it states no date.

    Of a date without a day or a month the latest possible is taken, so that no source looks too old.
    """
    stated = dated(source)
    if stated is None:
        return None
    year, *rest = (int(part) for part in stated.split("-"))
    month, day = (*rest, *(12, 31)[len(rest) :])
    return max(0, today.year - year - ((today.month, today.day) < (month, day)))
