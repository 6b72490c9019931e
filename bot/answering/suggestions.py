"""Questions that the sources answer, made from their own headings and titles."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from bot.analysis import Analyser
from bot.answering.starters import LONGEST, Starter, is_foreign, main_language, starters
from bot.records import Corpus, Passage


class Suggestions:
    """Suggested questions of one corpus.

    A heading is taken as it stands where it names its subject, else with its document's title behind it.
    """

    def __init__(
        self,
        corpus: Corpus,
        passages: Sequence[Passage],
        analyser: Analyser,
        *,
        known: Callable[[str], bool],
    ) -> None:
        """Make them of the headings of passages; `known` tells whether the sources have a word."""
        titles = {document.id: document.title for document in corpus.documents}
        self._corpus = corpus
        self._known = known
        self._analyser = analyser
        found: dict[str, dict[str, None]] = {title: {} for title in titles.values()}
        for passage in passages:
            title = titles[passage.doc]
            found[title].setdefault(self._suggestion(title, passage.heading))
        self._headings: dict[str, dict[tuple[str, ...], str]] = {}
        for passage in passages:
            texts = self._headings.setdefault(passage.doc, {})
            texts.setdefault(passage.heading, self._suggestion(titles[passage.doc], passage.heading))
        self._by_document = [[text for text in texts if len(text) <= LONGEST] for texts in found.values()]
        self._terms = {text: frozenset(analyser.terms(text)) for texts in self._by_document for text in texts}

    @cached_property
    def grouped(self) -> tuple[Starter, ...]:
        """What somebody may begin with, one for each thing that people want to know."""
        asked = {doc: tuple(texts.values()) for doc, texts in self._headings.items()}
        return starters(self._corpus, asked, self._analyser, self._known)

    def headings(self, doc: str) -> Mapping[tuple[str, ...], str]:
        """The question that each heading of a document stands for."""
        return self._headings.get(doc, {})

    def starters(self, count: int) -> tuple[str, ...]:
        """So many suggestions: one for each thing that people want to know, then from every document."""
        best = [starter.question for starter in self.grouped]
        return tuple(dict.fromkeys([*best, *self._spread]))[:count]

    @cached_property
    def _spread(self) -> tuple[str, ...]:
        """All suggestions in the language of most documents, those of different documents in turns."""
        home = main_language(self._corpus)
        depth = max((len(texts) for texts in self._by_document), default=0)
        rounds = (texts[place] for place in range(depth) for texts in self._by_document if place < len(texts))
        return tuple(text for text in dict.fromkeys(rounds) if not is_foreign(text, home, self._known))

    def near(self, question: str, count: int) -> tuple[str, ...]:
        """The suggestions that share most terms with a question; starters where none does."""
        asked = frozenset(self._analyser.terms(question))
        ranked = sorted(self._terms, key=lambda text: -len(asked & self._terms[text]))
        shared = [text for text in ranked[:count] if asked & self._terms[text]]
        return tuple(dict.fromkeys([*shared, *self.starters(count)]))[:count]

    def around(self, passages: Sequence[Passage], count: int) -> tuple[str, ...]:
        """The suggestions from the headings next to those of some passages, nearest first."""
        shown = {self._headings[p.doc][p.heading] for p in passages}
        near: list[tuple[int, str]] = []
        for passage in passages[:1]:
            texts = self._headings[passage.doc]
            here = list(texts).index(passage.heading)
            near = [(abs(at - here), text) for at, text in enumerate(texts.values()) if len(text) <= LONGEST]
        ordered = [text for _, text in sorted(near, key=lambda pair: pair[0]) if text not in shown]
        return tuple(dict.fromkeys(ordered))[:count]

    def _suggestion(self, title: str, heading: Sequence[str]) -> str:
        if not heading:
            return title
        own, subject = set(self._analyser.terms(heading[-1])), set(self._analyser.terms(title))
        return heading[-1] if own & subject or heading[-1].endswith("?") else f"{title}: {heading[-1]}"
