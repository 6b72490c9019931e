"""Drawings: text boxes and diagrams are read, pictures and charts are counted."""

from collections import Counter
from collections.abc import Iterator

from bot.reading.docx.package import Package
from bot.reading.docx.xml import Element, name
from bot.reading.layout import clean

_BOX = name("w:txbxContent")
_WORDS = (name("w:t"), name("w:sym"))
_DIAGRAM, _WORD_ART, _ALTERNATES = name("dgm:relIds"), name("v:textpath"), name("mc:AlternateContent")
_COUNTED = {
    name("a:blip"): "picture",
    name("v:imagedata"): "picture",
    name("c:chart"): "chart",
    name("cx:chart"): "chart",
    name("o:OLEObject"): "embedded object",
}
_CONTENT = (*_WORDS, *_COUNTED, _DIAGRAM, _WORD_ART)


def chosen(alternates: Element) -> Element:
    """The one of several ways to say the same that is read: the newest that has words, or anything at all."""
    branches = [*alternates.iterchildren(name("mc:Choice"), name("mc:Fallback"))]
    for wanted in (_WORDS, _CONTENT):
        for branch in branches:
            if next(branch.iter(*wanted), None) is not None:
                return branch
    return branches[-1] if branches else alternates


class Figures:
    """Goes through the drawings of a part and counts what is not read."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._part = part
        self.counts: Counter[str] = Counter()

    def boxes(self, figure: Element) -> Iterator[Element | str]:
        """The contents of a drawing's text boxes, and the words of its diagrams and word art."""
        if figure.tag == name("w:object"):
            self.counts["embedded object"] += 1
            return
        hidden = (mark.get("hidden") in ("1", "true") for mark in figure.iter(name("wp:docPr")))
        if not next(hidden, False):
            yield from self._inside(figure)

    def _inside(self, element: Element) -> Iterator[Element | str]:
        for part in element:
            if part.tag == _BOX:
                yield part
            elif part.tag == _ALTERNATES:
                yield from self._inside(chosen(part))
            elif part.tag == _WORD_ART:
                yield clean(part.get("string") or "")
            elif part.tag == _DIAGRAM:
                yield self._diagram(part)
            else:
                if part.tag in _COUNTED:
                    self.counts[_COUNTED[part.tag]] += 1
                yield from self._inside(part)

    def _diagram(self, reference: Element) -> str:
        """The words of a diagram (SmartArt), a line for each of its shapes."""
        relation = self._package.relations(self._part).get(reference.get(name("r:dm")) or "")
        root = None if relation is None or relation.external else self._package.tree(relation.target)
        self.counts["diagram"] += 1
        shapes = () if root is None else root.iter(name("dgm:pt"))
        lines = (clean("".join(words.text or "" for words in shape.iter(name("a:t")))) for shape in shapes)
        return "\n".join(filter(None, lines))
