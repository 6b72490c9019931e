"""Dates as documents state them, turned into ISO dates that are no more precise than stated."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\bD:{_YEAR}(?P<month>\d\d)(?P<day>\d\d)",
        rf"\b{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
        rf"\b{_MONTH} {_DAY},? {_YEAR}\b",
        rf"\b{_DAY} (?:of )?{_MONTH},? {_YEAR}\b",
        rf"\b(?P<month>\d{{1,2}})[/.](?P<day>\d{{1,2}})[/.]{_YEAR}\b",
        rf"\b{_MONTH},? {_YEAR}\b",
        rf"\b{_YEAR}-(?P<month>\d\d)(?![-\d])",
        rf"\b{_YEAR}\b",
    )
)
# A line about the document itself is short; a longer one is prose that happens to mention a date.
_LONGEST_LINE = 200
_PUBLISHED = re.compile(r"\b(?:originally|first)? ?(?:published|posted|written)\b(?: on)?:?", re.IGNORECASE)
_REVISED = re.compile(
    r"\b(?:last|most recently|date) (?:revision|revised|updated?|reviewed|modified)\b"
    r"|\b(?:revised|updated|reviewed)(?: on\b|:)",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    r"(?:this (?:article|page|document|text|leaflet|information) (?:was|has been) )?"
    r"(?:(?:originally|first|last|most recently|date|page|article) ){0,2}"
    r"(?:published|posted|written|revision|revised|updated?|reviewed|modified)\b",
    re.IGNORECASE,
)


def iso_date(stated: str) -> str | None:
    """The first date in a short string as "2015-09-04", "2015-09" or "2015"; None where there is none."""
    for form in _FORMS:
        match = form.search(stated[:_LONGEST_LINE])
        if match is not None:
            found = _iso(match)
            if found is not None:
                return found
    return None


def stated_dates(line: str) -> tuple[str | None, str | None]:
    """When the document was published and last revised, as a line about the document itself says."""
    if len(line) > _LONGEST_LINE or _DATE_LINE.match(line) is None:
        return None, None
    revised = _REVISED.search(line)
    published = _PUBLISHED.search(line, 0, revised.start() if revised else len(line))
    return (
        iso_date(line[published.end() : revised.start() if revised else len(line)]) if published else None,
        iso_date(line[revised.end() :]) if revised else None,
    )


def _iso(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if parts.get("month") is None:
        return f"{year:04d}"
    month = _month(parts["month"])
    if parts.get("day") is None:
        return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else None
    day = int(parts["day"])
    if month > 12 and parts["month"].isdigit():
        # Month first is the American order; a month above 12 shows that the day stands first.
        month, day = day, month
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _month(stated: str) -> int:
    return int(stated) if stated.isdigit() else _MONTHS.index(stated[:3].lower()) + 1
