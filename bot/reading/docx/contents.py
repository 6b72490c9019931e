"""Tables of contents that were typed, and the names of those that Word made: signposts are no answers."""

import re
from collections.abc import Iterator, Sequence

from bot.reading.docx.blocks import Row, Text, in_words
from bot.reading.structure import heading_name

_NAME = re.compile(
    r"(?:table of )?contents?(?: page)?|(?:table|list) of (?:figures|tables|illustrations)"
    r"|(?:what is )?in this (?:leaflet|booklet|guide|document)"
    r"|inhalt(?:sverzeichnis|sübersicht)?|gliederung|sommaire|table des matières"
    r"|[íi]ndice(?: de contenidos?)?|(?:tabla de )?contenidos?|sommario|inhoud(?:sopgave)?|sum[áa]rio",
    re.IGNORECASE,
)
# "At night ........ 4": the dots are often lost with the tab that they fill.
_ENTRY = re.compile(r"(?P<name>.*?\w.*?)(?:[\s.…_|]+(?P<page>\d{1,3}))?[\s.…|]*")
_NUMBER = re.compile(r"(?:[•–-]|\d+(?:\.\d+)*[.)]?|[A-Z][.)])\s+")
_LONGEST_ENTRY = 120
_FEWEST_ENTRIES = 2


def without_contents(blocks: Sequence[Text | Row]) -> list[Text | Row]:
    """The blocks without lines that only say which headings come on which page."""
    headings = {
        heading_name(block.words).casefold()
        for block in blocks
        if isinstance(block, Text) and block.kind == "heading"
    }
    found: list[Text | Row] = []
    for run in _runs(blocks, headings):
        named = bool(found) and _names_contents(found[-1])
        if not _is_contents(run, headings, named=named):
            found += run
    return _without_bare_names(found)


def _is_contents(run: Sequence[Text | Row], headings: set[str], *, named: bool) -> bool:
    """Whether lines are a table of contents: they name headings, and tell pages or are said to be one."""
    if not _is_entry(run[0], headings) or len(run) < _FEWEST_ENTRIES:
        return False
    telling = sum(_name(block) in headings for block in run)
    paged = sum(_page(block) is not None for block in run)
    return 2 * telling >= len(run) and (named or 2 * paged >= len(run))


def _runs(blocks: Sequence[Text | Row], headings: set[str]) -> Iterator[list[Text | Row]]:
    """Neighbours that could be entries together, all else one by one."""
    run: list[Text | Row] = []
    for block in blocks:
        if run and not (_is_entry(block, headings) and _is_entry(run[-1], headings)):
            yield run
            run = []
        run.append(block)
    if run:
        yield run


def _is_entry(block: Text | Row, headings: set[str]) -> bool:
    """Whether a line could be of a table of contents: it ends with a page's number or is a heading's name."""
    if isinstance(block, Text) and block.kind in ("title", "heading", "note"):
        return False
    return len(in_words(block)) <= _LONGEST_ENTRY and (_page(block) is not None or _name(block) in headings)


def _page(block: Text | Row) -> str | None:
    match = _ENTRY.fullmatch(in_words(block))
    return None if match is None else match["page"]


def _name(block: Text | Row) -> str:
    """What an entry refers to."""
    match = _ENTRY.fullmatch(in_words(block))
    name = match["name"] if match is not None else ""
    return heading_name(_NUMBER.sub("", name, count=1)).casefold()


def _names_contents(block: Text | Row) -> bool:
    return isinstance(block, Text) and _NAME.fullmatch(heading_name(block.words)) is not None


def _without_bare_names(blocks: Sequence[Text | Row]) -> list[Text | Row]:
    """The blocks without names of tables of contents that are not there any more."""
    kept: list[Text | Row] = []
    for block in reversed(blocks):
        bare = not kept or (isinstance(kept[-1], Text) and kept[-1].kind in ("title", "heading"))
        if not (bare and _names_contents(block)):
            kept.append(block)
    return kept[::-1]
