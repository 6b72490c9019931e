"""Which text is the document's own, which lists its sources, and which a web page left behind."""

import re

from bot.reading.dates import stated_dates
from bot.records import SectionRole

# Left-overs of a page and entries of a bibliography are short; longer text is never judged by its look.
_LONGEST_LEFTOVER = 200
_LONGEST_ENTRY = 1000
_BIBLIOGRAPHY = re.compile(
    r"(?:(?:list of |selected |key |suggested )?(?:references?|bibliography|sources?|citations|literature)"
    r"(?: list| cited| and (?:further reading|sources|references|notes))?|further reading|works cited"
    r"|footnotes|endnotes)[ :.]*",
    re.IGNORECASE,
)
_LEFTOVER = re.compile(
    r"(?:leave a (?:reply|comment)|post a comment|add a comment|\d* ?comments?|no comments(?: yet)?"
    r"|.*happy to hear your thoughts|cancel reply|your email address will not be published.*"
    r"|save my name, email.*|required fields are marked.*"
    r"|share(?: this)?(?: (?:article|page|post|story))?(?: (?:on|via|with) .*)?|tweet|pin it|e-?mail this.*"
    r"|print(?: this)?(?: page| article)?|like this|follow us.*|subscribe.*|sign up (?:for|to) .*newsletter.*"
    r"|(?:related|recent|popular) (?:articles?|posts?|stories|pages?|links?|content|topics?|news)"
    r"|read more|read next|you may also like.*"
    r"|share(?: this)?(?: (?:article|page|post|story|leaflet))?:(?: [\w.-]+){1,6}"
    r"|next (?:article|post|page)|previous (?:article|post|page)|back to top|skip to (?:main )?content"
    r"|home|menu|search|log ?in|advertisement|(?:copyright\b|\(c\) ?\d|©).*|all rights reserved"
    r"|(?:this (?:site|website|page)|we) uses? cookies.*|accept(?: all)? cookies|cookie (?:policy|settings)"
    r"|.*(?:does not (?:provide|offer|give)|not intended (?:to|as)) .*medical advice.*"
    r"|privacy policy|terms (?:of use|and conditions|of service))[ :.!]*",
    re.IGNORECASE,
)
# Headings of a site's other pages: what is listed under them is not of the document.
_PAGES = re.compile(
    r"(?:(?:related|recent|popular|recommended|latest|trending|other)"
    r" (?:articles?|posts?|stories|pages?|links?|content|topics?|news|reads?|reading|videos?|searches|events)"
    r"|more (?:articles|posts|stories|pages|links|topics|news)\b.*|more (?:on|from) .*"
    r"|related|recommended for you"
    r"|most (?:read|popular|viewed)|read (?:more|next)|(?:also|next) read|see also|keep reading|explore more"
    r"|you (?:may|might)(?: also)? (?:like|be interested in)(?: .*)?|people also (?:read|ask|viewed)"
    r"|editors?[’'] (?:picks?|choice)|top stories)[ :.!…]*",
    re.IGNORECASE,
)
# Headings under which links are lists of pages, and text is text.
_LINKS = re.compile(
    r"(?:more|further|other|related|useful|quick|external|helpful|key|popular|latest|top)\b.*|.*\blinks"
    r"|(?:see|read|explore|find out|learn|discover|browse|visit) .*|(?:in|on|about) this .*"
    r"|(?:table of )?contents|jump to.*|tools|topics|categories|tags|archives?|pages .*|site ?map"
    r"|navigation|resources|.* pages",
    re.IGNORECASE,
)
# What stands before the first author.
_ENTRY_NUMBER = re.compile(r"(?:\[\^[^\]\s]{1,40}\]:|[\[(]?\d{1,3}[\]).:]{0,2})\s+")
_FOOTNOTE_LINK = re.compile(r"\[\^[^\]\s]{1,40}\]:\s+(?:\[[^\]]*\]\()?<?(?:https?://|www\.)\S+")
_ENTRY_SIGNS = (
    re.compile(r"\((?:19|20)\d\d[a-z]?\)|\b(?:19|20)\d\d(?: [A-Z][a-z]{2}(?: \d{1,2})?)?;"),
    re.compile(r"\bdoi\b|\bpmid\b|\bet al\b|\bISBN\b", re.IGNORECASE),
    re.compile(r"[\w'’-]+,? [A-Z]{1,3}(?:[.,]|\b)"),
    re.compile(r"\d(?:\([^()]{1,12}\))?: ?[A-Za-z]?\d|\b[Ss]uppl\b|\bpp?\. ?\d"),
)


def heading_role(name: str) -> SectionRole:
    """What the text under a heading of this name is."""
    if _BIBLIOGRAPHY.fullmatch(name):
        return "bibliography"
    return "leftover" if len(name) <= _LONGEST_LEFTOVER and _LEFTOVER.fullmatch(name) else "body"


def lists_pages(name: str) -> bool:
    """Whether a heading of this name stands over a list of a site's other pages, linked or not."""
    return len(name) <= _LONGEST_LEFTOVER and _PAGES.fullmatch(name) is not None


def lists_links(name: str) -> bool:
    """Whether links under a heading of this name are a list of pages."""
    return len(name) <= _LONGEST_LEFTOVER and _LINKS.fullmatch(name) is not None


def block_role(text: str, *, marked: bool) -> SectionRole:
    """What a paragraph or an item is by its own look; `marked` tells that it has a bullet or a number."""
    if len(text) <= _LONGEST_LEFTOVER and (_LEFTOVER.fullmatch(text) or any(stated_dates(text))):
        return "leftover"
    if marked and len(text) <= _LONGEST_ENTRY and _is_entry(text):
        return "bibliography"
    return "body"


def is_breadcrumb(line: str, title: str) -> bool:
    """Whether a line under the title only repeats words of it, as the trail of a web page does."""
    words = re.findall(r"\w+", line.lower())
    return (
        0 < len(words) <= 6
        and line[-1:] not in ".?!:"
        and set(words) <= set(re.findall(r"\w+", title.lower()))
    )


def _is_entry(text: str) -> bool:
    if _FOOTNOTE_LINK.fullmatch(text):
        return True
    year, number, author, pages = _ENTRY_SIGNS
    before = _ENTRY_NUMBER.match(text)
    start = before.end() if before else 0
    signs = (year.search(text), number.search(text), author.match(text, start), pages.search(text))
    return sum(sign is not None for sign in signs) >= 2
