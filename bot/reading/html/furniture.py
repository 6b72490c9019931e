"""What frames every page of a site: menus, banners, trails, buttons to share, forms to fill in.

It is taken out. Nothing is that holds most of what the page says: then it only looks like a frame (a header
that the page never closes, a wrapper named "sidebar").
"""

import re
from collections.abc import Callable
from functools import lru_cache

from bot.reading.html.measures import Measures
from bot.reading.html.tree import HEADINGS, Element, names, remove
from bot.reading.roles import block_role, lists_pages

_MOST_OF_PAGE = 0.5
# The names of classes and ids repeat on a page and among the pages of a site.
_NAMES_KNOWN = 4096
_KEPT = names("html body main article")
_TAGS = names("nav menu search dialog")
_ROLES = names("navigation banner contentinfo search dialog alertdialog menu menubar toolbar tooltip")
_SECTIONING = names("main article section blockquote td li")
# Names of classes and ids. Those that stand on every page alike, however much they say:
_ALWAYS = re.compile(
    r"(?:eu-?)?cookies?(?:[-_]\S*)?|\S*[-_](?:cookies?|consent)[-_](?:banner|bar|notice|popup|message|wrapper|modal|dialog)"
    r"|consent[-_]\S*|(?:gdpr|onetrust|cky|cmplz|cybot|cookiebot|moove_gdpr)\S*"
    r"|comments?[-_]?(?:area|list|form|section|respond|wrapper)|respond|disqus\S*"
    r"|(?:page|site|global|main|ctl\d+)?[-_]?footer(?:[-_](?:area|wrapper|container|widgets?|content|inner))?|colophon",
    re.IGNORECASE,
)
# Those that are no part of what a page says, unless they hold most of it:
_NAMED = re.compile(
    r"(?:\S+[-_])?(?:breadcrumbs?|crumbs|share[-_]?(?:bar|box|buttons?|links?|icons?|tools?|page|post|this)"
    r"|social[-_]?(?:media|links?|icons?|share|sharing|bar|nav|menu|buttons?)|visually-?hidden|screen-reader(?:-text)?"
    r"|skip-?(?:links?|to-content)|back-?to-?top|pagination|print-?(?:button|link))"
    r"|share|sharing|(?:addthis|addtoany|sharedaddy|sd-sharing|jp-relatedposts|heateor|a2a)\S*"
    r"|newsletter\S*|adverts?|advertisements?|ad[-_]?(?:slot|container|unit|banner)|ads|sponsored|pager|post-navigation"
    r"|sr-only(?:-focusable)?|visually-?hidden-focusable|modal|popup|lightbox"
    r"|(?:site|page|global)[-_]?(?:header|nav|navigation|search|branding)|masthead"
    r"|(?:main|primary|top|mega|mobile|side|sub|local)[-_]?(?:nav|navigation|menu)",
    re.IGNORECASE,
)
# Those that may be the name of a part of the text as well, and are no text where they hold no sentence:
_LIKELY = re.compile(
    r"(?:region-)?side-?bar\S*|(?:left|right|side)[-_]?(?:col(?:umn)?|bar|rail|panel)"
    r"|(?:\S+[-_])?(?:sidebar|widgets?|related\S*|promos?|promotions?|teasers?|recommended|popular|trending|see-?also|toc"
    r"|table-?of-?contents|menu|nav|navbar|navigation|topbar|toolbar|social|tags|subscribe|sign-?up|feedback|search"
    r"|consent|comments?|header|top|bottom|hd|ft|links|language-?\S*|advert)",
    re.IGNORECASE,
)
_BOX = re.compile(
    r"(?:\S+[-_])?(?:call-?out|warning|alert|caution|danger|notice|admonition|note|info-?box|important|tip|hint|inset)"
    r"(?:[-_]{1,2}(?:box|callout|warning|danger|info|message|panel|important|text|urgent|emergency|block))*"
)
# What pages ask their visitors, with the buttons for the answer.
_ASKS_FEEDBACK = re.compile(
    r"(?:(?:was|is|did you find) this (?:page|information|article|leaflet|content|section)"
    r" (?:helpful|useful|help you)|(?:did|have) you f(?:ind|ound) what you (?:were|are) looking for"
    r"|how (?:useful|helpful) (?:was|is) this page|rate this page)\??[ /|]*(?:yes[ /|]*no)?",
    re.IGNORECASE,
)
_MOST_WORDS_OF_FEEDBACK = 14
_TYPED_INTO = frozenset(("", "text", "email", "search", "tel", "password", "url", "number"))
_ADDRESSED = names("complementary alert note status")


