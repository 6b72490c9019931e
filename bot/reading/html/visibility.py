"""What a visitor of a page sees of it: all but what is hidden for good.

A panel that a click opens is text of the page, and so is what a script fades in. Where hiding would take
most of the sentences, it is the doing of a script that has not run, and takes nothing.
"""

import re
from collections.abc import Iterator
from itertools import islice

from bot.reading.html.controls import Controls, is_control, leads_nowhere
from bot.reading.html.measures import Measures
from bot.reading.html.styles import Hiding, HidingRules, hidden_by
from bot.reading.html.tree import BLOCKS, HEADINGS, Element, names, remove

# A page hides little for good; what fades in while it is scrolled may be every other section.
_MOST_GONE = 0.5
_MOST_FAINT = 0.2
_FADED_IN = re.compile(
    r"(?:^|[-_])(?:aos|wow|fade\w*|reveal\w*|animat\w*|in-?view|lazy\w*|invisible|on-?scroll|transition\w*|opacity|translate|duration)(?:[-_]|$)"
)
_FOLDS = re.compile(
    r"(?:^|[-_])(?:collaps\w*|accordion\w*|panel\w*|tabs?|tab(?:content|panel|pane)s?|toggle\w*|expand\w*|fold\w*"
    r"|spoiler|answers?|faqs?|reveal\w*|details?|drawer|flip|read-?more|more-?(?:text|content))(?:[-_]|$)"
)
_FOLDING_GROUP = re.compile(
    r"(?:^|[-_])(?:accordions?|collapsibles?|faqs?|toggles?|tabs?|tab-?content)(?:[-_]|$)"
)
_ASKS = re.compile(r"\w.{5,200}\?(?:\s*[+▼▾›»])?", re.DOTALL)
_HEADS = names("h1 h2 h3 h4 h5 h6 dt summary legend")


def without_hidden(root: Element, measures: Measures) -> int:
    """Takes what is hidden for good out of a tree; tells how many folded panels are left in it."""
    _open_templates(root)
    styles = [element for element in root.walk() if element.name == "style"]
    rules = HidingRules(element.text() for element in styles)
    remove(styles)
    measures.forget()
    controls = Controls(root)
    found = list(_hidden(root, rules))
    hidden = [each for each in found if not _is_folded(each[0], controls)]
    groups: dict[tuple[object, Hiding], list[Element]] = {}
    for element, cause, way in hidden:
        groups.setdefault((cause, way), []).append(element)
    for (cause, way), group in groups.items():
        share = measures.share(*group) if measures.whole.prose or isinstance(cause, tuple) else 0
        if share <= (_MOST_FAINT if way == "faint" else _MOST_GONE):
            remove(group)
    if hidden:
        measures.forget()
    return len(found) - len(hidden)


def folds(element: Element) -> bool:
    """Whether its class or id says that an element opens and closes."""
    return any(map(_FOLDS.search, element.names))


def _open_templates(root: Element) -> None:
    """Takes out templates, but for those that a browser shows as part of the element around them."""
    templates = [element for element in root.walk() if element.name == "template"]
    shown = [
        template for template in templates if template.get("shadowrootmode") or template.get("shadowroot")
    ]
    remove(template for template in templates if template not in shown)
    for template in shown:
        template.name = "div"


def _hidden(root: Element, rules: HidingRules) -> Iterator[tuple[Element, object, Hiding]]:
    """The outermost elements that something hides, with what does and how."""
    pending = root.elements[::-1]
    while pending:
        element = pending.pop()
        rule = rules.hiding(element)
        way = rule[1] if rule is not None else _hides_itself(element)
        if way == "faint" and _fades_in(element):
            way = None
        if way is None:
            pending += element.elements[::-1]
        else:
            yield element, rule or way, way


def _fades_in(element: Element) -> bool:
    """Whether what cannot be seen yet is a part of the page that a script brings in as it is scrolled."""
    named = any(map(_FADED_IN.search, (*element.names, *element.attributes)))
    return named or element.find(*HEADINGS) is not None


def _hides_itself(element: Element) -> Hiding | None:
    if element.name in ("html", "body", "main", "article"):
        return None
    if element.attributes.get("hidden", "until-found").lower() != "until-found":
        return "gone"
    if element.get("aria-hidden").lower() == "true":
        return "gone"
    return hidden_by(element.get("style"))


def _is_folded(element: Element, controls: Controls) -> bool:
    """Whether a hidden element is a panel that a click opens: something says so, or a heading has only it."""
    if element.name not in BLOCKS or element.get("role") in ("dialog", "alertdialog"):
        return False
    if element.get("role") == "tabpanel" or folds(element):
        return True
    around = tuple(islice(element.ancestors(), 3))
    if any(each.name == "details" or any(map(_FOLDING_GROUP.search, each.names)) for each in around):
        return True
    if controls.opener(element) is not None:
        return True
    before = element.previous()
    return before is not None and _heads(before)


def _heads(element: Element) -> bool:
    """Whether an element is, or holds nothing but, what a panel stands under: a heading, a question."""
    if element.name in _HEADS or is_control(element) or element.name == "label" or leads_nowhere(element):
        return True
    if element.name in BLOCKS and _ASKS.fullmatch(element.text()):
        return True
    inner = element.elements
    return len(inner) == 1 and element.text() == inner[0].text() and _heads(inner[0])
