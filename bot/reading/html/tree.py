"""A page as a tree of elements, built as browsers build it where that tells which text is whose."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree


def names(words: str) -> frozenset[str]:
    """The names of elements or attributes in a line of words."""
    return frozenset(words.split())


# Deeper elements are put beside their parents, as browsers do from a depth of 512: no text is lost.
_DEEPEST = 120
# These never hold anything; the parser knows only the older ones.
_VOID = names("area base br col embed hr img input link meta source track wbr")
# A paragraph ends where one of these opens, whether or not the page says so.
_ENDS_PARAGRAPH = names(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section table ul"
)
BLOCKS = _ENDS_PARAGRAPH | names(
    "body caption dd dt frameset html legend li optgroup option summary tbody td tfoot th thead tr"
)
HEADINGS = names("h1 h2 h3 h4 h5 h6")
# Shown as text of their own kind or not at all; what they hold in the markup is no text of the page.
_UNREAD = names("script iframe object embed svg math canvas audio video datalist img map progress meter rp")
# What is typed or chosen here is the visitor's; that there is such a field tells what a form is for.
_FIELDS = names("input select textarea")
# XHTML may close these at once, where the rules of HTML would take the rest of the page for their content.
_CLOSED_AT_ONCE = re.compile(r"<(script|style|title|textarea|iframe)\b([^<>]*)/>", re.IGNORECASE)


# Where a picture, or an empty element that draws one, tells what it shows.
_TOLD_IN = ("alt", "aria-label", "title")
_MOST_WORDS_OF_PICTURE = 4


@dataclass(eq=False, slots=True)
class Element:
    """An element with its attributes, names in lower case, and what it holds: elements and text."""

    name: str
    attributes: Mapping[str, str]
    parent: "Element | None" = None
    children: "list[Element | str]" = field(default_factory=list)
    # Where each element stands among the children; forgotten when one is removed.
    _places: "dict[Element, int]" = field(default_factory=dict)

    def get(self, attribute: str) -> str:
        """An attribute's value, empty where it is missing."""
        return self.attributes.get(attribute, "")

    @property
    def names(self) -> tuple[str, ...]:
        """The words of its class and its id, in lower case."""
        return tuple(f"{self.get('class')} {self.get('id')}".lower().split())

    @property
    def elements(self) -> "list[Element]":
        """The elements directly in it."""
        return [child for child in self.children if isinstance(child, Element)]

    def walk(self) -> "Iterator[Element]":
        """Every element in it, in the order of the page; an element may be removed when it is reached."""
        pending = self.children[::-1]
        while pending:
            node = pending.pop()
            if isinstance(node, Element):
                yield node
                pending += node.children[::-1]

    def find(self, *names: str) -> "Element | None":
        """The first element in it with one of these names."""
        return next((element for element in self.walk() if element.name in names), None)

    def ancestors(self) -> "Iterator[Element]":
        """What it stands in, from the innermost out."""
        outer = self.parent
        while outer is not None:
            yield outer
            outer = outer.parent

    def text(self) -> str:
        """All text in it, with a blank wherever a block or a line ends."""
        parts: list[str] = []
        pending: list[Element | str] = [self]
        while pending:
            node = pending.pop()
            if isinstance(node, str):
                parts.append(node)
            elif node.name == "br":
                parts.append(" ")
            else:
                edge = [" "] if node.name in BLOCKS else []
                pending += [*edge, *node.children[::-1], *edge]
        return " ".join("".join(parts).split())

    def drop(self, elements: "Collection[Element]") -> None:
        """Takes some of its own elements out of the tree."""
        self.children = [child for child in self.children if isinstance(child, str) or child not in elements]
        self._places = {}

    def place_of(self, child: "Element") -> int:
        """Where an element stands among the children of this one."""
        if not self._places:
            self._places = {
                element: place for place, element in enumerate(self.children) if isinstance(element, Element)
            }
        return self._places[child]

    def beside(self) -> "tuple[Element | str | None, Element | str | None]":
        """What stands directly before and after it in its parent, blanks too."""
        if self.parent is None:
            return None, None
        siblings, place = self.parent.children, self.parent.place_of(self)
        return siblings[place - 1] if place else None, siblings[place + 1] if place + 1 < len(
            siblings
        ) else None

    def runs_on(self) -> bool:
        """Whether text or an inline element stands directly beside it."""
        return any(
            other.strip() if isinstance(other, str) else other is not None and other.name not in BLOCKS
            for other in (self.previous(), self.next(), *self.beside())
        )

    def next(self) -> "Element | None":
        """The element after it in its parent, unless text stands between them."""
        return self._beside(1)

    def previous(self) -> "Element | None":
        """The element before it in its parent, unless text stands between them."""
        return self._beside(-1)

    def _beside(self, step: int) -> "Element | None":
        if self.parent is None:
            return None
        siblings = self.parent.children
        place = self.parent.place_of(self) + step
        while 0 <= place < len(siblings):
            sibling = siblings[place]
            if isinstance(sibling, Element):
                return sibling
            if sibling.strip():
                return None
            place += step
        return None


