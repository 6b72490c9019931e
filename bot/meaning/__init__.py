"""Text in, vectors out: a small sentence encoder, and the vectors of a corpus kept by content."""

from bot.meaning.encoder import BUILT_IN, Encoder, Vectors, digest_of, load_encoder, named
from bot.meaning.likeness import CorpusVectors, Likeness
from bot.meaning.store import VectorStore
from bot.meaning.texts import Stayed, Texts

__all__ = [
    "BUILT_IN",
    "CorpusVectors",
    "Encoder",
    "Likeness",
    "Stayed",
    "Texts",
    "VectorStore",
    "Vectors",
    "digest_of",
    "load_encoder",
    "named",
]
