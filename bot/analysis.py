"""Text in, index terms out: one analyser for documents and questions."""

import re
import unicodedata
from functools import cache
from importlib.resources import files

from bot.nltk_parts import SnowballStemmer

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_POSSESSIVE = re.compile(r"['\u2019]s?$")
# Greek plurals that the stemmer keeps apart from their singulars: metastases, diagnoses, analyses.
_GREEK_PLURAL = re.compile(r"(?<=sta|gno|aly|rho|cro)ses$")
# Soft hyphens, zero-width blanks and joiners, and the byte order mark that editors leave behind.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_APOSTROPHE = re.compile(r"['\u2019]")


class Analyser:
    """Cuts text into words and gives each its index term, an English stem without accents.

    Stems are kept per word: a corpus has few distinct words and the stemmer is slow.
    """

    def __init__(self) -> None:
        self._stemmer = SnowballStemmer("english")
        self._terms: dict[str, str] = {}

    def term(self, word: str) -> str:
        """The index term of one lower-cased word."""
        known = self._terms.get(word)
        if known is None:
            plain = _folded(_APOSTROPHE.sub("", _POSSESSIVE.sub("", word)))
            known = self._terms[word] = self._stemmer.stem(_GREEK_PLURAL.sub("sis", plain))
        return known

    def terms(self, text: str) -> list[str]:
        """The index terms of a text, in order, repeats included."""
        return [self.term(word) for word in words(text)]


def words(text: str) -> list[str]:
    """The lower-cased words of a text; punctuation is left out.

    What stands unseen inside a word, a soft hyphen or an accent of its own, does not part it.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_UNSEEN))
    return _WORD.findall(text.lower())


def _folded(word: str) -> str:
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


@cache
def stopwords() -> frozenset[str]:
    """The words that say nothing of what is looked for."""
    return frozenset(files("bot").joinpath("stopwords.txt").read_text("utf-8").split())
