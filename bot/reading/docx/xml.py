"""The XML inside a Word file as trees: free of traps, and Strict Open XML under the usual names."""

from collections.abc import Iterator
from functools import cache
from typing import Protocol

from lxml import etree

_OPEN_XML = "http://schemas.openxmlformats.org"
_SPACES = {
    "w": f"{_OPEN_XML}/wordprocessingml/2006/main",
    "r": f"{_OPEN_XML}/officeDocument/2006/relationships",
    "m": f"{_OPEN_XML}/officeDocument/2006/math",
    "a": f"{_OPEN_XML}/drawingml/2006/main",
    "wp": f"{_OPEN_XML}/drawingml/2006/wordprocessingDrawing",
    "c": f"{_OPEN_XML}/drawingml/2006/chart",
    "dgm": f"{_OPEN_XML}/drawingml/2006/diagram",
    "mc": f"{_OPEN_XML}/markup-compatibility/2006",
    "pr": f"{_OPEN_XML}/package/2006/relationships",
    "cp": f"{_OPEN_XML}/package/2006/metadata/core-properties",
    "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
}
_STRICT = "http://purl.oclc.org/ooxml/"
_OFF = ("0", "false", "off", "none")


class Element(Protocol):
    """An element of a tree, as far as readers need it; comments and instructions are not in it."""

    @property
    def tag(self) -> str:
        """Its full name."""

    @property
    def text(self) -> str | None:
        """The text before its first child."""

    def get(self, key: str, /) -> str | None:
        """The attribute with a full name."""

    def iter(self, *tags: str) -> Iterator["Element"]:
        """Itself and all inside it that have one of the names."""

    def iterchildren(self, *tags: str) -> Iterator["Element"]:
        """Its children that have one of the names."""

    def __iter__(self) -> Iterator["Element"]: ...


class MalformedError(Exception):
    """A part of a Word file is no XML, or XML of a kind that Word never writes."""


@cache
def name(prefixed: str) -> str:
    """The full name of an element or attribute: "w:p" is short for {namespace}p."""
    prefix, local = prefixed.split(":")
    return f"{{{_SPACES[prefix]}}}{local}"


_VALUE = name("w:val")


def parsed(data: bytes) -> Element:
    """The root of a part's tree. Raises MalformedError; nothing outside the data is ever looked up."""
    # The parser's own limits hold: no tree is deeper than 256, so that walking it needs little stack.
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise MalformedError from error
    if root.getroottree().docinfo.internalDTD is not None:
        # Open XML has no document type declarations; whoever adds one means to expand entities.
        raise MalformedError
    if any(space.startswith(_STRICT) for space in root.nsmap.values()):
        _rename(root)
    tree: Element = root
    return tree


def child(element: Element | None, *path: str) -> Element | None:
    """The first element down a path of children's names; None where there is none."""
    for tag in path:
        if element is None:
            return None
        element = next(element.iterchildren(name(tag)), None)
    return element


def value(element: Element | None, *path: str) -> str | None:
    """The w:val of the element at the end of a path."""
    found = child(element, *path)
    return None if found is None else found.get(_VALUE)


def switch(element: Element | None, *path: str) -> bool | None:
    """Whether a property is switched on or off; None where nothing is said."""
    found = child(element, *path)
    return None if found is None else found.get(_VALUE) not in _OFF


def number(stated: str | None, default: int = 0) -> int:
    """A whole number as Word writes it; anything else counts as the default."""
    digits = (stated or "").strip()
    plain = digits.removeprefix("-")
    return int(digits) if plain.isascii() and plain.isdigit() and len(plain) < 10 else default


def _rename(root: "etree._Element") -> None:
    for element in root.iter():
        element.tag = _usual(element.tag)
        for key in element.attrib:
            if _STRICT in key:
                element.set(_usual(key), element.attrib.pop(key))


@cache
def _usual(full: str) -> str:
    """The name that ISO's Strict Open XML calls {http://purl.oclc.org/ooxml/FAMILY/KIND}..."""
    if not full.startswith("{" + _STRICT):
        return full
    space, local = full[len(_STRICT) + 1 :].split("}")
    family, _, kind = space.partition("/")
    return f"{{{_OPEN_XML}/{family}/2006/{kind}}}{local}"
