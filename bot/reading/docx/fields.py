"""Fields: their results are text, their instructions are not, and a table of contents is neither."""

import re

from bot.reading.docx.xml import Element, child, name, number, switch, value

_TYPE = name("w:fldCharType")
_CONTENTS = re.compile(r"\s*(?:TOC|INDEX|TOA|RD)\b", re.IGNORECASE)
# What a field is stands at the start of its instruction.
_ENOUGH = 100
_BOXES = ("☐", "☒")


class _Field:
    """A field that is open: in its code first, then in its result."""

    __slots__ = ("begins", "code", "contents", "instruction")

    def __init__(self, begins: Element, *, code: bool) -> None:
        self.begins = begins
        self.code = code
        self.contents = False
        self.instruction = ""


class Fields:
    """The fields that are open at a place of the text, the innermost last."""

    def __init__(self, root: Element) -> None:
        """Starts before the first field of a tree."""
        self._open: list[_Field] = []
        self._codes = 0
        self._contents = 0
        self._closed = _closed(root)

    @property
    def in_code(self) -> bool:
        """Whether the place is inside an instruction, which readers do not see."""
        return self._codes > 0

    @property
    def in_contents(self) -> bool:
        """Whether the place is inside a table of contents; one without an end would go on for ever."""
        return self._contents > 0

    def instruct(self, words: str) -> None:
        """Takes part of an instruction."""
        if self._open and len(self._open[-1].instruction) < _ENOUGH:
            self._open[-1].instruction += words

    def meet(self, mark: Element) -> str:
        """Goes over a mark (w:fldChar); what the field shows if it has no result of its own."""
        kind = mark.get(_TYPE)
        if kind == "begin":
            closed = mark in self._closed
            self._open.append(_Field(mark, code=closed))
            self._codes += closed
        elif kind == "separate" and self._open:
            self._separate(self._open[-1])
        elif kind == "end" and self._open:
            field = self._open.pop()
            self._codes -= field.code
            self._contents -= field.contents
            return _form_value(field)
        return ""

    def _separate(self, field: _Field) -> None:
        self._codes -= field.code
        field.code = False
        if not field.contents and field.begins in self._closed and is_contents(field.instruction):
            field.contents = True
            self._contents += 1


def _closed(root: Element) -> frozenset[Element]:
    """The marks that begin a field which has an end."""
    begun: list[Element] = []
    closed: set[Element] = set()
    for mark in root.iter(name("w:fldChar")):
        if mark.get(_TYPE) == "begin":
            begun.append(mark)
        elif mark.get(_TYPE) == "end" and begun:
            closed.add(begun.pop())
    return frozenset(closed)


def is_contents(instruction: str | None) -> bool:
    """Whether the instruction of a simple field makes a table of contents or an index."""
    return _CONTENTS.match(instruction or "") is not None


def _form_value(field: _Field) -> str:
    """What a check box or a list in an old form shows."""
    data = child(field.begins, "w:ffData")
    box, choices = child(data, "w:checkBox"), child(data, "w:ddList")
    if box is not None:
        checked = switch(box, "w:checked")
        return _BOXES[bool(switch(box, "w:default") if checked is None else checked)]
    if choices is not None:
        entries = [entry.get(name("w:val")) or "" for entry in choices.iterchildren(name("w:listEntry"))]
        chosen = number(value(choices, "w:result") or value(choices, "w:default"))
        return entries[chosen] if 0 <= chosen < len(entries) else ""
    return ""
