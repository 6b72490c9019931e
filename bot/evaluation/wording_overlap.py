"""Two texts in, how far their words agree out: SQuAD's definitions (Rajpurkar et al. 2016)."""

import re
import string
from collections import Counter
from collections.abc import Iterable

ARTICLES = re.compile(r"\b(a|an|the)\b")
NO_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalised(text: str) -> list[str]:
    """The words in lower case, without punctuation and articles."""
    return ARTICLES.sub(" ", text.lower().translate(NO_PUNCTUATION)).split()


def exact_match(given: str, golds: Iterable[str]) -> float:
    """1 where the words are those of one of the gold texts, in their order."""
    words = normalised(given)
    return float(any(words == normalised(gold) for gold in golds))


def word_f1(given: str, golds: Iterable[str]) -> float:
    """The harmonic mean of the words' precision and recall against the nearest gold text."""
    return max((_f1(normalised(given), normalised(gold)) for gold in golds), default=0.0)


def _f1(given: list[str], gold: list[str]) -> float:
    shared = sum((Counter(given) & Counter(gold)).values())
    if not given or not gold:
        return float(given == gold)
    return 2 * shared / (len(given) + len(gold))
