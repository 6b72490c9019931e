"""PDF: printed letters put together again into headings, paragraphs, lists and tables, with their pages."""

from bot.reading.pdf.reader import read

__all__ = ["read"]
