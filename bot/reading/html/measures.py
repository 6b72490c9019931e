"""How much of a page an element holds: words, how many of them are links, and how many read as sentences."""

import re
from dataclasses import dataclass

from bot.reading.html.controls import is_control
from bot.reading.html.tree import BLOCKS, Element
from bot.reading.roles import block_role

_SENTENCE_END = re.compile(r"[.!?…][\"'’”)\]]{0,3}(?=\s|$)")
# Fewer words with a full stop are a label ("No. 4", "Tel. 555").
_FEWEST_WORDS = 4
_MOSTLY = 0.6
_NO_PLACES = ("tel:", "mailto:", "sms:", "javascript:")


@dataclass(slots=True)
class Measure:
    """Counts of words: all, those in links, and those of text that reads as sentences and is no link."""

    words: int = 0
    linked: int = 0
    prose: int = 0

    @property
    def unlinked(self) -> int:
        """The words that are in no link."""
        return self.words - self.linked

    def add(self, other: "Measure") -> None:
        """Counts another's words too."""
        self.words += other.words
        self.linked += other.linked
        self.prose += other.prose


class Measures:
    """The measure of every element of a tree, taken when it is first asked for or has been forgotten."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._of: dict[Element, Measure] = {}
        self._run: list[tuple[str, bool]] = []

    @property
    def whole(self) -> Measure:
        """What the page holds."""
        return self.of(self._root)

    def forget(self) -> None:
        """Has everything measured anew: the tree has changed much."""
        self._of.clear()

    def of(self, element: Element) -> Measure:
        """What an element holds."""
        if not self._of:
            self._measured(self._root, linked=False)
        return self._of.get(element, Measure())

    def share(self, *elements: Element) -> float:
        """The share of the page's sentences that elements hold; of all its words where it has no sentences.

        None of the elements may be in another.
        """
        held = Measure()
        for element in elements:
            held.add(self.of(element))
        if self.whole.prose:
            return held.prose / self.whole.prose
        return held.unlinked / self.whole.unlinked if self.whole.unlinked else 0.0

    def is_links(self, element: Element) -> bool:
        """Whether an element holds hardly anything but links."""
        measure = self.of(element)
        return measure.words > 0 and measure.prose == 0 and measure.linked >= _MOSTLY * measure.words

    def _measured(self, element: Element, *, linked: bool) -> Measure:
        """Counts an element's words. Sentences run through inline elements, and end with a block."""
        block = element.name in BLOCKS or element.name == "br"
        outer = self._run
        if block:
            self._run = []
        measure = Measure()
        linked = linked or _leads_away(element)
        for child in element.children:
            if isinstance(child, str):
                count = len(child.split())
                measure.words += count
                measure.linked += count * linked
                self._run.append((child, linked))
                continue
            if child.name in BLOCKS or child.name == "br":
                measure.prose += self._prose()
            measure.add(self._measured(child, linked=linked))
        if block:
            measure.prose += self._prose()
            self._run = outer
        self._of[element] = measure
        return measure

    def _prose(self) -> int:
        """The words of the run of text that ends here, if it reads as sentences."""
        run, self._run = self._run, []
        text = " ".join("".join(words for words, _ in run).split())
        count = len(text.split())
        links = sum(len(words.split()) for words, linked in run if linked)
        reads = count >= _FEWEST_WORDS and links < _MOSTLY * count and _SENTENCE_END.search(text)
        return count if reads and block_role(text, marked=False) != "leftover" else 0


def _leads_away(element: Element) -> bool:
    """Whether an element is a link to another page or place; a telephone number or a switch is not."""
    address = element.get("href").strip().lower()
    return (
        element.name == "a"
        and bool(address)
        and not address.startswith(_NO_PLACES)
        and not is_control(element)
    )
