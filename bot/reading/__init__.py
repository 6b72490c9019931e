"""Files in, documents out: a module per format, and what the formats share."""

from bot.reading.corpus import read_again, read_corpus

__all__ = ["read_again", "read_corpus"]
