"""Goes through the elements of a page in their order and lays out what stands between the edges of blocks."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bot.reading.html.blocks import Blocks
from bot.reading.html.controls import Controls, is_control, leads_nowhere
from bot.reading.html.furniture import is_call_out
from bot.reading.html.headings import SWITCH, heading_level, heading_words, looks_like_heading, makes_bold
from bot.reading.html.numbering import Numbering
from bot.reading.html.panels import is_idle, names_panel, panel_of, repeats, tab_of
from bot.reading.html.tables import is_layout, rows_of
from bot.reading.html.tree import BLOCKS, Element, names
from bot.reading.layout import Layout

_STRUCK = names("del s strike")
_SKIPPED = names("head title meta link input select textarea script style noscript template frameset col")
# A box with more words is a part of the page with paragraphs and headings of its own.
_MOST_NOTE_WORDS = 80
# More words than this, or several paragraphs, stand under a term rather than beside it.
_MOST_BESIDE_TERM = 40
_MOST_WORDS_OF_HEADING = 30


def laid_out_tree(root: Element, controls: Controls | None = None) -> Layout:
    """What the elements of a tree hold, laid out."""
    return _Walk(controls or Controls(root)).over_all(root)


def _cell_words(cell: Element, controls: Controls) -> str:
    """The text of a table's cell on one line."""
    layout = _Walk(controls, in_cell=True).over_all(cell)
    pieces = [piece for piece in layout.pieces if piece.kind != "break"]
    return _put_together([(piece.kind, layout.text[piece.start : piece.end]) for piece in pieces])


def _put_together(parts: Sequence[tuple[str, str]]) -> str:
    """The lines of a cell in one: those that each say something of their own are parted by semicolons."""
    words = ""
    for kind, text in parts:
        apart = kind == "item" or text[0].isupper() or text[0].isdigit()
        glue = "; " if apart and words and words[-1] not in ".!?:;,(–-" else " "
        words += (glue if words else "") + text
    return words


