"""What heads the text below it: headings, and what is made to look like one."""

import re
from functools import lru_cache

from bot.reading.headlines import is_short, reads_as_heading
from bot.reading.html.controls import is_control
from bot.reading.html.tree import BLOCKS, HEADINGS, Element, names

# The names of classes repeat on a page and among the pages of a site.
_NAMES_KNOWN = 4096
# Abbreviations have fewer letters.
_FEWEST_CAPITALS = 6
# The words and the blanks and marks around them.
_MOST_IN_BOX = 8
_LEVEL = re.compile(
    r"(?:\S+[-_](?=h))?(?:mso[-_]?)?(?:h|heading|head|hd?r|title|ueberschrift)[-_]?([1-9])[a-c]?",
    re.IGNORECASE,
)
_TITLE_IN_WORD = "msotitle"
_HEADING_NAME = re.compile(
    r"(?:\S+[-_])?(?:heading|headline|header-?text|sub-?head(?:ing|er)?|section-?head(?:ing|er)?|title|sub-?title|question"
    r"|(?:faq-?)?q|faq-?(?:title|header)|(?:accordion|toggle|panel|tab|card|collapse|collapsible)-?(?:title|head|header|heading"
    r"|label|button|toggle|trigger|link)|accordion|collapsible|toggle|mso-?subtitle)(?:[-_]{1,2}(?:text|label|inner|small|large|l|m|s|xl))?",
    re.IGNORECASE,
)
_BOLD_TAGS = names("b strong u h1 h2 h3 h4 h5 h6 th")
_BOLD_STYLE = re.compile(r"font-weight\s{0,9}:\s{0,9}(?:bold|[6-9]00)", re.IGNORECASE)
# Marks that open and close a panel, and arrows.
# What stands on a switch whatever it opens; icon fonts draw arrows for the last ones.
SWITCH = re.compile(
    r"(?:show|hide|open|close|expand|collapse|toggle|view)"
    r"(?: (?:all|less|more|answer|section|panel|content|details))?"
    r"(?: (?:sections|panels|answers|questions|steps))?|read (?:more|less)|expand_(?:more|less)|arrow_\w+"
    r"|keyboard_arrow_\w+|chevron_\w+",
    re.IGNORECASE,
)
_ICONS = " \t\n+▼▲▶►▾▸▴△▽▷✕×›»⌄⌃→↓＋"


def heading_level(element: Element) -> int | None:
    """The level of an element that the markup says is a heading, 1 for the outermost."""
    if element.name in HEADINGS:
        return int(element.name[1])
    if element.get("role").lower() == "heading":
        stated = element.get("aria-level")
        return int(stated) if re.fullmatch("[1-9]", stated) else 2
    level = _level_by_class(element) if element.name in ("p", "div", "span") else None
    return level if level is not None and _may_head(element) else None


def heading_words(element: Element) -> str:
    """A heading's text, without the marks and the switch of a panel that opens."""
    words = element.text().strip(_ICONS)
    if not any(map(is_control, (element, *element.walk()))):
        return words
    switches = [inner.text() for inner in element.walk() if SWITCH.fullmatch(inner.text())]
    for switch in switches:
        if words != switch:
            words = words.removesuffix(switch).strip(_ICONS)
    return words


def looks_like_heading(element: Element) -> bool:
    """Whether an element heads what follows by its class, or by being a short bold line above text."""
    if element.name not in ("p", "div", "a", "span", "label", "button", "legend"):
        return False
    if any(map(_is_heading_name, element.names)):
        return _may_head(element)
    stands_out = element.name == "legend" or (
        element.name in ("p", "div") and (is_bold(element) or is_in_capitals(element.text()))
    )
    return stands_out and _may_head(element) and reads_as_heading(element.text())


def is_in_capitals(words: str) -> bool:
    """Whether words are in capitals throughout, as typists set headings; "MRI" alone is a word."""
    letters = [sign for sign in words if sign.isalpha()]
    return len(letters) >= _FEWEST_CAPITALS and all(map(str.isupper, letters))


def is_bold(element: Element) -> bool:
    """Whether all text of an element is bold."""
    if makes_bold(element):
        return True
    texts = [child for child in element.children if isinstance(child, str) and child.strip()]
    inner = [child for child in element.elements if child.text()]
    return not texts and bool(inner) and all(map(is_bold, inner))


def makes_bold(element: Element) -> bool:
    """Whether an element makes the text in it bold."""
    return element.name in _BOLD_TAGS or _BOLD_STYLE.search(element.get("style")) is not None


def _level_by_class(element: Element) -> int | None:
    return next(filter(None, map(_level_of_name, element.get("class").split())), None)


@lru_cache(maxsize=_NAMES_KNOWN)
def _level_of_name(name: str) -> int | None:
    if name.lower() == _TITLE_IN_WORD:
        return 1
    found = _LEVEL.fullmatch(name)
    return int(found[1]) if found else None


@lru_cache(maxsize=_NAMES_KNOWN)
def _is_heading_name(name: str) -> bool:
    return _HEADING_NAME.fullmatch(name) is not None


def _may_head(element: Element) -> bool:
    """Whether an element is one short line with something under it."""
    if any(inner.name in BLOCKS and not is_control(inner) for inner in element.walk() if inner.name != "div"):
        return False
    words = element.text()
    if not is_short(words) or any(inner.name == "br" for inner in element.walk()):
        return False
    whole = element
    while whole.parent is not None and _holds_only(whole.parent, words):
        whole = whole.parent
    return _stands_alone(whole) and _has_text_below(whole, element)


def _holds_only(element: Element, words: str) -> bool:
    """Whether an element is a box around these words."""
    return (
        element.name in ("div", "p", "span")
        and len(element.children) <= _MOST_IN_BOX
        and element.text() == words
    )


def _stands_alone(element: Element) -> bool:
    """Whether an element has a line of its own."""
    return element.name in BLOCKS or not element.runs_on()


def _has_text_below(element: Element, head: Element) -> bool:
    below = element.next()
    if below is None and element.parent is not None:
        after = element.parent.children[element.parent.place_of(element) + 1 :]
        return any(isinstance(other, str) and other.strip() for other in after)
    while below is not None and not below.text():
        below = below.next()
    if below is None or below.name in HEADINGS or below.name not in BLOCKS:
        return False
    # Bold lines one under another are emphasis, not headings over nothing.
    return not (below.name == head.name and is_bold(head) and is_bold(below))
