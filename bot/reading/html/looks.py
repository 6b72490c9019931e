"""What a page sets in bold or larger type than its text, by its sheets, its styles and old `font` elements.

Pages of many editors have no other headings: "p.s3 { font-size: 20px }", "<font size=4>". What stands out is
given a bold style of its own here, so that one rule tells headings from it, whatever made it stand out.
"""

import re
from collections import Counter
from collections.abc import Mapping

from bot.reading.html.styles import LookRules, looks_of
from bot.reading.html.tree import HEADINGS, Element

# How much larger than the page's text a heading is set at least: `<font size=4>` over 3.
_CLEARLY = 1.12
_NORMAL = 16.0
# The sizes of `<font size=1>` to 7 in pixels.
_FONT_SIZES = (10.0, 13.0, 16.0, 18.0, 24.0, 32.0, 48.0)
_NORMAL_FONT = 3
_KEYWORDS = {
    "x-small": 10.0,
    "small": 13.0,
    "medium": _NORMAL,
    "large": 18.0,
    "x-large": 24.0,
    "xx-large": 32.0,
}
_PIXELS = {"px": 1.0, "pt": 4 / 3, "rem": _NORMAL, "pc": 16.0, "mm": 3.78, "cm": 37.8, "in": 96.0}
_LENGTH = re.compile(r"(\d{1,4}(?:\.\d{1,6})?|\.\d{1,6})(px|pt|rem|em|ex|pc|mm|cm|in|%)")
_BOLD = re.compile(r"bold|bolder|[6-9]00")
_EMPHASIS = "font-weight:bold"


def emphasise(root: Element) -> None:
    """Gives a bold style to the elements of a page that stand out from its text."""
    rules = LookRules(element.text() for element in root.walk() if element.name == "style")
    sizes: dict[Element, float] = {root: _NORMAL}
    bold: list[Element] = []
    words: Counter[float] = Counter()
    for element in root.walk():
        looks = {**rules.looks(element), **looks_of(element.get("style"))}
        around = sizes.get(element.parent or root, _NORMAL)
        sizes[element] = _size(element, looks, around)
        words[sizes[element]] += sum(
            len(child.split()) for child in element.children if isinstance(child, str)
        )
        if _BOLD.fullmatch(looks.get("font-weight", "")):
            bold.append(element)
    usual = max(words, key=lambda size: words[size], default=_NORMAL)
    larger = (
        element
        for element, size in sizes.items()
        if size >= _CLEARLY * usual and sizes.get(element.parent or root, _NORMAL) < size
    )
    for element in (*bold, *larger):
        if element.name not in HEADINGS:
            element.attributes = {**element.attributes, "style": f"{element.get('style')};{_EMPHASIS}"}


def _size(element: Element, looks: Mapping[str, str], around: float) -> float:
    """An element's size of type in pixels, in one of the size `around`."""
    stated = looks.get("font-size", "")
    if stated in _KEYWORDS:
        return _KEYWORDS[stated]
    if length := _LENGTH.fullmatch(stated):
        number, unit = float(length[1]), length[2]
        relative = {"em": around, "%": around / 100, "ex": around / 2}
        return round(number * relative.get(unit, _PIXELS.get(unit, 1.0)), 1)
    if element.name == "font" and re.fullmatch(r"[+-]?[1-7]", element.get("size")):
        number = int(element.get("size"))
        step = number if element.get("size").isdecimal() else _NORMAL_FONT + number
        return _FONT_SIZES[min(max(step, 1), len(_FONT_SIZES)) - 1]
    return round(around * 1.2, 1) if element.name == "big" else around
