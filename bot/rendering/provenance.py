"""A document and a passage in, whose words these are, of when, and whether anybody reviewed them out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.records import Document, Passage, Reference
from bot.rendering.citation import age_years, dated
from bot.wording import DEFAULT_LANGUAGE, say


@dataclass(frozen=True, slots=True)
class Provenance:
    """Sentences to stand beside a quote: where its facts come from, their age if it is high, their review."""

    origin: tuple[str, ...]
    aged: str | None = None
    reviewed: str | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it, in the order in which it is to be read."""
        return (*self.origin, *(line for line in (self.aged, self.reviewed) if line))


def carried(document: Document, passage: Passage) -> tuple[Reference, ...]:
    """The sources whose marks a passage carries; without a mark it may be from any that are retold."""
    marked = tuple(known for known in document.references if f"[{known.mark}]" in passage.text)
    return marked or document.references


def provenance(
    document: Document, passage: Passage, *, today: date, old: int, language: str = DEFAULT_LANGUAGE
) -> Provenance:
    """The sentences on a quote; `old` is the age in years from which on it is mentioned.

    The age is that of the facts: of a document that retells others, the age of those that the quote is from.
    """
    return _told(document, carried(document, passage), today, old, language)


def of_document(
    document: Document, *, today: date, old: int, language: str = DEFAULT_LANGUAGE
) -> tuple[str, ...]:
    """The sentences on a whole document, its publisher first."""
    told = _told(document, document.references, today, old, language)
    return (*([document.publisher] if document.publisher else []), *told.lines)


def _told(
    document: Document, sources: tuple[Reference, ...], today: date, old: int, language: str
) -> Provenance:
    if not sources:
        years = age_years(document, today)
        aged = None if years is None or years < old else say("aged", language, years=years)
        return Provenance((_dates(document, language),), aged, document.reviewed)
    retold = dated(document)
    first = say("retold", language, date=retold) if retold else say("retold_undated", language)
    ages = [(age_years(source, today) or 0, source.mark) for source in sources]
    years, mark = max(ages, key=lambda pair: pair[0])
    return Provenance(
        (first, *(_reference(source, language) for source in sources)),
        say("aged_reference", language, years=years, mark=mark) if years >= old else None,
        document.reviewed,
    )


def as_source(document: Document, passage: Passage) -> Mapping[str, object]:
    """The same facts for programs: the document's own, and those of the sources that the quote retells."""
    return {
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "revised": document.revised,
        "reviewed": document.reviewed,
        "retells": [
            {
                "mark": source.mark,
                "title": source.title,
                "publisher": source.publisher,
                "published": source.published,
                "revised": source.revised,
                "address": source.address,
            }
            for source in carried(document, passage)
        ],
    }


def _reference(source: Reference, language: str) -> str:
    named = ", ".join(part for part in (f"\u201c{source.title}\u201d", source.publisher) if part)
    return f"[{source.mark}] {named}: {_stated(source, language)}"


def _dates(document: Document, language: str) -> str:
    stated = _stated(document, language)
    return stated[:1].upper() + stated[1:]


def _stated(source: Document | Reference, language: str) -> str:
    """What a source states of its dates."""
    if source.published and source.revised and source.published != source.revised:
        return say("dates_both", language, published=source.published, revised=source.revised)
    if source.revised:
        return say("dates_revised", language, revised=source.revised)
    if source.published:
        return say("dates_published", language, published=source.published)
    return say("dates_none", language)
