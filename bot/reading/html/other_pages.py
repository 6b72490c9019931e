"""Lists of a site's other pages, around the text and within it: they answer nothing by themselves."""

from collections.abc import Iterator, Sequence

from bot.reading.html.furniture import is_call_out
from bot.reading.html.measures import Measures
from bot.reading.html.tree import BLOCKS, HEADINGS, Element, remove
from bot.reading.roles import lists_links, lists_pages
from bot.reading.structure import leads_in

_MOST_WORDS = 0.5
_FEWEST_LINKS = 2
_MOST_TEASER_WORDS = 45
# The part of the page's sentences that stands with its title, where the rest stands around it.
_CORE = 0.7


def without_other_pages(root: Element, measures: Measures, *, title: str) -> None:
    """Takes the lists of other pages out of a page with this title, and the headings over them."""
    _take_out_headed_lists(root, measures)
    _take_out_teasers(root, measures)
    _take_out_links(root, measures)
    _take_out_edges(root, measures, title)


def _take_out_headed_lists(root: Element, measures: Measures) -> None:
    found: list[Element] = []
    for heading in root.walk():
        if heading.name not in HEADINGS:
            continue
        name = heading.text()
        strictly = lists_pages(name)
        if not strictly and not lists_links(name):
            continue
        start = _whole(heading)
        below = list(_below(start, measures))
        links = all(measures.is_links(element) for element in below)
        if below and (strictly or links) and measures.share(*below) < _MOST_WORDS:
            found += (start, *below)
    remove(found)


def _whole(heading: Element) -> Element:
    """A heading with the boxes around it that hold nothing else."""
    while heading.parent is not None and heading.parent.name in ("div", "header", "span", "a"):
        if len(heading.parent.text()) > len(heading.text()):
            break
        heading = heading.parent
    return heading


def _below(heading: Element, measures: Measures) -> Iterator[Element]:
    """What belongs to the heading of a list of pages: up to the next heading, or to the next text."""
    element = heading.next()
    while element is not None and element.name not in HEADINGS and not _is_text(element, measures):
        yield element
        element = element.next()


def _is_text(element: Element, measures: Measures) -> bool:
    """Whether an element says something itself; a box with a link says what another page is about."""
    measure = measures.of(element)
    return measure.prose > 0 and (
        measure.linked == 0 or (element.name == "p" and measure.linked < measure.prose / 2)
    )


def _take_out_teasers(root: Element, measures: Measures) -> None:
    """Takes out rows of boxes with a link and a line on where it leads."""
    found: list[Element] = []
    for parent in root.walk():
        teasers = [child for child in parent.elements if _is_teaser(child, measures)]
        links = sum(measures.is_links(child) for child in parent.elements) if teasers else 0
        if len(teasers) + links >= _FEWEST_LINKS and measures.share(*teasers) < _MOST_WORDS:
            found += teasers
    _remove_with_headings(found)


def _is_teaser(element: Element, measures: Measures) -> bool:
    measure = measures.of(element)
    if element.name not in ("li", "div", "section", "article") or not measure.linked:
        return False
    headings = sum(inner.name in HEADINGS for inner in element.walk())
    if not 0 < measure.prose <= measure.words <= _MOST_TEASER_WORDS or headings > 1:
        return False
    lines = (inner for inner in (element, *element.walk()) if inner.name in BLOCKS)
    return any(_is_line_of_link(line, measures) for line in lines)


def _is_line_of_link(block: Element, measures: Measures) -> bool:
    """Whether a block is a link, or has one on a line of its own."""
    measure = measures.of(block)
    if measure.words and measure.linked == measure.words:
        return True
    links = (child for child in block.elements if child.name == "a" and measures.of(child).linked)
    return any(not link.runs_on() for link in links)


def _remove_with_headings(elements: Sequence[Element]) -> None:
    """Takes out elements, and the headings that were there for them."""
    above = [element.previous() for element in elements]
    remove(elements)
    remove(heading for heading in above if heading is not None and _headed_only_them(heading))


def _take_out_links(root: Element, measures: Measures) -> None:
    """Takes out lists of links."""
    found: list[Element] = []
    pending = root.elements[::-1]
    while pending:
        element = pending.pop()
        if _is_list_of_links(element, measures):
            found.append(element)
        else:
            pending += element.elements[::-1]
    _remove_with_headings(found)


def _is_list_of_links(element: Element, measures: Measures) -> bool:
    if element.name not in BLOCKS or element.name in HEADINGS or not measures.is_links(element):
        return False
    if measures.of(element).words > _MOST_WORDS * measures.whole.words or is_call_out(element):
        return False
    links = sum(inner.name == "a" for inner in element.walk())
    return (links >= _FEWEST_LINKS or _is_in_row(element, measures)) and not leads_in(_before(element))


def _is_in_row(element: Element, measures: Measures) -> bool:
    """Whether a box with a link stands beside another."""
    if element.name not in ("div", "p", "section", "article"):
        return False
    return any(
        other is not None and measures.is_links(other) for other in (element.previous(), element.next())
    )


def _before(element: Element) -> str:
    """The text directly before an element."""
    before, _ = element.beside()
    if isinstance(before, str) and before.strip():
        return before.strip()
    above = element.previous()
    if above is None or (above.name in HEADINGS and not above.text().endswith(":")):
        return ""
    return above.text()


def _headed_only_them(element: Element) -> bool:
    """Whether an element is a heading of other pages, or one with nothing left between it and the next."""
    if element.name not in HEADINGS or element.name == "h1" or element.parent is None:
        return False
    if lists_links(element.text()):
        return True
    after = element.parent.children[element.parent.place_of(element) + 1 :]
    first = next((other for other in after if isinstance(other, Element) or other.strip()), None)
    return first is None or (isinstance(first, Element) and first.name in HEADINGS)


def _take_out_edges(root: Element, measures: Measures, title: str) -> None:
    """Takes out the menus above the title, and below the text where there were some above."""
    heading = _heading_of(root, title)
    if heading is None:
        return
    core = heading
    while core.parent is not None and measures.share(core) < _CORE:
        core = core.parent
    above = list(_menus(heading, measures, step=-1))
    below = list(_menus(core, measures, step=1)) if above else []
    remove((*above, *below))


def _heading_of(root: Element, title: str) -> Element | None:
    headings = [element for element in root.walk() if element.name in HEADINGS]
    return next((heading for heading in headings if heading.text().casefold() == title.casefold()), None)


def _menus(inner: Element, measures: Measures, *, step: int) -> Iterator[Element]:
    """The elements on one side of an element, and of those around it, that hold no sentence."""
    for element in (inner, *inner.ancestors()):
        if element.parent is None:
            continue
        siblings = element.parent.elements
        place = siblings.index(element)
        for other in siblings[:place] if step < 0 else siblings[place + 1 :]:
            if measures.of(other).prose == 0 and not is_call_out(other) and other.name != "head":
                yield other
