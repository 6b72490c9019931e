"""HTML: what a visitor can read of a page, by scrolling or clicking, without the site around it."""

from bot.reading.html.fragment import laid_out
from bot.reading.html.page import read

__all__ = ["laid_out", "read"]
