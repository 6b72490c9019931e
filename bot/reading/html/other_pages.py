"""Lists of a site's other pages, around the text and within it: they answer nothing by themselves."""

from collections.abc import Iterator

from bot.reading.html.furniture import is_call_out
from bot.reading.html.measures import Measures
from bot.reading.html.tree import BLOCKS, HEADINGS, Element, remove
from bot.reading.roles import lists_links, lists_pages
from bot.reading.structure import leads_in

_MOST_WORDS = 0.5
_FEWEST_LINKS = 2
# The part of the page's sentences that stands with its title, where the rest stands around it.
_CORE = 0.7


def without_other_pages(root: Element, measures: Measures, *, title: str) -> None:
    """Takes the lists of other pages out of a page with this title, and the headings over them."""
    _take_out_headed_lists(root, measures)
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


def _take_out_links(root: Element, measures: Measures) -> None:
    """Takes out lists of links, and the headings that have nothing below them then."""
    found: list[Element] = []
    pending = root.elements[::-1]
    while pending:
        element = pending.pop()
        if _is_list_of_links(element, measures):
            found.append(element)
        else:
            pending += element.elements[::-1]
    above = [element.previous() for element in found]
    remove(found)
    remove(heading for heading in above if heading is not None and _heads_nothing(heading))


def _is_list_of_links(element: Element, measures: Measures) -> bool:
    if element.name not in BLOCKS or element.name in HEADINGS or not measures.is_links(element):
        return False
    if measures.of(element).words > _MOST_WORDS * measures.whole.words or is_call_out(element):
        return False
    links = sum(inner.name == "a" for inner in element.walk())
    return links >= _FEWEST_LINKS and not leads_in(_before(element))


def _before(element: Element) -> str:
    """The text directly before an element."""
    before, _ = element.beside()
    if isinstance(before, str) and before.strip():
        return before.strip()
    above = element.previous()
    return above.text() if above is not None else ""


def _heads_nothing(element: Element) -> bool:
    """Whether an element is a heading with nothing between it and the next."""
    if element.name not in HEADINGS or element.name == "h1" or element.parent is None:
        return False
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
