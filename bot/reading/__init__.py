"""Files in, documents out: a module per format, and what the formats share."""

from bot.reading.corpus import corpus_files, digest_of, read_again, read_corpus

__all__ = ["corpus_files", "digest_of", "read_again", "read_corpus"]
