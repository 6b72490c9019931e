"""A corpus in, what its documents are about out: the words that their titles share."""

import re
from collections import Counter

from bot.analysis import stopwords
from bot.records import Corpus

# So large a share of the titles names it, and so many of them at least.
SHARE, LEAST = 0.6, 2
LONGEST_WORDS = 5
# Of more titles a sample is read, spread over all.
MOST_TITLES = 2000
_WORD = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*")


def shared_subject(corpus: Corpus) -> str | None:
    """The longest run of words that most titles have, as most of them write it; None if they share none."""
    titles = [document.title for document in corpus.heads[:: max(1, len(corpus.heads) // MOST_TITLES)]]
    counts: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    for title in titles:
        runs = _runs(title)
        counts.update({run.casefold() for run in runs})
        for run in runs:
            written.setdefault(run.casefold(), Counter())[run] += 1
    enough = max(LEAST, SHARE * len(titles))
    best = max((run for run, count in counts.items() if count >= enough), key=_length, default=None)
    return None if best is None else written[best].most_common(1)[0][0]


def _runs(title: str) -> set[str]:
    """Every run of words of a title that does not begin or end with a word that means nothing by itself."""
    words = list(_WORD.finditer(title))
    empty = [word[0].casefold() in stopwords() for word in words]
    return {
        title[words[first].start() : words[last].end()]
        for first in range(len(words))
        for last in range(first, min(first + LONGEST_WORDS, len(words)))
        if not empty[first] and not empty[last]
    }


def _length(run: str) -> tuple[int, str]:
    return len(run), run
