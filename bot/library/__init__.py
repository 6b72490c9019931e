"""A folder in, a corpus out: no file stops another, and none is read twice."""

from bot.library.corpus import read_again, read_corpus

__all__ = ["read_again", "read_corpus"]
