"""A saved page in, a document out."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.reading.files import file_bytes
from bot.reading.html.controls import Controls
from bot.reading.html.decoding import decoded
from bot.reading.html.facts import stated_facts
from bot.reading.html.furniture import without_frame
from bot.reading.html.looks import emphasise
from bot.reading.html.measures import Measures
from bot.reading.html.other_pages import without_other_pages
from bot.reading.html.tables import name_by_roles
from bot.reading.html.tree import Element, parse, remove
from bot.reading.html.visibility import without_hidden
from bot.reading.html.walk import laid_out_tree
from bot.reading.layout import Layout
from bot.reading.outline import outlined
from bot.reading.structure import Piece, document, entitled
from bot.records import Document

# A main part with less of the page's sentences is an opening picture, or one teaser of several.
_LEAST_MAIN = 0.4
_NO_HEADINGS = "It has no headings."
# A leaflet of one screen needs none.
_LONG_WITHOUT_HEADINGS = 250


def read(path: Path, doc: str) -> Document:
    """Reads an HTML file. Raises DocumentError."""
    markup, remarks = decoded(file_bytes(path))
    root = parse(markup)
    facts = stated_facts(root)
    layout, folded = _laid_out(root, title=facts.title or "")
    if not layout.text:
        layout, folded = _laid_out(parse(markup), title="", without_scripts=True)
    found = layout.pieces if facts.title else _with_title(layout.pieces)
    title, pieces = entitled(layout.text, found, stated=facts.title, fallback=Path(doc).stem)
    if not any(piece.kind == "heading" for piece in pieces):
        pieces = outlined(layout.text, pieces, title=title)
    long = len(layout.text.split()) > _LONG_WITHOUT_HEADINGS
    if long and not any(piece.kind == "heading" for piece in pieces):
        remarks += (_NO_HEADINGS,)
    if folded:
        remarks += (f"{folded} folded {'panel was' if folded == 1 else 'panels were'} read.",)
    return replace(document(doc, layout.text, pieces, replace(facts, title=title)), remarks=remarks)


def _with_title(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces, with the heading that a page begins with as its title if it is over all the others."""
    shown = [piece for piece in pieces if piece.kind != "break"]
    levels = [piece.level for piece in shown[1:] if piece.kind == "heading"]
    if not levels or shown[0].kind != "heading":
        return pieces
    if shown[1].kind == "heading" or min(levels) > shown[0].level:
        return [replace(piece, kind="title", level=1) if piece is shown[0] else piece for piece in pieces]
    return pieces


def _laid_out(root: Element, *, title: str, without_scripts: bool = False) -> tuple[Layout, int]:
    """The page's own text, and how many folded panels are in it.

    `without_scripts` reads it as a browser does that runs none.
    """
    otherwise = [element for element in root.walk() if element.name in ("noscript", "noframes")]
    for element in otherwise:
        element.name = "div"
    if not without_scripts:
        remove(otherwise)
    name_by_roles(root)
    emphasise(root)
    measures = Measures(root)
    folded = without_hidden(root, measures)
    controls = Controls(root)
    without_frame(root, measures, title=title)
    main = _main_part(root, measures)
    if main is not root:
        measures = Measures(main)
    without_other_pages(main, measures, title=title)
    return laid_out_tree(main, controls), folded


def _main_part(root: Element, measures: Measures) -> Element:
    """The element that the page says is its main part, if most of what the page says is in it."""
    articles = [element for element in root.walk() if element.name == "article"]
    stated = [element for element in root.walk() if element.name == "main" or element.get("role") == "main"]
    candidates = (*stated[:1], *(articles if len(articles) == 1 else ()))
    enough = (element for element in candidates if element.text() and measures.share(element) >= _LEAST_MAIN)
    return next(enough, root)
