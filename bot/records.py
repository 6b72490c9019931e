"""The values that travel between the stages, from a read document to a given answer.

Every span is half-open, `[start, end)`, and counts Unicode code points of `Document.text`.
"""

from abc import abstractmethod
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["answered", "related", "none"]
Notice = Literal["urgent", "crisis"]
BlockKind = Literal["paragraph", "item", "row", "note"]
SectionRole = Literal["body", "bibliography", "leftover"]
Felt = Literal["distress", "grief"]
AboutTheBot = Literal["identity", "sources", "privacy", "help"]
SmallTalk = Literal[Felt, AboutTheBot, "greeting", "thanks", "goodbye", "insult", "unclear", "leaning"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, table row or note: markup and white space around it left out.

    A note is a call-out, a box or a footnote: it belongs to the block before it, if its section has one.
    `depth` is the nesting of a list item, 0 for the outermost; `lead_in` tells that the paragraph
    introduces the list or table that follows it ("The signs are:"), `header` that the row names the
    columns of the rows below it.
    """

    kind: BlockKind
    start: int
    end: int
    depth: int = 0
    lead_in: bool = False
    header: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """The text under one heading, up to the next heading of any level.

    `heading` is the path of headings from the outermost in, without the document's title; empty for
    text before the first heading. `start` counts from the heading line. Only "body" sections answer
    questions: a "bibliography" lists sources, a "leftover" is what a web page leaves behind.
    """

    heading: tuple[str, ...]
    start: int
    end: int
    blocks: tuple[Block, ...]
    role: SectionRole = "body"


@dataclass(frozen=True, slots=True)
class Reference:
    """A source that a document restates; its text carries the `mark` in brackets ("[A]") where it does.

    Dates are as precise as stated, like a document's own.
    """

    mark: str
    title: str
    publisher: str | None = None
    published: str | None = None
    revised: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a passage stands in its document: the place of its section among all, its units, what is beside.

    It is a passage without its words, so that it can be kept without a copy of them that might differ.
    """

    section: int
    units: tuple[Span, ...]
    beside: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One source as it was read.

    `id` is its path relative to the corpus folder, with forward slashes. Dates are as precise as the
    document states them: "2015-09-04", "2015-09" or "2015". `pages` holds the start of each page of a
    paged format, `digest` the SHA-256 of `text` in UTF-8. `remarks` are sentences to the operator on how
    the file was read ("Its encoding was guessed: Windows-1252."). `references` are the sources that the
    document retells, `reviewed` what it says of its review ("No clinician has reviewed this text.").
    `cuts` are there once it has been cut.
    """

    id: str
    title: str
    text: str
    sections: tuple[Section, ...]
    digest: str
    publisher: str | None = None
    published: str | None = None
    revised: str | None = None
    address: str | None = None
    language: str = "en"
    pages: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    reviewed: str | None = None
    cuts: tuple[Cut, ...] | None = None

    def page(self, start: int) -> int | None:
        """The number of the page, from 1, that the offset is on; None where there are no pages."""
        return bisect_right(self.pages, start) or None


def languages(documents: Iterable[Document]) -> Mapping[str, int]:
    """How many of some documents are in each language, by its ISO 639-1 code."""
    return Counter(document.language.split("-")[0].lower() for document in documents)


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be read, and one sentence that says why and what to do."""

    file: str
    sentence: str


class Shelved(Sequence[Document]):
    """Documents that are fetched when they are asked for; `ids` and `heads` are at hand without that."""

    @property
    @abstractmethod
    def ids(self) -> list[str]:
        """Their ids, in order."""

    @property
    @abstractmethod
    def heads(self) -> Sequence[Document]:
        """What is known of each beside its text: sections, cuts and pages are left out with it."""

    @property
    @abstractmethod
    def languages(self) -> Mapping[str, int]:
        """How many are in each language."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents of a folder, ordered by id. `digest` changes with any document's id or text."""

    documents: Sequence[Document]
    digest: str
    problems: tuple[Problem, ...] = ()

    @property
    def heads(self) -> Sequence[Document]:
        """The documents for those who do not look at their texts, which may be missing."""
        return self.documents.heads if isinstance(self.documents, Shelved) else self.documents

    @property
    def languages(self) -> Mapping[str, int]:
        """How many documents are in each language, by its ISO 639-1 code."""
        documents = self.documents
        return documents.languages if isinstance(documents, Shelved) else languages(documents)

    def place_of(self, doc: str) -> int:
        """The place of the document with this id. Raises KeyError where there is none."""
        documents = self.documents
        ids = documents.ids if isinstance(documents, Shelved) else [document.id for document in documents]
        if ids[(place := bisect_left(ids, doc)) : place + 1] != [doc]:
            raise KeyError(doc)
        return place


@dataclass(frozen=True, slots=True)
class Passage:
    """An exact slice of a document: `document.text[start:end] == text`.

    `index` is its place among all passages of the corpus. `units` are the sentences and list items
    it is made of, in order; `heading` is the path of its section. `beside` are slices of the document that
    stand outside the passage and without which it could be misread: the header of a table that was cut.
    """

    index: int
    doc: str
    start: int
    end: int
    text: str
    heading: tuple[str, ...]
    units: tuple[Span, ...]
    page: int | None = None
    beside: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Undo:
    """What the patient took back of how the question was understood.

    `corrected` and `added` hold the patient's own words whose correction or added terms are dropped;
    `carried` drops all that was carried over from earlier turns.
    """

    corrected: frozenset[str] = frozenset()
    added: frozenset[str] = frozenset()
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """How a question was understood, to be shown.

    `corrected` pairs a word as typed with the word searched for; `added` pairs the patient's term with
    the one added beside it; `carried` are words taken over from the conversation; `asked` is the part
    of a long message that was taken as the question; `aspects` names what is asked of the subject,
    likeliest first.
    """

    corrected: tuple[tuple[str, str], ...] = ()
    added: tuple[tuple[str, str], ...] = ()
    carried: tuple[str, ...] = ()
    asked: str | None = None
    aspects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its score: higher is better, not comparable between questions."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that is shown, with the spans inside it that answer, counted in the document's text.

    `document` is the one that it was cut from, as it was then: its file may have changed since. `answers` is
    whether it would have been given as an answer, were it the best.
    """

    passage: Passage
    document: Document = field(repr=False)
    score: float
    highlights: tuple[Span, ...]
    answers: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One of several questions of a message, in its words, and the places of its quotes in the answer's."""

    question: str
    outcome: Outcome
    quotes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one question gets.

    `quotes` is what the patient is shown, best first; `ranked` the ranking it was chosen from.
    `confidence` is the calibrated probability that the first passage answers, in [0, 1].
    `missing` are words of the question that the sources do not contain; `suggestions` are questions
    that the sources do answer. `decision` tells that the question is one that only somebody's own doctors
    can decide with them ("should I stop the tablets?"), `afraid` that whoever asks it is frightened. `parts`
    are there where a message asks several questions, and `left` those that it asks beyond them. `small_talk`
    tells of a message that asks the documents nothing what it is, "leaning" of one that goes on about
    something that nobody named. `language` is "en", or the ISO 639-1 code of a language that the message is
    in and the sources are not; neither is looked up.
    """

    question: str
    outcome: Outcome
    quotes: tuple[Quote, ...] = ()
    ranked: tuple[Hit, ...] = ()
    understood: Understood = field(default_factory=Understood)
    notice: Notice | None = None
    small_talk: SmallTalk | None = None
    missing: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    confidence: float = 0.0
    decision: bool = False
    afraid: bool = False
    parts: tuple[Part, ...] = ()
    left: tuple[str, ...] = ()
    language: str = "en"
    milliseconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange of a conversation: the question, the answer that it got, what was taken back."""

    question: str
    answer: Answer
    undo: Undo = field(default_factory=Undo)

    @property
    def asked_back(self) -> bool:
        """Whether it leans on something that was not said, so that the patient was asked for that."""
        return self.answer.small_talk == "leaning"

    @property
    def asks(self) -> bool:
        """Whether it asked the documents something, which a later question may go on about."""
        return self.answer.small_talk is None and self.answer.language == "en"
