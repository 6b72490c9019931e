"""Files in, documents out: a module per format, and what the formats share."""

from bot.reading.corpus import file_of, read_again, read_corpus

__all__ = ["file_of", "read_again", "read_corpus"]
