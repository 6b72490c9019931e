"""Questions that the sources answer, made from their own headings and titles."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import count as counted_from
from itertools import islice

from bot.analysis import Analyser, stopwords, words
from bot.answering.starters import ASKED, Starter, is_foreign, main_language, named, starters
from bot.index.fields import Fields
from bot.index.offers import LONGEST, question_of, questions_of
from bot.passages import Passages
from bot.records import Corpus, Passage

# The headings of so many documents are kept at hand, and so many of a question's suggestions looked at.
_DOCUMENTS_AT_HAND, _LOOKED_AT = 4096, 30
# Where no heading is about what people begin with, so many from a sample of the documents are offered.
_OTHERS, _SAMPLE = 30, 500


class Suggestions:
    """Suggested questions of one corpus, each what one of its headings stands for."""

    def __init__(
        self,
        corpus: Corpus,
        passages: Passages,
        index: Fields,
        analyser: Analyser,
        *,
        known: Callable[[str], bool],
    ) -> None:
        """`known` tells whether the sources have a word."""
        self._corpus, self._passages, self._index = corpus, passages, index
        self._known = known
        self._analyser = analyser
        self._of = lru_cache(_DOCUMENTS_AT_HAND)(self._make)

    @cached_property
    def _home(self) -> str:
        return main_language(self._corpus)

    @cached_property
    def grouped(self) -> tuple[Starter, ...]:
        """What somebody may begin with, one for each thing that people want to know."""
        return starters(self._corpus, self._of, self._analyser, self._known)

    def headings(self, doc: str) -> Mapping[tuple[str, ...], str]:
        """The question that each heading of a document stands for; raises KeyError."""
        return self._of(self._corpus.place_of(doc))

    def starters(self, count: int) -> tuple[str, ...]:
        """So many suggestions: one for each thing that people want to know, then from every document."""
        best = dict.fromkeys(starter.question for starter in self.grouped)
        if len(best) < count:
            best |= dict.fromkeys(self._others)
        return tuple(best)[:count]

    @cached_property
    def _others(self) -> tuple[str, ...]:
        """What else can be offered."""
        known = {text for starter in self.grouped for text in (starter.question, starter.heading)}
        return tuple(islice((text for text in self._spread() if text not in known), _OTHERS))

    def _spread(self) -> Iterator[str]:
        """Suggestions in the language of most documents, those of different documents in turns."""
        count = len(self._corpus.documents)
        looked_at = range(0, count, max(1, count // _SAMPLE))
        for depth in counted_from(0):
            deep = False
            for place in looked_at:
                texts = self._offers(place)
                deep = deep or len(texts) > depth
                for text in texts[depth : depth + 1]:
                    if len(text) <= LONGEST and not is_foreign(text, self._home, self._known):
                        yield text
            if not deep:
                return

    def _offers(self, place: int) -> tuple[str, ...]:
        """The questions of a document; what stands under no heading is asked for by its subject's name."""
        name = named(self._corpus.documents[place]) if self._home == "en" else None
        return tuple(
            ASKED["information"].format(name) if name and not heading else text
            for heading, text in self._of(place).items()
        )

    def near(self, question: str, count: int) -> tuple[str, ...]:
        """The suggestions that share most terms with a question; starters where none does.

        Words like "what" and "my" tell nothing of what is asked.
        """
        telling = (word for word in words(question) if word not in stopwords())
        asked = frozenset(self._analyser.term(word) for word in telling)
        shared: dict[str, None] = {}
        for at in self._index.offering(asked)[:_LOOKED_AT]:
            if len(shared) < count:
                shared.setdefault(self._offer(self._passages[int(at)]))
        if len(shared) < count:
            shared |= dict.fromkeys(self.starters(count))
        return tuple(shared)[:count]

    def around(self, passages: Sequence[Passage], count: int) -> tuple[str, ...]:
        """The suggestions from the headings next to those of some passages, nearest first."""
        shown = {self.headings(passage.doc)[passage.heading] for passage in passages}
        near: list[tuple[int, str]] = []
        for passage in passages[:1]:
            texts = self.headings(passage.doc)
            here = list(texts).index(passage.heading)
            near = [(abs(at - here), text) for at, text in enumerate(texts.values()) if len(text) <= LONGEST]
        ordered = [text for _, text in sorted(near, key=lambda pair: pair[0]) if text not in shown]
        return tuple(dict.fromkeys(ordered))[:count]

    def _offer(self, passage: Passage) -> str:
        title = self._corpus.documents[self._corpus.place_of(passage.doc)].title
        return question_of(title, passage.heading, self._analyser)

    def _make(self, place: int) -> Mapping[tuple[str, ...], str]:
        title, passages = self._corpus.documents[place].title, self._passages.of(place)
        questions = questions_of(title, passages, self._analyser)
        return {heading: question for heading, (_, question) in questions.items()}
