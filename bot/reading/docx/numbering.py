"""The numbers of lists and headings as Word counts and shows them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.reading.docx.symbols import TICKS, font_of, shown
from bot.reading.docx.xml import Element, child, name, number, switch, value

_LEVELS = 9
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
# Nothing that people number goes on longer; a start in the millions would make letters without end.
_LARGEST = 5000


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before a paragraph: a number, a bullet, or nothing at all."""

    number: str = ""
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class _Level:
    """`text` has %1 for the first level's number; `restart` is the level, from 1, that starts it anew."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True)
class _List:
    """Lists with the same `family` go on counting where another one stopped, unless they start `anew`."""

    family: str
    levels: Mapping[int, _Level]
    anew: frozenset[int]


class Numbering:
    """Counts through the lists of a file."""

    def __init__(self, root: Element | None) -> None:
        self._lists = {} if root is None else _lists(root)
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def level_of_style(self, list_id: str, style_id: str) -> int:
        """The level of a list that belongs to a style; the outermost where none does."""
        found = self._lists.get(list_id)
        levels = found.levels.items() if found else ()
        return next((level for level, described in levels if described.style == style_id), 0)

    def next(self, list_id: str, level: int) -> Mark:
        """The mark of the next paragraph on a level. One whose list is nowhere described has a bullet."""
        found = self._lists.get(list_id)
        level = max(0, min(level, _LEVELS - 1))
        if found is None or level not in found.levels:
            return Mark(bullet=True)
        counts = self._counts.setdefault(found.family, [None] * _LEVELS)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for anew in found.anew:
                counts[anew] = None
        before = counts[level]
        counts[level] = found.levels[level].start if before is None else before + 1
        _begin_above(counts, level, found.levels)
        _restart_below(counts, level, found.levels)
        if found.levels[level].format == "bullet":
            sign = found.levels[level].text
            # What to do and what not to do is often told apart by a tick and a cross.
            return Mark(number=sign) if sign and sign in TICKS else Mark(bullet=True)
        return Mark(number=_shown(level, counts, found.levels))


def _begin_above(counts: list[int | None], level: int, levels: Mapping[int, _Level]) -> None:
    """An inner level that comes first begins the outer ones: after 1.1 comes 2."""
    for above in range(level):
        if counts[above] is None:
            counts[above] = levels.get(above, _Level()).start


def _restart_below(counts: list[int | None], level: int, levels: Mapping[int, _Level]) -> None:
    for below in range(level + 1, _LEVELS):
        restart = levels[below].restart if below in levels else None
        if restart is None or level < restart:
            counts[below] = None


def _shown(level: int, counts: list[int | None], levels: Mapping[int, _Level]) -> str:
    described = levels[level]

    def counted(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        outer = levels.get(place, _Level())
        current = counts[place]
        form = "decimal" if described.legal else outer.format
        return _formatted(outer.start if current is None else current, form)

    return re.sub("%([1-9])", counted, described.text).strip()


def _formatted(count: int, form: str) -> str:
    if not 0 < count <= _LARGEST:
        return "" if form == "none" else str(count)
    letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
    forms = {
        "none": "",
        "decimalZero": f"{count:02d}",
        "lowerLetter": letter,
        "upperLetter": letter.upper(),
        "lowerRoman": _roman(count),
        "upperRoman": _roman(count).upper(),
        "ordinal": _ordinal(count),
    }
    return forms.get(form, str(count))


def _roman(count: int) -> str:
    digits = ""
    for size, letters in _ROMAN:
        digits += letters * (count // size)
        count %= size
    return digits


def _ordinal(count: int) -> str:
    ending = "th" if count % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


def _lists(root: Element) -> dict[str, _List]:
    families = {
        family.get(name("w:abstractNumId")) or "": family
        for family in root.iterchildren(name("w:abstractNum"))
    }
    linked = {
        link: family_id for family_id, family in families.items() if (link := value(family, "w:styleLink"))
    }
    lists: dict[str, _List] = {}
    for described in root.iterchildren(name("w:num")):
        family_id = value(described, "w:abstractNumId") or ""
        link = value(families.get(family_id), "w:numStyleLink")
        family_id = linked.get(link or "", family_id)
        levels = _levels(families.get(family_id))
        anew = _overrides(described, levels)
        lists[described.get(name("w:numId")) or ""] = _List(family_id, levels, anew)
    # Word's way to say that a paragraph has no number although its style does.
    lists.pop("0", None)
    return lists


def _levels(family: Element | None) -> dict[int, _Level]:
    described = () if family is None else family.iterchildren(name("w:lvl"))
    levels = {number(level.get(name("w:ilvl"))): _level(level) for level in described}
    return {place: level for place, level in levels.items() if 0 <= place < _LEVELS}


def _level(level: Element) -> _Level:
    restart = value(level, "w:lvlRestart")
    return _Level(
        start=number(value(level, "w:start"), 1),
        format=_format(level),
        text=shown(value(level, "w:lvlText") or "", font_of(child(level, "w:rPr"))),
        restart=None if restart is None else number(restart),
        legal=bool(switch(level, "w:isLgl")),
        style=value(level, "w:pStyle"),
    )


def _format(level: Element) -> str:
    # Formats that older versions do not know ("001, 002") have one beside them that they do.
    return (
        value(level, "w:numFmt")
        or value(level, "mc:AlternateContent", "mc:Fallback", "w:numFmt")
        or "decimal"
    )


def _overrides(described: Element, levels: dict[int, _Level]) -> frozenset[int]:
    """Puts a list's own levels and starts in place; gives the levels that start anew."""
    anew = set()
    for override in described.iterchildren(name("w:lvlOverride")):
        place = max(0, min(number(override.get(name("w:ilvl"))), _LEVELS - 1))
        own = child(override, "w:lvl")
        if own is not None:
            levels[place] = _level(own)
        start = value(override, "w:startOverride")
        if start is not None:
            levels[place] = replace(levels.get(place, _Level()), start=number(start, 1))
            anew.add(place)
    return frozenset(anew)
