"""Wires the stages: the one function that every door calls."""

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.analysis import Analyser
from bot.errors import QuestionError
from bot.index.bm25 import Bm25Index
from bot.passages import cut_corpus
from bot.reading import read_corpus
from bot.records import Answer, Corpus, Document, Hit, Quote, Turn, Undo
from bot.settings import Settings


class Assistant:
    """Answers questions about one corpus; safe to share between threads, it keeps no conversation."""

    def __init__(self, corpus: Corpus, *, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.corpus = corpus
        self.passages = cut_corpus(corpus)
        self._documents = {document.id: document for document in corpus.documents}
        self._analyser = Analyser()
        titles = {document.id: document.title for document in corpus.documents}
        self._index = Bm25Index(
            [self._analyser.terms(" ".join([titles[p.doc], *p.heading, p.text])) for p in self.passages]
        )

    @classmethod
    def open(cls, folder: Path, *, settings: Settings | None = None, progress: bool = False) -> "Assistant":
        """Read a folder and make it ready for questions; raises CorpusError."""
        return cls(read_corpus(folder, progress=progress), settings=settings)

    def document(self, doc: str) -> Document:
        """The document with this id; raises KeyError."""
        return self._documents[doc]

    def starters(self, count: int = 6) -> tuple[str, ...]:
        """Suggested questions, made from the corpus's own headings."""
        headings = dict.fromkeys(p.heading[-1] for p in self.passages if p.heading)
        return tuple(headings)[:count]

    def replay(self, questions: Sequence[str]) -> tuple[Turn, ...]:
        """The turns of a conversation in which these were asked in order."""
        turns: tuple[Turn, ...] = ()
        for question in questions:
            turns = (*turns, Turn(question, self.ask(question, turns)))
        return turns

    def ask(
        self, question: str, history: Sequence[Turn] = (), *, depth: int = 10, undo: Undo | None = None
    ) -> Answer:
        """What the sources say to a question; raises QuestionError for one that cannot be looked up."""
        started = time.perf_counter()
        if not question.strip():
            raise QuestionError("The question is empty: please type what you would like to know.")
        if len(question) > self.settings.max_question_chars:
            raise QuestionError("The question is too long.")
        if not re.search(r"[A-Za-z]", question):
            raise QuestionError("The question has no words that can be looked up.")
        scores = self._index.scores(dict.fromkeys(self._analyser.terms(question), 1.0))
        order = sorted(range(len(scores)), key=lambda at: (-scores[at], at))[: max(depth, 3)]
        ranked = tuple(Hit(self.passages[at], float(scores[at])) for at in order if scores[at] > 0)
        quotes = tuple(Quote(hit.passage, hit.score, hit.passage.units[:1]) for hit in ranked[:3])
        answer = Answer(question=question, outcome="answered" if quotes else "none", quotes=quotes, ranked=ranked[:depth])
        return replace(answer, milliseconds=(time.perf_counter() - started) * 1000)
