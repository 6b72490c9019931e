"""Equations on one line, so that no fraction or power reads as another number."""

from collections.abc import Callable, Mapping

from bot.reading.docx.xml import Element, child, name

_VALUE = name("m:val")
_SKIPPED = (name("m:oMathParaPr"), name("m:ctrlPr"))


def in_line(equation: Element) -> str:
    """An equation as text: "1/2", "10^9", "(a + b)/c"."""
    return "".join(map(_part, equation))


def _part(element: Element) -> str:
    if element.tag == name("m:t"):
        return element.text or ""
    form = _FORMS.get(element.tag)
    if form is not None:
        return form(element)
    return "" if element.tag in _SKIPPED else in_line(element)


def _inner(element: Element, *path: str) -> str:
    found = child(element, *path)
    return "" if found is None else in_line(found)


def _grouped(element: Element, tag: str) -> str:
    words = _inner(element, tag).strip()
    return words if words.replace(".", "").isalnum() or not words else f"({words})"


def _fraction(element: Element) -> str:
    return f"{_grouped(element, 'm:num')}/{_grouped(element, 'm:den')}"


def _power(element: Element) -> str:
    return f"{_inner(element, 'm:e')}^{_grouped(element, 'm:sup')}"


def _indexed(element: Element) -> str:
    return f"{_inner(element, 'm:e')}_{_grouped(element, 'm:sub')}"


def _root(element: Element) -> str:
    degree = _inner(element, "m:deg").strip()
    return f"{degree}√({_inner(element, 'm:e')})"


def _bracketed(element: Element) -> str:
    properties = child(element, "m:dPr")
    begins, ends = child(properties, "m:begChr"), child(properties, "m:endChr")
    inner = ", ".join(in_line(part) for part in element.iterchildren(name("m:e")))
    return f"{_sign(begins, '(')}{inner}{_sign(ends, ')')}"


def _sum(element: Element) -> str:
    sign = _sign(child(element, "m:naryPr", "m:chr"), "∫")
    return f"{sign}_{_grouped(element, 'm:sub')}^{_grouped(element, 'm:sup')} {_inner(element, 'm:e')}"


def _sign(element: Element | None, default: str) -> str:
    stated = None if element is None else element.get(_VALUE)
    return default if stated is None else stated


_FORMS: Mapping[str, Callable[[Element], str]] = {
    name("m:f"): _fraction,
    name("m:sSup"): _power,
    name("m:sSub"): _indexed,
    name("m:rad"): _root,
    name("m:d"): _bracketed,
    name("m:nary"): _sum,
}
