"""A part of a page laid out, without asking what frames it."""

from bot.reading.html.measures import Measures
from bot.reading.html.tree import parse
from bot.reading.html.visibility import without_hidden
from bot.reading.html.walk import laid_out_tree
from bot.reading.layout import Layout


def laid_out(markup: str) -> Layout:
    """The headings, paragraphs, items, rows and notes of a fragment of HTML, as a visitor reads them.

    It never fails: whatever the markup is like, browsers show something, and so does this.
    """
    root = parse(markup)
    without_hidden(root, Measures(root))
    return laid_out_tree(root)
