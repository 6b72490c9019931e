"""Which element is the heading of a panel that it opens, and which control says nothing."""

from bot.reading.html.controls import Controls, is_control, is_tab, leads_nowhere
from bot.reading.html.headings import SWITCH, heading_words
from bot.reading.html.tree import BLOCKS, HEADINGS, Element
from bot.reading.html.visibility import folds

_MOST_WORDS = 30


def panel_of(element: Element, controls: Controls) -> Element | None:
    """The panel with text that an element opens and heads."""
    if element.name in HEADINGS:
        control = next((inner for inner in element.walk() if is_control(inner)), None)
        if control is None and not is_control(element) and not folds(element):
            return None
        below = _panel_below(element)
        # Of several paragraphs below a heading none is the panel: the heading is over all of them.
        own = below if below is not None and below.name != "p" else None
        return _stated_panel(control or element, controls) or own
    if element.name == "label":
        return _panel_below(element) if _is_for_box(element) and _could_head(element) else None
    if _is_pressed(element) and not is_tab(element) and _could_head(element):
        stated = _stated_panel(element, controls)
        if stated is not None:
            return stated
        says_so = "aria-expanded" in element.attributes or folds(element) or element.text().endswith("?")
        return _panel_below(element) if says_so else None
    return None


def _is_pressed(element: Element) -> bool:
    """Whether an element is there to be pressed and says what for."""
    return (is_control(element) or leads_nowhere(element)) and not SWITCH.fullmatch(element.text())


def names_panel(element: Element, controls: Controls) -> bool:
    """Whether an element is a tab whose name stands over its panel."""
    return is_tab(element) and controls.panel(element) is not None


def is_idle(element: Element, controls: Controls) -> bool:
    """Whether a control says nothing: a button beside the text, or a tab whose name stands over its panel."""
    if names_panel(element, controls):
        return True
    if is_control(element) and SWITCH.fullmatch(element.text()):
        return True
    if element.name != "button" and element.get("role") != "button":
        return False
    return not _is_in_sentence(element) and len(element.text().split()) <= _MOST_WORDS


def tab_of(element: Element, controls: Controls) -> Element | None:
    """The tab that shows a panel; None for what is no such panel."""
    if not element.get("id") or element.name not in BLOCKS:
        return None
    opener = controls.opener(element)
    return opener if opener is not None and is_tab(opener) and element.text() else None


def repeats(panel: Element, tab: Element) -> bool:
    """Whether a panel begins with the name of its tab."""
    first = panel.find(*HEADINGS)
    return first is not None and heading_words(first).casefold() == heading_words(tab).casefold()


def _stated_panel(control: Element, controls: Controls) -> Element | None:
    panel = controls.panel(control)
    if panel is None or not panel.text() or panel.name in HEADINGS or panel in control.ancestors():
        return None
    return panel


def _panel_below(element: Element) -> Element | None:
    """The block after an element, or after the boxes that hold nothing but it."""
    whole = element
    while whole.parent is not None and whole.next() is None and whole.parent.text() == element.text():
        whole = whole.parent
    below = whole.next()
    if below is not None and _is_box(below):
        below = below.next()
    if below is None or below.name not in BLOCKS or below.name in HEADINGS or not below.text():
        return None
    return None if is_control(below) else below


def _could_head(element: Element) -> bool:
    if element.name in ("summary", "li", "ul", "table", "tr", "td", "main", "article", "body", "form"):
        return False
    return 0 < len(element.text().split()) <= _MOST_WORDS and not _is_in_sentence(element)


def _is_in_sentence(element: Element) -> bool:
    """Whether text runs on beside an element, as beside a word that a click explains."""
    return any(isinstance(other, str) and other.strip() for other in element.beside())


def _is_for_box(label: Element) -> bool:
    return bool(label.get("for")) and any(map(_is_box, (label.previous(), label.next())))


def _is_box(element: Element | None) -> bool:
    return element is not None and element.name == "input" and element.get("type") in ("checkbox", "radio")
