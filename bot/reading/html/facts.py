"""What the head of a page, and its first heading, say the page is."""

import re
from collections.abc import Iterator

from bot.reading.dates import iso_date
from bot.reading.html.tree import HEADINGS, Element
from bot.reading.layout import clean
from bot.reading.structure import Facts

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
# What parts the name of a page from that of its site.
_SITE = re.compile(r"\s+[|–—·:»•-]\s+\S|: \S")
# What programs write into a title when nobody does.
_NO_TITLE = re.compile(
    r"(?:untitled|no title|new|blank|export|index|page|document|title|home|home ?page|word|microsoft word"
    r"|default|print(?:able)?|view|content|main|leaflet|(?:patient )?information)"
    r"(?:[ ._-]?(?:document|page|title|version|leaflet|\d+|html?|docx?))*"
    r"|\S.*\.(?:docx?|dotx?|rtf|odt|pdf|pub|pptx?|html?|php|aspx?)"
    r"|microsoft (?:word|powerpoint|publisher) - .*",
    re.IGNORECASE,
)


def stated_facts(root: Element) -> Facts:
    """Title, publisher, dates, address and language, as far as the page states them."""
    metas = [(name, content) for meta in root.walk() if meta.name == "meta" for name, content in _named(meta)]
    language = root.get("lang") or root.get("xml:lang")
    published = _date(metas, "article:published_time", "dcterms.issued", "dcterms.created", "dc.date", "date")
    time = next(
        (element for element in root.walk() if element.name == "time" and element.get("datetime")), None
    )
    if published is None and time is not None:
        published = iso_date(time.get("datetime"))
    return Facts(
        title=_title(root, metas),
        publisher=next(_contents(metas, "og:site_name", "dcterms.publisher", "dc.publisher"), None),
        published=published,
        revised=_date(metas, "article:modified_time", "og:updated_time", "dcterms.modified", "last-modified"),
        address=_address(root, metas),
        language=language if _LANGUAGE.fullmatch(language) else "en",
    )


def window_title(root: Element) -> str:
    """The page's title as a browser's window shows it, often with the name of the site."""
    title = root.find("title")
    return clean(title.text()) if title is not None else ""


def _title(root: Element, metas: list[tuple[str, str]]) -> str | None:
    whole = next(_contents(metas, "og:title"), "") or window_title(root)
    headings = [clean(element.text()) for element in root.walk() if element.name == "h1"]
    # "Asthma | Site name": the page's own heading is the part that names the document.
    shown = max(
        (name for name in headings if name and name.casefold() in whole.casefold()), key=len, default=""
    )
    if shown:
        return shown
    for heading in (element.text() for element in root.walk() if element.name in HEADINGS):
        if heading and whole.casefold().startswith(heading.casefold()) and _SITE.match(whole, len(heading)):
            return heading
    first = next(filter(None, headings), None)
    if not whole or _NO_TITLE.fullmatch(whole):
        return first
    return whole


def _named(meta: Element) -> Iterator[tuple[str, str]]:
    content = clean(meta.get("content"))
    if content:
        for attribute in ("property", "name"):
            if meta.get(attribute):
                yield meta.get(attribute).lower(), content


def _contents(metas: list[tuple[str, str]], *names: str) -> Iterator[str]:
    return (content for name in names for meta, content in metas if meta == name)


def _date(metas: list[tuple[str, str]], *names: str) -> str | None:
    return next((found for value in _contents(metas, *names) if (found := iso_date(value))), None)


def _address(root: Element, metas: list[tuple[str, str]]) -> str | None:
    links = (link for link in root.walk() if link.name == "link")
    canonical = next((link for link in links if "canonical" in link.get("rel").lower().split()), None)
    address = clean(canonical.get("href")) if canonical is not None else next(_contents(metas, "og:url"), "")
    return address if address.lower().startswith(("https://", "http://")) else None