def remove(elements: Iterable[Element]) -> None:
    """Takes elements out of their tree."""
    by_parent: dict[Element, set[Element]] = {}
    for element in elements:
        if element.parent is not None:
            by_parent.setdefault(element.parent, set()).add(element)
    for parent, dropped in by_parent.items():
        parent.drop(dropped)


def parse(markup: str) -> Element:
    """The tree of a page or of a part of one: elements that hold no text to read are left out."""
    if markup.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        markup = _CLOSED_AT_ONCE.sub(r"<\1\2></\1>", markup)
    source = markup.replace("\0", "").encode("utf-8", errors="replace")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = Element("html", {})
    try:
        parsed = etree.fromstring(source, parser) if source.strip() else None
    except etree.LxmlError:
        parsed = None
    if parsed is not None:
        root.attributes = _attributes(parsed)
        _tell_pictures(parsed)
        _Builder(root).build(parsed)
    return root


def _tell_pictures(parsed: etree._Element) -> None:
    """Puts what a tick or a cross means into a cell that holds nothing else."""
    for cell in parsed.iter("td", "th"):
        row = cell.getparent()
        if row is None or not "".join(row.itertext()).strip():
            continue
        if "".join(cell.itertext()).strip() or cell.find(".//a") is not None:
            continue
        told = (inner.get(name) for inner in cell.iterdescendants() for name in _TOLD_IN)
        words = next(filter(None, told), "")
        if 0 < len(words.split()) <= _MOST_WORDS_OF_PICTURE:
            cell.text = words


def _attributes(node: etree._Element) -> Mapping[str, str]:
    return {str(name).lower(): str(value) for name, value in node.attrib.items()}


class _Builder:
    """Copies the parser's tree, putting right where it differs from what browsers show."""

    def __init__(self, root: Element) -> None:
        self._root = root
        # Where text goes that the parser put into an element which had ended by then.
        self._ended: dict[Element, Element] = {}

    def build(self, parsed: etree._Element) -> None:
        """Fills the root. A stack stands for the open elements: pages nest deeper than Python calls."""
        pending = _inside(parsed, self._root, 1)
        while pending:
            node, wanted, depth = pending.pop()
            target = self._open_part(wanted, "" if isinstance(node, str) else str(node.tag).lower())
            if isinstance(node, str):
                target.children.append(node)
                continue
            if node.tail:
                pending.append((node.tail, wanted, depth))
            name = str(node.tag).lower()
            # What the parser put into a void element stands behind it.
            if name in _VOID:
                if name not in _UNREAD:
                    target.children.append(Element(name, _attributes(node), target))
                pending += _inside(node, target, depth)
            elif name in _FIELDS:
                target.children.append(Element(name, _attributes(node), target))
            elif name not in _UNREAD:
                element = Element(name, _attributes(node), target)
                target.children.append(element)
                holder = element if depth < _DEEPEST else target
                pending += _inside(node, holder, depth + 1)

    def _open_part(self, target: Element, name: str) -> Element:
        """The element that something goes into, once those that end where it opens have ended."""
        while target in self._ended:
            target = self._ended[target]
        if target.name == "p" and name in _ENDS_PARAGRAPH and target.parent is not None:
            self._ended[target] = target.parent
            return self._open_part(target.parent, name)
        return target


def _inside(
    node: etree._Element, target: Element, depth: int
) -> "list[tuple[etree._Element | str, Element, int]]":
    """What an element of the parser holds, last first, with where it goes and how deep that is."""
    inner: list[tuple[etree._Element | str, Element, int]] = [
        (child, target, depth) for child in reversed(node) if isinstance(child.tag, str)
    ]
    if node.text:
        inner.append((node.text, target, depth))
    return inner
