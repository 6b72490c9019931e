"""Which words of a question name its subject ("liver"), and which ask something of it ("symptoms")."""

from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from bot.analysis import Analyser, stopwords
from bot.aspects import QuestionAspects
from bot.index.fields import ONE_TOPIC, Fields
from bot.understanding.spelling import rarity

# A word of many phrasings ("symptoms", "cure") asks rather than names, the more the more of them use it.
ASKING_DAMPING = 600.0
# Where all documents are about one thing, the words that ask are most of what there is to go by.
DAMPING_ON_TOPIC = 75.0
# A word that people use around whatever they ask ("stairs", "knock") hardly names anything.
LIGHT = 0.1
# So many sets of words are remembered with the titles that they name whole.
REMEMBERED = 1024
_ILLNESSES = frozenset({"syndrome", "disease", "disorder"})


class Naming:
    """Tells the words that name from those that ask, by the documents' titles and by how people ask."""

    def __init__(self, analyser: Analyser, index: Fields) -> None:
        self.stopwords = frozenset(analyser.term(word) for word in stopwords())
        self._light = frozenset(analyser.term(word) for word in light_words())
        self._analyser = analyser
        self._damping = DAMPING_ON_TOPIC if index.unity > ONE_TOPIC else ASKING_DAMPING
        self._index, self._titles = index, index.by_title
        self._asking = asking_words()
        # A message is read over more than once, part by part.
        self._whole_of_known = lru_cache(REMEMBERED)(self._whole)

    def telling(self, term: str, named: Container[str] = ()) -> float:
        """How much a term names a subject rather than asks: 1, or less for a word of many phrasings.

        The words of a title that is `named` whole ("High Blood Pressure") do so, whatever else they ask.
        """
        return 1.0 if term in named else 1.0 / (1.0 + self._damping * self._asking.get(term, 0.0))

    def weight(self, word: str, following: str = "") -> float:
        """How much of a question hangs on a lower-cased word, from 0 to 1: the more the rarer it is.

        Before a word for illnesses ("dumping syndrome") the commonest word names one.
        """
        if following in _ILLNESSES and word not in _ILLNESSES:
            return 1.0
        return LIGHT if self.light(self._analyser.term(word)) else rarity(word)

    def light(self, term: str) -> bool:
        """Whether people use a term around whatever they ask."""
        return term in self._light

    def whole(self, spelled: Iterable[str]) -> frozenset[str]:
        """The terms of the titles that these words name whole."""
        return self._whole_of(self._analyser.term(word) for word in spelled)

    def asks(self, spelled: Iterable[str]) -> bool:
        """Whether some word tells what is asked, as "symptoms" does and "liver" does not."""
        terms = (self._analyser.term(word) for word in spelled)
        return any(term not in self.stopwords and self.telling(term) < 1.0 for term in terms)

    def names(self, spelled: Sequence[str]) -> list[str]:
        """The words that name a subject."""
        named = self.whole(spelled)
        terms = ((word, self._analyser.term(word)) for word in spelled)
        return [w for w, term in terms if term not in self.stopwords and self.telling(term, named) == 1.0]

    def titled(self, spelled: Sequence[str]) -> bool:
        """Whether a word names the subject of some document."""
        return any(self.in_title(self._analyser.term(word)) for word in self.names(spelled))

    def in_title(self, term: str) -> bool:
        """Whether some title has the term."""
        return self._titles.idf(term) > 0

    def common(self, term: str) -> bool:
        """Whether more than half of the titles have the term."""
        return 2 * self._titles.frequency(term) > self._index.documents

    def best_title(self, terms: Sequence[str]) -> frozenset[str]:
        """The content terms that stand in the title which has most of those that name a subject."""
        best = self._best_title(terms)
        return frozenset() if best is None else frozenset(terms) & best - self.stopwords

    def title_share(self, spelled: Iterable[str]) -> float:
        """How much of the title that they name best these words have, weighed by how telling each is."""
        terms = [self._analyser.term(word) for word in spelled]
        best = self._best_title(terms)
        if best is None:
            return 0.0
        worth = {term: self._titles.idf(term) for term in best - self.stopwords}
        return sum(worth[term] for term in worth.keys() & set(terms)) / sum(worth.values())

    def _best_title(self, terms: Sequence[str]) -> frozenset[str] | None:
        """The terms of the title that has most of those that name a subject, if one has any."""
        content = [term for term in terms if term not in self.stopwords]
        named = self._whole_of(content)
        best = self._titles.best({term: 1.0 for term in content if self.telling(term, named) == 1.0}, 1)
        return self._index.title_terms(int(best[0])) if len(best) else None

    def _names_by_asking(self, title: frozenset[str]) -> bool:
        """Whether a title has words that also ask, but none that mostly does ("Treatment of ...")."""
        asks = any(term in self._asking for term in title)
        return asks and QuestionAspects().naming(title) == title

    def _whole_of(self, terms: Iterable[str]) -> frozenset[str]:
        return self._whole_of_known(frozenset(terms))

    def _whole(self, known: frozenset[str]) -> frozenset[str]:
        titles = {self._index.title_content(int(place)) for place in self._index.whole_titles(known)}
        return frozenset(term for title in titles if self._names_by_asking(title) for term in title)


@cache
def light_words() -> frozenset[str]:
    """The words that tell how, where and when, and not of what."""
    return frozenset(files("bot.understanding").joinpath("light_words.txt").read_text("utf-8").split())


@cache
def asking_words() -> Mapping[str, float]:
    """Terms and the share of all phrasings that use them; `python -m bot.learning` counts them."""
    lines = files("bot.understanding").joinpath("asking_words.tsv").read_text("utf-8").splitlines()
    return {term: float(share) for term, share in (line.split("\t") for line in lines[1:])}
