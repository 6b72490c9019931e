"""Wires the stages: the one function that every door calls."""

import time
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.analysis import Analyser, words
from bot.answering.choosing import chosen
from bot.answering.judge import JUDGED, Judge
from bot.answering.suggestions import Suggestions
from bot.errors import QuestionError
from bot.notices import detect
from bot.passages import cut_corpus
from bot.reading import read_again, read_corpus
from bot.records import Answer, Corpus, Document, Hit, Outcome, Query, Quote, Turn, Undo
from bot.retrieval import ONE_TOPIC, Retriever
from bot.settings import Settings
from bot.understanding.decisions import asks_decision
from bot.understanding.interpreter import Interpreter
from bot.understanding.language import foreign_language
from bot.understanding.naming import Titles
from bot.understanding.small_talk import small_talk
from bot.understanding.vocabulary import Vocabulary
from bot.wording import DEFAULT_LANGUAGE, say

# The words for which a corpus has others, beside its documents.
VOCABULARY_FILE = "vocabulary.tsv"


class Assistant:
    """Answers questions about one corpus; safe to share between threads, it keeps no conversation."""

    def __init__(
        self,
        corpus: Corpus,
        *,
        settings: Settings | None = None,
        folder: Path | None = None,
    ) -> None:
        """Make a corpus ready; `folder` is where it was read from and where its vocabulary may lie."""
        self.settings = settings or Settings()
        self.corpus = corpus
        self._folder = folder
        self.passages = cut_corpus(corpus)
        self._documents = {document.id: document for document in corpus.documents}
        self._languages = {document.language.split("-")[0].lower() for document in corpus.documents}
        analyser = Analyser()
        self._retriever = Retriever(corpus, self.passages, analyser)
        self._judge = Judge(self._retriever)
        counts = Counter(word for document in corpus.documents for word in words(document.text))
        vocabulary = Vocabulary.load(folder / VOCABULARY_FILE if folder else None, stem=analyser.term)
        retriever = self._retriever
        titles = Titles(retriever.titles, retriever.texts[0], one_topic=retriever.unity > ONE_TOPIC)
        self._interpreter = Interpreter(analyser, counts, titles, vocabulary)
        self._suggestions = Suggestions(corpus, self.passages, analyser)

    @classmethod
    def open(cls, folder: Path, *, settings: Settings | None = None, progress: bool = False) -> "Assistant":
        """Read a folder and make it ready for questions; raises CorpusError."""
        corpus = read_corpus(folder, progress=progress)
        return cls(corpus, settings=settings, folder=folder)

    def document(self, doc: str) -> Document:
        """The document with this id; raises KeyError."""
        return self._documents[doc]

    def holds(self, doc: str) -> bool:
        """Whether there is a document with this id."""
        return doc in self._documents

    def reread(self, doc: str) -> Document | None:
        """A document as its file is now; None where it is gone. Raises KeyError for one there never was."""
        known = self._documents[doc]
        return known if self._folder is None else read_again(self._folder, doc)

    def nearby(self, answer: Answer, count: int = 3) -> tuple[str, ...]:
        """Questions that the documents answer beside an answer, from the headings around its quotes."""
        return self._suggestions.around([quote.passage for quote in answer.quotes], count)

    def starters(self, count: int = 6) -> tuple[str, ...]:
        """Suggested questions, made from the corpus's own headings and titles."""
        return self._suggestions.starters(count)

    def replay(self, questions: Sequence[str]) -> tuple[Turn, ...]:
        """The turns of a conversation in which these were asked in order."""
        turns: tuple[Turn, ...] = ()
        for question in questions:
            turns = (*turns, Turn(question, self.ask(question, turns, depth=0)))
        return turns

    def ask(
        self, question: str, history: Sequence[Turn] = (), *, depth: int = 10, undo: Undo | None = None
    ) -> Answer:
        """What the sources say to a question; raises QuestionError for one that cannot be looked up."""
        started = time.perf_counter()
        answer = self._answer(question, history, depth, undo)
        return replace(answer, milliseconds=(time.perf_counter() - started) * 1000)

    @property
    def retriever(self) -> Retriever:
        """What ranks, to be looked into by those who explain a ranking."""
        return self._retriever

    @property
    def judge(self) -> Judge:
        """What judges whether a passage answers."""
        return self._judge

    def query(self, question: str, history: Sequence[Turn] = ()) -> Query:
        """What a question is taken to look for; raises QuestionError for one that cannot be looked up."""
        self._check(question)
        self._check_script(question)
        return self._interpreter.query(question, history)

    def _answer(self, question: str, history: Sequence[Turn], depth: int, undo: Undo | None) -> Answer:
        self._check(question)
        understands = self._interpreter
        said = small_talk(question, known=understands.knows, topic=understands.is_topic, first=not history)
        if said is not None:
            notice = detect(question)
            # Beside a crisis notice nothing else is offered.
            offered = () if notice == "crisis" else self.starters(3)
            return Answer(question, outcome="none", notice=notice, small_talk=said, suggestions=offered)
        language = foreign_language(question, known=understands.knows, sources=self._languages)
        if language is not None:
            notice, offered = detect(question), self.starters(3)
            return Answer(question, outcome="none", notice=notice, language=language, suggestions=offered)
        self._check_script(question)
        query = understands.query(question, history, undo=undo)
        ranking = self._judge.ranking(query, depth=depth)
        likely = ranking[:JUDGED]
        confidence = likely[0][1] if likely else 0.0
        outcome = self._outcome(confidence)
        return Answer(
            question=question,
            outcome=outcome,
            quotes=() if outcome == "none" else self._quotes(query, likely),
            ranked=tuple(hit for hit, _ in ranking[:depth]),
            understood=query.understood,
            notice=detect(question),
            missing=query.unknown,
            suggestions=() if outcome == "answered" else self._suggestions.near(question, 3),
            confidence=confidence,
            decision=asks_decision(question),
        )

    def _check(self, question: str) -> None:
        letters = [mark for mark in question if mark.isalpha()]
        longest = self.settings.max_question_chars
        if not question.strip():
            raise _unaskable("empty")
        if len(question) > longest:
            raise _unaskable("long", length=len(question), most=longest)
        if not letters:
            raise _unaskable("wordless")

    def _check_script(self, question: str) -> None:
        latin = any("LATIN" in unicodedata.name(letter, "") for letter in question if letter.isalpha())
        if not latin and not any(map(self._interpreter.knows, words(question))):
            raise _unaskable("script")

    def _outcome(self, confidence: float) -> Outcome:
        if confidence >= self.settings.answer_threshold:
            return "answered"
        return "related" if confidence >= self.settings.related_threshold else "none"

    def _quotes(self, query: Query, likely: Sequence[tuple[Hit, float]]) -> tuple[Quote, ...]:
        terms = {hit.passage.index: self._retriever.terms[hit.passage.index] for hit, _ in likely}
        shown = chosen(likely, terms, most=self.settings.max_quotes)
        return tuple(
            Quote(hit.passage, hit.score, self._retriever.marked(query, hit.passage)) for hit in shown
        )


def _unaskable(kind: str, **values: int) -> QuestionError:
    return QuestionError(say(f"error_{kind}", DEFAULT_LANGUAGE, **values), kind=kind, **values)
