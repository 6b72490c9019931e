"""Buttons, tabs and the like, and the panels that they open."""

import re
from collections.abc import Iterator

from bot.reading.html.tree import Element, names

_TARGETS = ("aria-controls", "data-target", "data-bs-target", "data-toggle-target", "data-accordion-target")
_SWITCHES = ("aria-expanded", "data-toggle", "data-bs-toggle", *_TARGETS)
_TABS = re.compile(
    r"(?:\S+[-_])?(?:tabs?|pills|tablist)(?:[-_](?:list|links|nav|menu|bar|wrapper|container))?"
)
# Scripts that show something, and the names that they are given: "toggle('more')".
_SHOWS = re.compile(
    r"(?:toggle|show|open|expand|reveal|display|slide|fadein|collapse|hide)\w*\s*[(=]", re.IGNORECASE
)
_NAMED_IN_SCRIPT = re.compile(r"[\"'][#.]?([\w-]{1,80})[\"']")
_NOWHERE = names("# #! #0 #/")


class Controls:
    """Which element opens which panel, told by the panel's id."""

    def __init__(self, root: Element) -> None:
        self._opens: dict[str, Element] = {}
        self._by_id: dict[str, Element] = {}
        for element in root.walk():
            if not element.attributes:
                continue
            if element.get("id"):
                self._by_id.setdefault(element.get("id"), element)
            for target in _targets(element):
                self._opens.setdefault(target, element)

    def opener(self, panel: Element) -> Element | None:
        """What opens a panel, where the page says it."""
        opener = self._opens.get(panel.get("id")) if panel.get("id") else None
        if opener is None and panel.get("role") in ("tabpanel", "region"):
            opener = self._by_id.get(panel.get("aria-labelledby"))
        return opener

    def panel(self, control: Element) -> Element | None:
        """The panel that something opens, where the page says it and has it."""
        return next((self._by_id[target] for target in _targets(control) if target in self._by_id), None)

    def ticked(self, label: Element) -> bool:
        """Whether a label is for a box to tick, which opens panels on pages without scripts."""
        return label.name == "label" and bool(label.get("for"))


def is_control(element: Element) -> bool:
    """Whether an element is there to be pressed."""
    return (
        element.name in ("button", "summary")
        or element.get("role") in ("button", "tab")
        or _SHOWS.search(_script(element)) is not None
        or any(switch in element.attributes for switch in _SWITCHES)
    )


def leads_nowhere(element: Element) -> bool:
    """Whether an element is a link that only a script makes do something."""
    address = element.get("href").strip().lower()
    return element.name == "a" and (address in _NOWHERE or address.startswith("javascript:"))


def is_tab(element: Element) -> bool:
    """Whether an element names one of several panels in a row of tabs."""
    if element.get("role") == "tab" or element.get("data-toggle") in ("tab", "pill"):
        return True
    if element.get("data-bs-toggle") in ("tab", "pill"):
        return True
    inside = element.name == "a" and element.get("href").startswith("#")
    return inside and any(map(_names_tabs, element.ancestors()))


def _names_tabs(element: Element) -> bool:
    return any(map(_TABS.fullmatch, element.names))


def _script(element: Element) -> str:
    """What a click on an element runs, if that is said in the element."""
    address = element.get("href")
    return f"{element.get('onclick')} {address if address.lower().startswith('javascript:') else ''}"


def _targets(element: Element) -> Iterator[str]:
    for attribute in _TARGETS:
        yield from (target.lstrip("#") for target in element.get(attribute).split())
    script = _script(element)
    if _SHOWS.search(script):
        yield from _NAMED_IN_SCRIPT.findall(script)
    address = element.get("href")
    if address.startswith("#") and len(address) > 1 and (is_control(element) or is_tab(element)):
        yield address[1:]
