"""Answers as written and a corpus in, exact gold spans out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NoReturn

from bot.errors import QuestionSetError
from bot.evaluation.formats.entries import GoldEntry
from bot.evaluation.names import Names
from bot.evaluation.quoting import quoted
from bot.records import Corpus, Document, Span

# Looking for the nearest takes a while: only the first so many answers that are missing get one.
MOST_HINTS = 20
# Below this likeness, in percent, a nearest match would only mislead.
LEAST_LIKENESS = 50.0
# Longer words, or more of them, take too long to be likened to every document; a hint is for slips of a pen.
LONGEST_LIKENED = 2_000
# The grade of an answer that is given by its words: the highest there is.
SPAN_GRADE = 3
# Signs that look alike, by each of them.
_ALIKE = {sign: f"[{re.escape(group)}]" for group in ("'’‘‛´`", '"“”„‟«»', "-‐‑‒–—−") for sign in group}
_GIVEN = re.compile(r"(?P<doc>.+):(?P<start>[0-9]{1,12})-(?P<end>[0-9]{1,12})")


@dataclass(frozen=True, slots=True)
class Gold:
    """One right answer.

    `spans` are its occurrences in the document, any of which will do; without spans it is the whole
    document. Words that occur more than once in a document give one Gold with several spans. `named` is what
    its set calls a whole document.
    """

    doc: str
    spans: tuple[Span, ...] = ()
    grade: int = SPAN_GRADE
    relevant: bool = True
    named: str | None = field(default=None, compare=False)


class _MissingError(QuestionSetError):
    """What is given as an answer is not in the corpus."""


class GoldFinder:
    """Finds what question sets give as answers in the documents of one corpus.

    With `keep_missing` an answer that is not there is no error but left out; `missing` has a sentence on
    each. `relevant_from` is the least grade that counts as right, instead of what each entry says.
    """

    def __init__(
        self, corpus: Corpus, *, keep_missing: bool = False, relevant_from: int | None = None
    ) -> None:
        self.missing: list[str] = []
        self._relevant_from = relevant_from
        self._keep_missing = keep_missing
        self._hints = MOST_HINTS
        self._names = Names(corpus.documents)
        self._documents = self._names.documents

    def find(self, entry: GoldEntry) -> tuple[Gold, ...]:
        """The gold of one answer, more than one only where its words stand in several documents.

        It is empty for what is missing and may be. Raises QuestionSetError where it does not fit the corpus.
        """
        try:
            return self._found(entry)
        except _MissingError as missing:
            if not self._keep_missing:
                raise
            self.missing.append(str(missing))
            return ()

    def _found(self, entry: GoldEntry) -> tuple[Gold, ...]:
        if entry.fault is not None:
            raise _MissingError(entry.fault)
        if entry.context is not None:
            return self._in_context(entry, entry.context)
        if entry.doc is None:
            return self._anywhere(entry, entry.text or "")
        document = self._document(entry, entry.doc)
        if entry.start is not None and entry.end is not None:
            return (Gold(document.id, (self._span(entry, entry.start, entry.end, document),)),)
        if entry.text is not None:
            return (Gold(document.id, self._occurrences(entry, entry.text, document)),)
        if entry.grade is None:
            _fail(entry, 'the answer has only one of "start" and "end"; give both.')
        relevant = entry.grade >= (self._relevant_from or entry.relevant_from)
        return (Gold(document.id, grade=entry.grade, relevant=relevant, named=entry.doc),)

    def _document(self, entry: GoldEntry, doc: str) -> Document:
        document = self._names.find(doc) if entry.by_stem else self._names.by_path(doc)
        if document is None:
            _miss(entry, self._unknown(doc))
        return document

    def _unknown(self, doc: str) -> str:
        self._hints -= 1
        near = _nearest_name(doc, self._documents) if self._hints >= 0 and len(doc) <= LONGEST_LIKENED else ""
        hint = f"; did you mean {quoted(near)}?" if near else "; give its path inside the corpus folder."
        return f"the document {quoted(doc)} is not in the corpus{hint}"

    def _anywhere(self, entry: GoldEntry, words: str) -> tuple[Gold, ...]:
        found = tuple(
            Gold(document.id, spans)
            for document in self._documents.values()
            if (spans := _spans_of(words, document))
        )
        if not found:
            near = self._nearest(words, self._documents.values())
            _miss(
                entry, f"the answer {quoted(words)} is in no document; {near}copy it character for character."
            )
        return found

    def _in_context(self, entry: GoldEntry, context: str) -> tuple[Gold, ...]:
        found = tuple(
            Gold(
                document.id,
                tuple(
                    Span(place.start + start, place.start + end)
                    for place in _spans_of(context, document)
                    for start, end in entry.alternatives
                ),
            )
            for document in self._documents.values()
            if context in document.text
        )
        if not found:
            _miss(entry, f"the context {quoted(context)} is in no document; use the corpus it was made from.")
        return found

    def _occurrences(self, entry: GoldEntry, words: str, document: Document) -> tuple[Span, ...]:
        spans = _spans_of(words, document)
        if not spans:
            _miss(
                entry,
                f"the answer {quoted(words)} is not in {quoted(document.id)};"
                f" {self._nearest(words, [document])}copy it character for character.",
            )
        return spans

    def _span(self, entry: GoldEntry, start: int, end: int, document: Document) -> Span:
        length = len(document.text)
        if not 0 <= start < end <= length:
            _miss(
                entry,
                f"the span {start} to {end} is not inside {quoted(document.id)}, which has {length}"
                " characters; correct it.",
            )
        if entry.text is not None and document.text[start:end] != entry.text:
            _miss(
                entry,
                f"the answer {quoted(entry.text)} does not stand at {start} to {end} of"
                f" {quoted(document.id)}; {self._nearest(entry.text, [document])}correct the span.",
            )
        return Span(start, end)

    def _nearest(self, words: str, documents: Iterable[Document]) -> str:
        """What is most like the words, for the first few that are looked for: it takes a while."""
        self._hints -= 1
        return _nearest(words, documents) if self._hints >= 0 and len(words) <= LONGEST_LIKENED else ""


def given(texts: Iterable[str], corpus: Corpus) -> tuple[Gold, ...]:
    """The gold of DOC:START-END or DOC each; raises QuestionSetError where it does not fit the corpus."""
    finder = GoldFinder(corpus)
    return tuple(gold for text in texts for gold in finder.find(_entry(text)))


def _entry(text: str) -> GoldEntry:
    where, found = f"The answer {quoted(text)}", _GIVEN.fullmatch(text)
    if found is None:
        return GoldEntry(where, text, grade=SPAN_GRADE)
    return GoldEntry(where, found["doc"], start=int(found["start"]), end=int(found["end"]))


def _spans_of(words: str, document: Document) -> tuple[Span, ...]:
    """Where the words stand, occurrences that overlap an earlier one left out.

    Words that are copied across the end of a line, or through a word processor, have other blanks, quotation
    marks and dashes; they are looked for where the words as they are stand nowhere.
    """
    found = re.finditer(re.escape(words), document.text)
    spans = tuple(Span(*match.span()) for match in found)
    if spans or not words.strip():
        return spans
    return tuple(Span(*match.span()) for match in re.finditer(_as_copied(words), document.text))


def _as_copied(words: str) -> str:
    """A pattern for the words with whatever blanks, quotation marks and dashes."""
    parts = ("".join(_ALIKE.get(sign, re.escape(sign)) for sign in part) for part in words.split())
    return r"\s+".join(parts)


def _nearest(words: str, documents: Iterable[Document]) -> str:
    from rapidfuzz import fuzz

    matches = (
        (match.score, document, match)
        for document in documents
        if (match := fuzz.partial_ratio_alignment(words, document.text, score_cutoff=LEAST_LIKENESS))
    )
    best = max(matches, key=itemgetter(0), default=None)
    if best is None:
        return "nothing there is like it, so check the document; "
    _, document, match = best
    found = quoted(document.text[match.dest_start : match.dest_end], longest=max(len(words) + 40, 80))
    return f"the nearest is {found} at {match.dest_start} of {quoted(document.id)}; "


def _nearest_name(doc: str, documents: Mapping[str, Document]) -> str:
    from rapidfuzz import process

    near = process.extractOne(doc, list(documents), score_cutoff=LEAST_LIKENESS)
    return near[0] if near else ""


def _fail(entry: GoldEntry, sentence: str) -> NoReturn:
    raise QuestionSetError(f"{entry.where}: {sentence}")


def _miss(entry: GoldEntry, sentence: str) -> NoReturn:
    raise _MissingError(f"{entry.where}: {sentence}")
