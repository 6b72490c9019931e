"""What style sheets and `style` attributes hide, as far as simple selectors say it.

A selector that looks at anything but the element itself (its place, its state, a part of it) hides nothing
here: it is mostly there to show and hide something while the page is used.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import tinycss2

from bot.reading.html.tree import Element, names

# "gone" takes no room on the page; "faint" does, as what a script fades in while the page is scrolled.
Hiding = Literal["gone", "faint"]
# Sheets beyond this are of builders of sites, whose classes hide what scripts show.
_MOST_SHEET = 200_000
_MOST_RULES = 2_000
_NEVER_HIDDEN = names("html body main article")
_HIDES: Mapping[str, tuple[frozenset[str], Hiding]] = {
    "display": (frozenset({"none"}), "gone"),
    "visibility": (frozenset({"hidden", "collapse"}), "faint"),
    "opacity": (frozenset({"0", "0%"}), "faint"),
    "font-size": (frozenset({"0"}), "faint"),
}
_MOVES = ("transition", "animation", "transform", "will-change")
_TELLING = ("none", "hidden", "collapse", "opacity", "font-size")


@dataclass(frozen=True, slots=True)
class Selector:
    """What an element must be to be meant: every part that is given must fit."""

    name: str = ""
    identity: str = ""
    classes: frozenset[str] = frozenset()
    attributes: tuple[tuple[str, str | None], ...] = ()

    def fits(self, element: Element) -> bool:
        """Whether it means an element."""
        return (
            self.name in ("", element.name)
            and self.identity in ("", element.get("id"))
            and self.classes.issubset(element.get("class").split())
            and all(
                name in element.attributes and value in (None, element.get(name))
                for name, value in self.attributes
            )
        )


class HidingRules:
    """The rules of a page's sheets that hide something, found by what the element is."""

    def __init__(self, sheets: Iterable[str]) -> None:
        self._by_key: dict[str, list[tuple[Selector, Hiding]]] = {}
        for selector, hiding in _rules("\n".join(sheets)[:_MOST_SHEET]).items():
            if hiding is not None:
                self._by_key.setdefault(_key(selector), []).append((selector, hiding))

    def hiding(self, element: Element) -> tuple[Selector, Hiding] | None:
        """The rule that hides an element, if one does."""
        if not self._by_key or element.name in _NEVER_HIDDEN:
            return None
        keys = ("#" + element.get("id"), *map(".".__add__, element.get("class").split()), element.name, "*")
        rules = (rule for key in keys for rule in self._by_key.get(key, ()))
        return next((rule for rule in rules if rule[0].fits(element)), None)


@lru_cache(maxsize=2048)
def hidden_by(style: str) -> Hiding | None:
    """How the declarations of a `style` attribute hide their element."""
    if not any(word in style.lower() for word in _TELLING):
        return None
    return _hiding(_declared(tinycss2.parse_blocks_contents(style)))


def _rules(sheet: str) -> Mapping[Selector, Hiding | None]:
    """The hiding of each simple selector: what stands later in the sheet counts."""
    found: dict[Selector, Hiding | None] = {}
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        # What is hidden only on paper or on small screens (an @-rule) is seen by others.
        if rule.type != "qualified-rule" or len(found) >= _MOST_RULES:
            continue
        declared = _declared(tinycss2.parse_blocks_contents(rule.content))
        if not declared.keys() & _HIDES.keys():
            continue
        for selector in _selectors(rule.prelude):
            found[selector] = _hiding(declared)
    return found


def _declared(nodes: Iterable[tinycss2.ast.Node]) -> Mapping[str, str]:
    return {
        node.lower_name: tinycss2.serialize(node.value).strip().lower()
        for node in nodes
        if node.type == "declaration"
    }


def _hiding(declared: Mapping[str, str]) -> Hiding | None:
    ways = {way for name, (values, way) in _HIDES.items() if _bare(declared.get(name, "")) in values}
    if "gone" in ways:
        return "gone"
    moves = any(name.removeprefix("-webkit-").startswith(_MOVES) for name in declared)
    return "faint" if ways and not moves else None


def _bare(value: str) -> str:
    """A value without the unit of a zero ("0px", "0.0")."""
    number = value.removesuffix("px").removesuffix("em").removesuffix("r").removesuffix("pt")
    return "0" if number and not number.strip("0.") and number != "." else value


def _selectors(prelude: Sequence[tinycss2.ast.Node]) -> Iterator[Selector]:
    compound: list[tinycss2.ast.Node] = []
    for part in (*prelude, None):
        if part is None or part == ",":
            selector = _selector(_trimmed(compound))
            if selector is not None:
                yield selector
            compound = []
        else:
            compound.append(part)


def _trimmed(parts: list[tinycss2.ast.Node]) -> list[tinycss2.ast.Node]:
    while parts and parts[0].type == "whitespace":
        parts = parts[1:]
    while parts and parts[-1].type == "whitespace":
        parts = parts[:-1]
    return parts


def _selector(parts: list[tinycss2.ast.Node]) -> Selector | None:
    """A selector by name, id, classes and attributes; None for any other."""
    name, identity = "", ""
    classes: set[str] = set()
    attributes: list[tuple[str, str | None]] = []
    for place, part in enumerate(parts):
        after_dot = place > 0 and parts[place - 1] == "."
        if part.type == "ident" and after_dot:
            classes.add(part.value)
        elif part.type == "ident" and place == 0:
            name = part.lower_value
        elif part.type == "hash" and not identity:
            identity = part.value
        elif part.type == "[] block" and (attribute := _attribute(part.content)) is not None:
            attributes.append(attribute)
        elif part != ".":
            return None
    if name in _NEVER_HIDDEN or not (name or identity or classes or attributes):
        return None
    return Selector(name, identity, frozenset(classes), tuple(attributes))


def _attribute(parts: Sequence[tinycss2.ast.Node]) -> tuple[str, str | None] | None:
    parts = [part for part in parts if part.type != "whitespace"]
    if len(parts) == 1 and parts[0].type == "ident":
        return parts[0].lower_value, None
    if (
        len(parts) == 3
        and parts[0].type == "ident"
        and parts[1] == "="
        and parts[2].type in ("ident", "string")
    ):
        return parts[0].lower_value, parts[2].value
    return None


def _key(selector: Selector) -> str:
    if selector.identity:
        return "#" + selector.identity
    if selector.classes:
        return "." + min(selector.classes)
    return selector.name or "*"