class _Walk:
    """Goes through elements, knowing the lists, the box and the heading that it is in."""

    def __init__(self, controls: Controls, *, in_cell: bool = False) -> None:
        self._blocks = Blocks(in_cell=in_cell)
        self._lines = self._blocks.lines
        self._controls = controls
        self._in_cell = in_cell
        self._bold = 0
        self._preformatted = 0
        self._lists: list[Numbering] = []
        # The level of the last heading, and that of the panel or box around, which headings in it stay below.
        self._level = 1
        self._floor = 0
        # Terms that are headings, and the panels that are under a heading of a level.
        self._headed: set[Element] = set()
        self._panels: dict[Element, int] = {}

    def over_all(self, root: Element) -> Layout:
        """Lays out a whole tree."""
        self._over(root)
        self._blocks.flush()
        return self._blocks.layout

    def _over(self, node: Element) -> None:
        for child in node.children:
            if isinstance(child, Element):
                self._element(child)
            else:
                self._text(child)

    def _text(self, text: str) -> None:
        first, *others = text.split("\n") if self._preformatted else [text]
        self._lines.add(first, bold=self._bold > 0)
        for line in others:
            self._lines.end_line()
            self._lines.add(line, bold=self._bold > 0)

    def _element(self, element: Element) -> None:
        if element.name in _SKIPPED or element.name in _STRUCK:
            self._lines.edge()
        elif self._is_heading(element):
            self._heading(element)
        elif element.name == "br":
            self._lines.end_line()
        elif element.name == "sup":
            self._lines.raise_up(element.text(), bold=self._bold > 0)
        elif is_idle(element, self._controls):
            self._lines.edge()
        elif element.name in BLOCKS or _is_block(element):
            self._panel_or_block(element)
        else:
            self._inline(element)

    def _inline(self, element: Element) -> None:
        quoted = element.name == "q"
        self._bold += makes_bold(element)
        if element.name != "wbr":
            self._lines.edge()
        self._lines.add("“" * quoted, bold=self._bold > 0)
        self._over(element)
        self._lines.add("”" * quoted, bold=self._bold > 0)
        if element.name != "wbr":
            self._lines.edge()
        self._bold -= makes_bold(element)

    def _panel_or_block(self, element: Element) -> None:
        level = self._panels.pop(element, None)
        tab = tab_of(element, self._controls) if level is None else None
        if tab is not None:
            self._blocks.flush()
            level = self._pseudo_level()
            if not repeats(element, tab):
                self._blocks.heading(heading_words(tab), level=level)
        if level is None:
            self._block(element)
            return
        with self._below(level):
            self._level = level
            self._block(element)

    def _block(self, element: Element) -> None:
        """Lays out a block: its text lies between the blocks in it."""
        if not _goes_on_from_term(element):
            self._blocks.flush()
        self._bold += makes_bold(element)
        if self._begins_box(element):
            self._call_out(element)
        elif element.name == "table" and not is_layout(element):
            self._table(element)
        elif element.name in ("ul", "ol", "menu", "dir"):
            self._list(element)
        elif element.name == "li":
            self._list_item(element)
        elif element.name == "dl":
            self._terms(element)
        elif element.name == "details":
            self._details(element)
        elif element.name == "dt":
            self._lines.add(f"{element.text().rstrip(':')}: ", bold=False)
        else:
            self._preformatted += element.name == "pre"
            self._over(element)
            self._preformatted -= element.name == "pre"
        if element.name != "dt":
            self._blocks.flush()
        self._bold -= makes_bold(element)

    def _list(self, listing: Element) -> None:
        outer = self._blocks.lists
        self._lists.append(Numbering(listing))
        self._blocks.lists += 1
        self._over(listing)
        self._blocks.flush()
        self._blocks.lists = outer
        self._lists.pop()

    def _list_item(self, item: Element) -> None:
        self._blocks.item = self._lists[-1].number(item) if self._lists else ""
        self._over(item)
        self._blocks.flush()
        self._blocks.item = None

    def _terms(self, listing: Element) -> None:
        """A list of terms: a term stands before what is said of it, or heads it where that is long."""
        for term in [element for element in listing.walk() if element.name == "dt"]:
            told = term.next()
            while told is not None and told.name == "dt":
                told = told.next()
            if told is not None and told.name == "dd" and _is_headed(term, told):
                self._headed.add(term)
                self._panels[told] = self._pseudo_level()
        self._over(listing)

    def _details(self, element: Element) -> None:
        with self._below(self._pseudo_level()):
            self._over(element)

    def _table(self, table: Element) -> None:
        for caption in (child for child in table.elements if child.name == "caption"):
            self._over(caption)
            self._blocks.flush()
        for row in rows_of(table, lambda cell: _cell_words(cell, self._controls)):
            if self._in_cell:
                self._blocks.layout.add("paragraph", ", ".join(filter(None, row.cells)))
            else:
                self._blocks.layout.add_row(row.cells, header=row.header)

    def _is_heading(self, element: Element) -> bool:
        if self._in_cell or not element.text() or names_panel(element, self._controls):
            return False
        if element.name == "summary":
            return not SWITCH.fullmatch(element.text())
        if element in self._headed or heading_level(element) is not None:
            return True
        if panel_of(element, self._controls) is not None:
            return True
        return not self._blocks.lists and not self._blocks.in_note and looks_like_heading(element)

    def _heading(self, element: Element) -> None:
        self._blocks.flush()
        words, rest = _heading_and_rest(element)
        stated = heading_level(element)
        level = self._pseudo_level() if stated is None else max(stated, self._floor + 1)
        if element.name == "summary":
            level = self._floor
        elif stated is not None:
            self._level = level
            self._blocks.level = self._pseudo_level()
            # A list whose items have headings is the page itself, not a list on it.
            self._blocks.lists = 0
        self._blocks.heading(words, level=level)
        panel = panel_of(element, self._controls)
        if panel is not None:
            self._panels[panel] = level
        for child in rest:
            self._element(child)

    def _pseudo_level(self) -> int:
        """The level of what looks like a heading: below the last real one."""
        return max(self._level, self._floor) + 1

    @contextmanager
    def _below(self, level: int) -> Iterator[None]:
        """What is laid out within is under a heading of a level, which ends with it."""
        outer = self._level, self._floor
        self._floor = level
        self._blocks.level = self._pseudo_level()
        yield
        self._blocks.flush()
        self._level, self._floor = outer
        self._blocks.level = self._pseudo_level()
        self._blocks.layout.add_break(level)

    def _begins_box(self, element: Element) -> bool:
        return (
            is_call_out(element) and not self._blocks.in_note and not self._in_cell and bool(element.text())
        )

    def _call_out(self, element: Element) -> None:
        """A box beside the text: a note, or where it is long a part of the page that ends with it."""
        if len(element.text().split()) > _MOST_NOTE_WORDS or element.find("table", "details") is not None:
            with self._below(self._level + 1):
                self._over(element)
            return
        lists, self._lists = self._lists, []
        self._blocks.in_note = True
        self._over(element)
        self._blocks.end_note()
        self._lists = lists


def _heading_and_rest(element: Element) -> tuple[str, list[Element]]:
    """A heading's words, and what a page that never closed the heading put into it."""
    words = heading_words(element)
    blocks = [inner for inner in element.elements if inner.name in BLOCKS and inner.text()]
    if len(words.split()) <= _MOST_WORDS_OF_HEADING or not blocks:
        return words, []
    first = element.children.index(blocks[0])
    lead = Element(element.name, {}, None, element.children[:first])
    rest = [child for child in element.children[first:] if isinstance(child, Element)]
    return (heading_words(lead), rest) if lead.text() else (heading_words(blocks[0]), rest[1:])


def _goes_on_from_term(element: Element) -> bool:
    """Whether an element begins what is said of a term that stands before it."""
    outer = element.parent
    opens = outer is not None and outer.name == "dd" and next(iter(outer.elements), None) is element
    return element.name == "dd" or (opens and element.name in ("p", "div") and not element.runs_on())


def _is_headed(term: Element, told: Element) -> bool:
    """Whether a term heads what is said of it: it asks, or the answer is long."""
    blocks = sum(inner.name in ("p", "ul", "ol", "table") for inner in told.walk())
    opens = any(is_control(inner) or leads_nowhere(inner) for inner in term.walk())
    long = blocks > 1 or len(told.text().split()) > _MOST_BESIDE_TERM
    return term.text().endswith("?") or opens or long


def _is_block(element: Element) -> bool:
    """Whether an element of a page's own making ("x-card") stands by itself rather than in a line of text."""
    if "-" not in element.name or element.parent is None:
        return False
    if any(inner.name in BLOCKS for inner in element.walk()):
        return True
    in_line = any(isinstance(child, str) and child.strip() for child in element.parent.children)
    return not in_line and (
        element.parent.name in ("div", "section", "main", "article", "body") or "-" in element.parent.name
    )
