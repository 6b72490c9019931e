"""Answers as written and a corpus in, exact gold spans out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from bot.errors import QuestionSetError
from bot.evaluation.formats.entries import GoldEntry
from bot.evaluation.quoting import quoted
from bot.records import Document, Span

# Below this likeness, in percent, a nearest match would only mislead.
LEAST_LIKENESS = 50.0
# The grade of an answer that is given by its words: the highest there is.
SPAN_GRADE = 3


@dataclass(frozen=True, slots=True)
class Gold:
    """One right answer.

    `spans` are its occurrences in the document, any of which will do; without spans it is the whole
    document. Words that occur more than once in a document give one Gold with several spans.
    """

    doc: str
    spans: tuple[Span, ...] = ()
    grade: int = SPAN_GRADE
    relevant: bool = True


def find_gold(entry: GoldEntry, documents: Mapping[str, Document]) -> Gold:
    """The gold of one answer; raises QuestionSetError where it does not fit the corpus."""
    document = documents.get(entry.doc)
    if document is None:
        _fail(entry, _unknown_document(entry.doc, documents))
    if entry.text is not None:
        return Gold(entry.doc, _occurrences(entry, entry.text, document))
    if entry.start is not None and entry.end is not None:
        return Gold(entry.doc, (_span(entry, entry.start, entry.end, document),))
    if entry.grade is None:
        _fail(entry, 'the answer has only one of "start" and "end"; give both.')
    return Gold(entry.doc, grade=entry.grade, relevant=entry.grade >= entry.relevant_from)


def _occurrences(entry: GoldEntry, words: str, document: Document) -> tuple[Span, ...]:
    spans, start = [], document.text.find(words)
    while start >= 0:
        spans.append(Span(start, start + len(words)))
        start = document.text.find(words, start + len(words))
    if not spans:
        _fail(
            entry,
            f"the answer {quoted(words)} is not in {quoted(document.id)};"
            f" {_nearest(words, document)}copy it character for character.",
        )
    return tuple(spans)


def _nearest(words: str, document: Document) -> str:
    from rapidfuzz import fuzz

    match = fuzz.partial_ratio_alignment(words, document.text, score_cutoff=LEAST_LIKENESS)
    if match is None:
        return "nothing there is like it, so check the document; "
    found = document.text[match.dest_start : match.dest_end]
    longest = max(len(words) + 40, 80)
    return f"the nearest is {quoted(found, longest=longest)} at {match.dest_start}; "


def _span(entry: GoldEntry, start: int, end: int, document: Document) -> Span:
    length = len(document.text)
    if not 0 <= start < end <= length:
        _fail(
            entry,
            f"the span {start} to {end} is not inside {quoted(document.id)}, which has {length} characters;"
            " correct it.",
        )
    return Span(start, end)


def _unknown_document(doc: str, documents: Mapping[str, Document]) -> str:
    from rapidfuzz import process

    near = process.extractOne(doc, list(documents), score_cutoff=LEAST_LIKENESS)
    hint = f"; did you mean {quoted(near[0])}?" if near else "; give its path inside the corpus folder."
    return f"the document {quoted(doc)} is not in the corpus{hint}"


def _fail(entry: GoldEntry, sentence: str) -> NoReturn:
    raise QuestionSetError(f"{entry.where}: {sentence}")
