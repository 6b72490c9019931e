"""Which words of a line that stands out can head what follows, and which say something themselves."""

import re

from bot.reading.structure import leads_in

_MOST_WORDS = 14
_MOST_WORDS_OF_QUESTION = 30
# A bold line that tells somebody what to do is text, and has to be quoted.
_WARNS = re.compile(
    r"\b(?:do not|don[’']t|never|always|must|stop|call|ring|dial|phone|urgent(?:ly)?|immediately|at once"
    r"|warning|caution|important|please|should|emergency)\b",
    re.IGNORECASE,
)
# What only names what follows, though it has such a word: "When to call us", "Warning signs".
_NAMES = re.compile(
    r"(?:when|how|what|why|where|who|which|reasons|things|signs|calling|phoning|stopping|warning signs"
    r"|emergency (?:contact|number|department|care|telephone|phone)s?|urgent care"
    r"|important (?:information|contacts?|numbers?|points?|things|facts|phone|telephone))\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"\W*(?:warning|caution|important|danger|attention|alert|note|nb)\W*[:!–—-]\W*\w.*",
    re.IGNORECASE | re.DOTALL,
)


def reads_as_heading(words: str) -> bool:
    """Whether a line that stands out is a heading: neither a sentence nor an instruction."""
    if _WARNS.search(words) and not words.endswith("?") and not _NAMES.match(words):
        return False
    if words.endswith(":") and leads_in(words.rstrip(": ")):
        return False
    return is_short(words)


def is_short(words: str) -> bool:
    """Whether words are as few as a heading's, and not closed like a sentence."""
    if words.endswith("?"):
        return 1 < len(words.split()) <= _MOST_WORDS_OF_QUESTION
    return 0 < len(words.split()) <= _MOST_WORDS and words[-1] not in ".!;," and any(map(str.isalpha, words))


def is_labelled_warning(words: str) -> bool:
    """Whether a line says that it warns and of what: "WARNING: keep away from children"."""
    return _LABELLED.fullmatch(words) is not None
