"""Word files: what a reader of the printed document sees, in the order of its text."""

from bot.reading.docx.reader import read

__all__ = ["read"]
