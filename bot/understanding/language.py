"""A message in, the language out that it is in and the sources are not: the only importer of py3langid.

On short messages py3langid tells these languages as surely as lingua does, at 5 MB instead of 96 MB.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.analysis import words
from bot.understanding.spelling import english_words, spelled_out

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# So likely must a language be of whose everyday words a message has none. Of 16,500 in English, misspelt
# and full of names, those without everyday words of English reach 0.54.
SURE = 0.9
# So likely where it has one of them beside others.
SURE_WITH_A_WORD = 0.5
# Where the script tells most, so likely is enough; one that no language is known to be written in has less.
SURE_BY_SCRIPT = 0.4
# So many everyday words of a language speak for it, one in a message of a few words.
SUPPORT, FEW_WORDS = 2, 2
# Where so many of a message's words are in English or in the sources it takes words of another language to be
# in it; with so many of the words without which nobody writes English it is English.
HOME, HOME_WORDS = 0.8, 0.2
# Where the sources have so many of a message's words, they answer it, whatever the language.
KNOWN = 0.7
# Nothing is told of a language from fewer letters than these; a sign of Chinese is a word.
LETTERS, SIGNS = 4, 2
# A sentence of so many words in English within a message in another language can be answered.
TELLING = 5
# So many letters of a document tell its language; from fewer than the least nothing is told.
TEXT_LETTERS, LEAST_TEXT = 4000, 100
_SENTENCE_END = re.compile(r"[.?!\n]+")
_ENGLISH = "en"
_LATIN = (
    *("en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "ro", "sv", "da", "no", "fi", "cs", "hu", "id"),
    *("vi", "tl"),
)
_OTHERS = ("ru", "uk", "bg", "sr", "ar", "fa", "ur", "zh", "ja", "ko", "hi", "bn", "ta", "el", "he", "th")


def foreign_language(message: str, *, known: Callable[[str], bool], sources: Collection[str]) -> str | None:
    """The ISO 639-1 code of the language of a message that the sources cannot answer in it.

    None for English, for a language of the `sources` and where nothing is sure. `known` tells whether the
    sources have a lower-cased word.
    """
    said = [word for word in words(message) if not any(mark.isdigit() for mark in word)]
    letters = [mark for mark in message if mark.isalpha()]
    if not said or _ENGLISH not in sources:
        return None
    if 2 * sum(map(_is_latin, letters)) < len(letters):
        language, sure = _likeliest(message, _OTHERS)
        if len(letters) < SIGNS or sure < SURE_BY_SCRIPT:
            return None
    else:
        language = _latin(message, said, known) if len(letters) >= LETTERS else _ENGLISH
    if language in (_ENGLISH, *sources):
        return None
    return language if _is_all_in(language, said) or _share(said, known) < KNOWN else None


def text_language(text: str) -> str | None:
    """The ISO 639-1 code of the language that a document's text reads as; None where nothing is sure."""
    start = text[:TEXT_LETTERS]
    if sum(map(str.isalpha, start)) < LEAST_TEXT:
        return None
    language, sure = _likeliest(start, (*_LATIN, *_OTHERS))
    return language if sure >= SURE else None


def _latin(message: str, said: Sequence[str], known: Callable[[str], bool]) -> str:
    if _share(said, _everyday()[_ENGLISH].__contains__) >= HOME_WORDS:
        return _ENGLISH
    if any(map(_is_plainly_english, _SENTENCE_END.split(message))):
        return _ENGLISH
    at_home = _share(said, lambda word: known(word) or _is_english(word)) >= HOME
    if at_home and not any(_foreign_counts(said).values()):
        return _ENGLISH
    language, sure = _likeliest(message, _LATIN)
    counts = _foreign_counts(said)
    most = max(counts.values())
    if most >= SUPPORT or (most and len(said) <= FEW_WORDS):
        return (
            language
            if language == _ENGLISH and sure >= SURE
            else _likeliest(message, _having(most, counts))[0]
        )
    enough = SURE_WITH_A_WORD if counts.get(language) else SURE
    return language if sure >= enough and not at_home else _ENGLISH


def _is_all_in(language: str, said: Sequence[str]) -> bool:
    """Whether a message has everyday words of a language and none of English.

    The sources may have all of them: "anemia" is a word of many languages, and libraries quote some.
    """
    english = _everyday()[_ENGLISH]
    return _foreign_counts(said).get(language, 0) >= SUPPORT and not any(word in english for word in said)


def _having(most: int, counts: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(language for language, count in counts.items() if count == most)


def _foreign_counts(said: Sequence[str]) -> Mapping[str, int]:
    """How many of the everyday words of each language but English a message has."""
    parts = set(_split(said))
    return {language: len(parts & own) for language, own in _everyday().items() if language != _ENGLISH}


def _is_plainly_english(text: str) -> bool:
    """Whether a sentence is long enough to tell, and has as many of these words as English has."""
    said = words(text)
    return len(said) >= TELLING and _share(said, _everyday()[_ENGLISH].__contains__) >= HOME_WORDS


def _likeliest(message: str, languages: Collection[str]) -> tuple[str, float]:
    """The likeliest of some languages, and how likely it is among them."""
    rated = {language: float(sure) for language, sure in _identifier().rank(message) if language in languages}
    best = max(rated, key=rated.__getitem__)
    return best, rated[best] / (sum(rated.values()) or 1.0)


@cache
def _identifier() -> "LanguageIdentifier":
    """The identifier, read when the first message needs it: that takes most of a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages((*_LATIN, *_OTHERS))
    return identifier


def _share(said: Sequence[str], has: Callable[[str], bool]) -> float:
    return sum(map(has, said)) / len(said)


def _is_english(word: str) -> bool:
    bare = re.sub(r"['\u2019].*$", "", word)
    return any(part in english_words() for spelled in (word, bare) for part in spelled_out(spelled))


def _is_latin(letter: str) -> bool:
    return "LATIN" in unicodedata.name(letter, "")


def _split(said: Sequence[str]) -> list[str]:
    """The words, and the parts around an apostrophe: "c'est" as itself, "c" and "est"."""
    return [part for word in said for part in {word, *re.split(r"['\u2019]", word)}]


@cache
def _everyday() -> Mapping[str, frozenset[str]]:
    lines = files("bot.understanding").joinpath("everyday_words.tsv").read_text("utf-8").splitlines()
    entries = (line.split("\t") for line in lines if not line.startswith("#"))
    return {language: frozenset(listed.split()) for language, listed in entries}
