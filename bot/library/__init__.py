"""A folder in, a corpus out: no file stops another, and none is read twice."""

from bot.library.corpus import read_again, read_corpus
from bot.library.folder import file_of

__all__ = ["file_of", "read_again", "read_corpus"]
