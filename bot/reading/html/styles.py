"""What style sheets and `style` attributes hide and set apart, as far as simple selectors say it.

A selector that looks at anything but the element itself (its place, its state, a part of it) hides nothing
here: it is mostly there to show and hide something while the page is used.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, Literal, TypeVar

import tinycss2

from bot.reading.html.tree import Element, names

# "gone" takes no room on the page; "faint" does, as what a script fades in while the page is scrolled.
Hiding = Literal["gone", "faint"]
Said = TypeVar("Said")
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
_LOOKS = frozenset(("font-size", "font-weight"))
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


class _Rules(Generic[Said]):
    """Rules with what each says, found by what the element is."""

    def __init__(self, rules: Mapping[Selector, Said]) -> None:
        self._by_key: dict[str, list[tuple[Selector, Said]]] = {}
        for selector, said in rules.items():
            self._by_key.setdefault(_key(selector), []).append((selector, said))

    def fitting(self, element: Element) -> Iterator[tuple[Selector, Said]]:
        """The rules that mean an element."""
        if not self._by_key:
            return
        keys = ("#" + element.get("id"), *map(".".__add__, element.get("class").split()), element.name, "*")
        rules = (rule for key in keys for rule in self._by_key.get(key, ()))
        yield from (rule for rule in rules if rule[0].fits(element))


class HidingRules:
    """The rules of a page's sheets that hide something."""

    def __init__(self, sheets: Iterable[str]) -> None:
        found = {selector: _hiding(declared) for selector, declared in _rules(sheets, _HIDES.keys())}
        self._rules = _Rules({selector: hiding for selector, hiding in found.items() if hiding is not None})

    def hiding(self, element: Element) -> tuple[Selector, Hiding] | None:
        """The rule that hides an element, if one does."""
        return None if element.name in _NEVER_HIDDEN else next(self._rules.fitting(element), None)


class LookRules:
    """The rules of a page's sheets that say how large and how bold something is."""

    def __init__(self, sheets: Iterable[str]) -> None:
        found: dict[Selector, Mapping[str, str]] = {}
        for selector, declared in _rules(sheets, _LOOKS):
            found[selector] = {**found.get(selector, {}), **declared}
        self._rules = _Rules(found)

    def looks(self, element: Element) -> Mapping[str, str]:
        """What is declared of an element: what names its class counts more than what names its kind."""
        looks: dict[str, str] = {}
        for _, declared in reversed(list(self._rules.fitting(element))):
            looks.update((name, declared[name]) for name in _LOOKS if name in declared)
        return looks


@lru_cache(maxsize=2048)
def looks_of(style: str) -> Mapping[str, str]:
    """What a `style` attribute declares of size and weight."""
    if "font" not in style.lower():
        return {}
    declared = _declared(tinycss2.parse_blocks_contents(style))
    return {name: declared[name] for name in _LOOKS if name in declared}


@lru_cache(maxsize=2048)
def hidden_by(style: str) -> Hiding | None:
    """How the declarations of a `style` attribute hide their element."""
    if not any(word in style.lower() for word in _TELLING):
        return None
    return _hiding(_declared(tinycss2.parse_blocks_contents(style)))


def _rules(sheets: Iterable[str], telling: Collection[str]) -> Iterator[tuple[Selector, Mapping[str, str]]]:
    """What simple selectors declare, as far as it is telling: what stands later in the sheets counts."""
    left, rules = _MOST_SHEET, 0
    for sheet in sheets:
        # What one sheet leaves open ends with it.
        parsed = tinycss2.parse_stylesheet(sheet[:left], skip_comments=True, skip_whitespace=True)
        left = max(left - len(sheet), 0)
        for rule in parsed:
            # What is so only on paper or on small screens (an @-rule) is otherwise for others.
            if rule.type != "qualified-rule" or rules >= _MOST_RULES:
                continue
            declared = _declared(tinycss2.parse_blocks_contents(rule.content))
            if declared.keys() & telling:
                rules += 1
                yield from ((selector, declared) for selector in _selectors(rule.prelude))


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