def without_frame(root: Element, measures: Measures, *, title: str) -> None:
    """Takes the frame out of a page with this title."""
    _take_out(root, measures, _stands_on_every_page, most=1.0)
    _take_out(root, measures, lambda element: _is_frame(element, measures, title), most=_MOST_OF_PAGE)


def is_call_out(element: Element) -> bool:
    """Whether an element stands beside the text, in a box of its own."""
    if element.name == "aside" or element.get("role") in ("note", "alert", "complementary", "status"):
        return True
    classes = element.get("class").lower().split()
    return element.name in ("div", "section", "p", "blockquote") and any(map(_is_box, classes))


def _take_out(root: Element, measures: Measures, is_frame: Callable[[Element], bool], *, most: float) -> None:
    found: list[Element] = []
    pending = root.elements[::-1]
    while pending:
        element = pending.pop()
        if element.name not in _KEPT and is_frame(element) and not _is_page(element, measures, most):
            found.append(element)
        else:
            pending += element.elements[::-1]
    remove(found)
    if found:
        measures.forget()


def _is_page(element: Element, measures: Measures, most: float) -> bool:
    """Whether an element holds so much of the page that it is no frame."""
    share = measures.share(element)
    return share >= most or (share >= _MOST_OF_PAGE and element.find("main", "article", "h1") is not None)


def _stands_on_every_page(element: Element) -> bool:
    return any(map(_is_always_frame, element.names))


@lru_cache(maxsize=_NAMES_KNOWN)
def _is_always_frame(name: str) -> bool:
    return _ALWAYS.fullmatch(name) is not None


@lru_cache(maxsize=_NAMES_KNOWN)
def _is_frame_name(name: str) -> bool:
    return _NAMED.fullmatch(name) is not None


@lru_cache(maxsize=_NAMES_KNOWN)
def _is_likely_frame(name: str) -> bool:
    return _LIKELY.fullmatch(name) is not None


@lru_cache(maxsize=_NAMES_KNOWN)
def _is_box(name: str) -> bool:
    return _BOX.fullmatch(name) is not None


def _is_frame(element: Element, measures: Measures, title: str) -> bool:
    role = element.get("role").lower()
    measure = measures.of(element)
    if element.name in _TAGS or role in _ROLES or any(map(_is_frame_name, element.names)):
        return True
    if element.name == "header":
        return not _stands_in_text(element) and not _holds_title(element, title)
    if element.name == "footer":
        return not _stands_in_text(element) or measure.prose == 0 or measures.is_links(element)
    if element.name == "aside" or role in _ADDRESSED:
        return _is_aside(element, measures)
    if element.name == "form":
        return measure.prose == 0 and any(map(_is_typed_into, element.walk()))
    named = element.name not in HEADINGS and any(map(_is_likely_frame, element.names))
    # "section-header" may hold nothing but the heading of the section.
    lists = measure.prose == 0 and (measure.linked > 0 or element.find("ul", "ol", "input") is not None)
    return (named and (lists or _heads_other_pages(element))) or _asks_feedback(element, measures)


def _heads_other_pages(element: Element) -> bool:
    """Whether all that an element holds is under a heading of other pages ("Latest news")."""
    heading = element.find(*HEADINGS)
    return heading is not None and lists_pages(heading.text()) and element.text().startswith(heading.text())


def _asks_feedback(element: Element, measures: Measures) -> bool:
    """Whether an element does nothing but ask a visitor what the page was worth."""
    few = measures.of(element).words <= _MOST_WORDS_OF_FEEDBACK
    return few and _ASKS_FEEDBACK.fullmatch(element.text()) is not None


def _is_aside(element: Element, measures: Measures) -> bool:
    """Whether what stands beside the text is not about it: links, a form, an invitation."""
    if measures.is_links(element) or block_role(element.text(), marked=False) == "leftover":
        return True
    measure = measures.of(element)
    named = any(map(_is_likely_frame, element.names))
    return (
        measure.words == 0
        or (named and measure.linked > measure.prose)
        or any(map(_is_typed_into, element.walk()))
    )


def _stands_in_text(element: Element) -> bool:
    return any(outer.name in _SECTIONING for outer in element.ancestors())


def _holds_title(element: Element, title: str) -> bool:
    headings = (inner for inner in element.walk() if inner.name in HEADINGS)
    return any(heading.text().casefold() == title.casefold() for heading in headings)


def _is_typed_into(element: Element) -> bool:
    return element.name == "textarea" or (
        element.name == "input" and element.get("type").lower() in _TYPED_INTO
    )
