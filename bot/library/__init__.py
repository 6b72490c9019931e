"""A folder in, a corpus out: no file stops another, and none is read twice."""

from bot.library.corpus import digest_of, read_again, read_corpus
from bot.library.folder import VOCABULARY_FILE, file_of, sources
from bot.library.limits import set_limits

__all__ = ["VOCABULARY_FILE", "digest_of", "file_of", "read_again", "read_corpus", "set_limits", "sources"]
