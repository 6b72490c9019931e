"""Wires the stages: the one function that every door calls."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from typing import Literal

from bot.analysis import Analyser
from bot.answering.combining import MOST_PARTS, combined
from bot.answering.judge import judged
from bot.answering.quoting import Quoter
from bot.answering.starters import Starter
from bot.answering.suggestions import Suggestions
from bot.errors import CorpusError
from bot.files import store_folder
from bot.index.fields import Fields
from bot.indexing.building import indexed, renewed
from bot.indexing.kept import KeptIndex
from bot.indexing.vectors import keep_vectors, kept_vectors, stayed
from bot.library import VOCABULARY_FILE, file_of, read_again, read_corpus
from bot.library.look import Look
from bot.meaning import BUILT_IN, CorpusVectors, Encoder, Stayed, Texts, VectorStore, load_encoder
from bot.notices import detect, gravest
from bot.passages import Passages
from bot.queries import Query
from bot.records import Answer, Corpus, Document, Outcome, Turn, Undo
from bot.retrieval import Retriever
from bot.settings import Settings
from bot.understanding.askable import check_askable, check_script
from bot.understanding.decisions import asks_decision
from bot.understanding.interpreter import Interpreter
from bot.understanding.language import foreign_language
from bot.understanding.message import squeezed
from bot.understanding.parts import parts
from bot.understanding.recall import Recall
from bot.understanding.small_talk import is_afraid, small_talk
from bot.understanding.vocabulary import Vocabulary

# Who is asked what a question is about names it in a few words.
MOST_IN_REPLY = 8


class Assistant:
    """Answers questions about one corpus; safe to share between threads, it keeps no conversation."""

    def __init__(
        self,
        corpus: Corpus,
        *,
        settings: Settings | None = None,
        folder: Path | None = None,
        encoder: Encoder | None = None,
        index: KeptIndex | None = None,
    ) -> None:
        """Make a corpus ready; `folder` is where it was read from and where its vocabulary may lie.

        `index` is the corpus's, where it lies on disk. Without an encoder it goes by words alone, and with
        one until `encode` has been called.
        """
        self.settings = settings or Settings()
        self.corpus = corpus
        self._folder = folder
        self._store = None if encoder is None else VectorStore(encoder, folder and store_folder(folder))
        self.encoded, self._encoding = 0.0, Lock()
        self._stayed: Stayed | None = None
        self._failed = False
        self._analyser = analyser = Analyser()
        self.index = index
        fields = Fields.of_corpus(corpus, analyser) if index is None else index.fields
        self.passages = Passages(corpus.documents, fields.analysed.counts.tolist())
        self._retriever = Retriever(fields, corpus, self.passages, analyser)
        if index is not None and encoder is not None:
            self._retriever.vectors = kept_vectors(index, encoder)
            self.encoded = float(self._retriever.vectors is not None)
        self._quoter = Quoter(corpus, fields, analyser, self.settings)
        vocabulary = Vocabulary.load(folder / VOCABULARY_FILE if folder else None, stem=analyser.term)
        self._recall = Recall(corpus, self.passages)
        self._interpreter = Interpreter(analyser, fields, vocabulary, self._recall)
        known = self._interpreter.knows
        self._suggestions = Suggestions(corpus, self.passages, fields, analyser, known=known)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        settings: Settings | None = None,
        encoder: Path | None = BUILT_IN,
        wait: bool = True,
        progress: bool = False,
    ) -> "Assistant":
        """Read a folder and make it ready for questions; raises CorpusError and EncoderError.

        `encoder` is the folder of another one, None for words alone. Without `wait` the vectors are left to a
        call of `encode`, perhaps beside the first questions.
        """
        loaded = None if encoder is None else load_encoder(encoder)
        index = indexed(folder, progress=progress)
        corpus = read_corpus(folder, progress=progress) if index is None else index.corpus
        assistant = cls(corpus, settings=settings, folder=folder, encoder=loaded, index=index)
        if wait:
            assistant.encode(progress=progress)
        return assistant

    def over(self, corpus: Corpus) -> "Assistant":
        """The same for another state of the folder: what has been encoded already need not be again.

        Raises SettingsError where the vocabulary of the folder cannot be read.
        """
        successor = Assistant(corpus, settings=self.settings, folder=self._folder)
        successor._store = self._store
        return successor

    def renewed(self, look: Look, held: Collection[str]) -> "Assistant":
        """The same over another state of the folder where its index lies on disk, which is brought up to it.

        Documents that are `held` stay. Raises CorpusError, OutputError, EngineError and SettingsError.
        """
        if self.index is None or self._folder is None:
            raise CorpusError("Nothing of this corpus lies on a disk.")
        index = renewed(self.index, self._folder, look, held)
        encoder = None if self._store is None else self._store.encoder
        successor = Assistant(
            index.corpus, settings=self.settings, folder=self._folder, encoder=encoder, index=index
        )
        successor._stayed = stayed(index, self.index, self._retriever.vectors)
        return successor

    def encode(self, *, progress: bool = False, enough: Callable[[], bool] = lambda: False) -> None:
        """Encode what has not been encoded before; from then on meaning counts beside words.

        It ends early once `enough` says so, and another call goes on with it. Whoever calls it while another
        does waits for that one.
        """
        with self._encoding:
            if self._store is not None and self.meaning != "ready":
                self._failed = True
                self._encode(self._store, enough, progress=progress)
                self._failed = False

    def _encode(self, store: VectorStore, enough: Callable[[], bool], *, progress: bool) -> None:
        encoded = partial(store.vectors, progress=progress, done=self._note_encoded, enough=enough)
        texts = Texts(self._retriever.fields, self.corpus.heads, self.passages, self._stayed)
        vectors = CorpusVectors.of(self._retriever.fields, texts, store.encoder, encoded)
        # Beside passages that have a vector, one without is never found.
        if self.encoded == 1.0:
            self._retriever.vectors, self._stayed = vectors, None
            if self.index is not None:
                keep_vectors(self.index, vectors)

    @cached_property
    def _languages(self) -> frozenset[str]:
        return frozenset(self.corpus.languages)

    @property
    def encoder(self) -> str:
        """The digest of the sentence encoder, "none" without one."""
        return "none" if self._store is None else self._store.encoder.digest

    @property
    def meaning(self) -> Literal["off", "encoding", "ready", "failed"]:
        """Whether answers go by meaning too; `encoded` is the share of the texts that have been encoded."""
        if self._store is None:
            return "off"
        if self._retriever.vectors is not None:
            return "ready"
        return "failed" if self._failed and not self._encoding.locked() else "encoding"

    def _note_encoded(self, share: float) -> None:
        self.encoded = share

    def document(self, doc: str) -> Document:
        """The document with this id; raises KeyError."""
        return self.corpus.documents[self.corpus.place_of(doc)]

    def holds(self, doc: str) -> bool:
        """Whether there is a document with this id."""
        try:
            self.corpus.place_of(doc)
        except KeyError:
            return False
        return True

    def reread(self, doc: str) -> Document | None:
        """A document as its file is now; None where it is gone. Raises KeyError for one there never was."""
        known = self.document(doc)
        return known if self._folder is None else read_again(self._folder, doc)

    def file(self, doc: str) -> Path | None:
        """The file of a document; None where it is gone. Raises KeyError for one there never was."""
        known = self.document(doc)
        return None if self._folder is None else file_of(self._folder, known.id)

    def nearby(self, answer: Answer, count: int = 3) -> tuple[str, ...]:
        """Questions that the documents answer beside an answer, from the headings around its quotes."""
        return self._suggestions.around(self._recall.shown(answer.quotes), count)

    def starters(self, count: int = 6) -> tuple[str, ...]:
        """Suggested questions, made from the corpus's own headings and titles."""
        return self._suggestions.starters(count)

    @property
    def grouped_starters(self) -> tuple[Starter, ...]:
        """A question for each thing that people want to know, as far as the headings have one."""
        return self._suggestions.grouped

    def headings(self, doc: str) -> Mapping[tuple[str, ...], str]:
        """The question that each heading of a document stands for."""
        return self._suggestions.headings(doc)

    def replay(self, questions: Sequence[str]) -> tuple[Turn, ...]:
        """The turns of a conversation in which these were asked in order."""
        turns: tuple[Turn, ...] = ()
        for question in questions:
            turns = (*turns, Turn(question, self.ask(question, turns, depth=0)))
        return turns

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        depth: int = 10,
        undo: Undo | None = None,
        lost: bool = False,
    ) -> Answer:
        """What the sources say to a question; raises QuestionError for one that cannot be looked up.

        `lost` says that there was more before it than the history has, which it may lean on.
        """
        started = time.perf_counter()
        check_askable(question, self.settings.max_question_chars)
        answer = self._answer(squeezed(question), history, depth, undo or Undo(), lost=lost)
        return replace(answer, question=question, milliseconds=(time.perf_counter() - started) * 1000)

    @property
    def retriever(self) -> Retriever:
        """What ranks, to be looked into by those who explain a ranking."""
        return self._retriever

    def query(self, question: str, history: Sequence[Turn] = ()) -> Query:
        """What a question is taken to look for; raises QuestionError for one that cannot be looked up."""
        check_askable(question, self.settings.max_question_chars)
        check_script(question, self._interpreter.knows)
        return self._interpreter.query(question, history)

    def leans(self, question: str) -> bool:
        """Whether a question may go on about an earlier one."""
        return self._interpreter.leans(squeezed(question), lost=True)

    def _answer(
        self, question: str, history: Sequence[Turn], depth: int, undo: Undo, *, lost: bool
    ) -> Answer:
        asked = [question[part.start : part.end] for part in parts(question)]
        notice = gravest(detect(text) for text in (question, *asked))
        if notice == "crisis":
            # It stands alone: nothing is looked up, and nothing else is offered.
            return Answer(question, outcome="none", notice=notice)
        aside = self._aside(question, history, undo, lost=lost)
        if aside is not None:
            return replace(aside, notice=notice)
        if history and history[-1].asked_back and self._is_reply(question):
            meant = f"{question.rstrip(' .')}. {squeezed(history[-1].question)}"
            answer = self._answer(meant, history[:-1], depth, undo, lost=False)
            return replace(answer, understood=replace(answer.understood, asked=meant))
        check_script(question, self._interpreter.knows)
        whole = replace(self._looked_up(question, history, depth, undo), notice=notice)
        if len(asked) < 2:
            return whole
        turns, answers = tuple(history), []
        for part in asked[:MOST_PARTS]:
            answers.append(self._looked_up(part, turns, 0, undo, beside=question))
            turns = (*turns, Turn(part, answers[-1]))
        combination = combined(whole, answers, asked[MOST_PARTS:])
        return replace(combination, suggestions=self._offered(question, combination.outcome))

    def _aside(self, question: str, history: Sequence[Turn], undo: Undo, *, lost: bool) -> Answer | None:
        """What is said to a message that cannot be looked up; None for all others."""
        understands = self._interpreter
        first = not history and not lost
        said = small_talk(question, known=understands.knows, topic=understands.is_topic, first=first)
        if said is not None:
            return Answer(question, outcome="none", small_talk=said, suggestions=self.starters(3))
        alone = undo.carried or not any(turn.asks for turn in history)
        if alone and understands.leans(question, undo=undo, lost=lost):
            # Whoever was in the middle of something wants to go on with that.
            offered = () if lost else self.starters(3)
            answer = Answer(question, outcome="none", small_talk="leaning", suggestions=offered)
            return replace(answer, decision=asks_decision(question))
        language = foreign_language(question, known=understands.knows, sources=self._languages)
        if language is not None:
            return Answer(question, outcome="none", language=language, suggestions=self.starters(3))
        return None

    def _is_reply(self, message: str) -> bool:
        """Whether a message may tell what an earlier question is about."""
        return len(message.split()) <= MOST_IN_REPLY and self._interpreter.only_names(message)

    def _looked_up(
        self, question: str, history: Sequence[Turn], depth: int, undo: Undo, *, beside: str = ""
    ) -> Answer:
        """The answer to one question; what it means is read with the message that it stands `beside`."""
        query = self._interpreter.query(question, history, undo=undo)
        if beside:
            query = replace(query, message=f"{query.message} {beside}")
        ranking = self._retriever.ranking(query)
        judgement = judged(ranking)
        quotes = self._quoter.quotes(ranking, judgement)
        outcome = judgement.outcome(self.settings) if quotes else "none"
        return Answer(
            question=question,
            outcome=outcome,
            quotes=quotes,
            ranked=tuple(ranking.hits[:depth]),
            understood=ranking.query.understood,
            missing=ranking.query.unknown,
            suggestions=self._offered(question, outcome),
            confidence=judgement.answered,
            decision=asks_decision(question),
            afraid=is_afraid(question),
        )

    def _offered(self, question: str, outcome: Outcome) -> tuple[str, ...]:
        """What can be asked instead; where nothing is near, what it shares with a heading is mere chance."""
        if outcome == "none":
            return self.starters(3)
        return () if outcome == "answered" else self._suggestions.near(question, 3)
