"""The numbers of ordered lists, as browsers show them: other text may speak of "step 4"."""

from bot.reading.html.tree import Element

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Where letters and Roman numerals end here, browsers have numbers too.
_MOST_ROMAN = 39
_STYLES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
    "decimal": "1",
}


class Numbering:
    """Numbers the items of one list, from the top."""

    def __init__(self, listing: Element) -> None:
        self._numbered = listing.name == "ol"
        self._kind = listing.get("type").strip() or "1"
        style = listing.get("style").lower()
        if "list-style" in style:
            declared = style.split("list-style", 1)[1].split(";", 1)[0]
            self._numbered = self._numbered and "none" not in declared
            self._kind = next((kind for name, kind in _STYLES.items() if name in declared), self._kind)
        items = sum(child.name == "li" for child in listing.elements)
        self._step = -1 if "reversed" in listing.attributes else 1
        self._next = _number(listing.get("start"), items if self._step < 0 else 1)

    def number(self, item: Element) -> str:
        """An item's number with its full stop; empty in a list with bullets."""
        if not self._numbered or item.name != "li":
            return ""
        number = _number(item.get("value"), self._next)
        self._next = number + self._step
        return f"{self._shown(number)}."

    def _shown(self, number: int) -> str:
        if self._kind in ("a", "A") and 0 < number <= len(_LETTERS):
            letter = _LETTERS[number - 1]
            return letter if self._kind == "a" else letter.upper()
        if self._kind in ("i", "I") and 0 < number <= _MOST_ROMAN:
            roman = _roman(number)
            return roman if self._kind == "i" else roman.upper()
        return str(number)


def _roman(number: int) -> str:
    shown = ""
    for value, letters in _ROMAN:
        while number >= value:
            shown += letters
            number -= value
    return shown


def _number(stated: str, otherwise: int) -> int:
    stated = stated.strip()
    digits = stated.removeprefix("-")
    return int(stated) if digits.isdecimal() and digits.isascii() and len(digits) < 7 else otherwise
