"""A corpus in, questions made of its own titles and headings out.

What a document is about is told by its first passage, nearly always; and a question that is a heading of the
corpus is answered by the section under it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.evaluation.gold import Gold
from bot.evaluation.questions import Question
from bot.records import Corpus, Passage, Span

TITLES, HEADINGS = "(titles)", "(headings)"


def made_questions(kind: str, corpus: Corpus, passages: Sequence[Passage]) -> tuple[Question, ...]:
    """The questions of one kind, TITLES or HEADINGS."""
    return tuple(_of_titles(corpus, passages) if kind == TITLES else _of_headings(passages))


def _of_titles(corpus: Corpus, passages: Sequence[Passage]) -> Iterator[Question]:
    first: dict[str, Passage] = {}
    for passage in passages:
        first.setdefault(passage.doc, passage)
    for document in corpus.documents:
        if document.id in first:
            passage = first[document.id]
            gold = Gold(document.id, (Span(passage.start, passage.end),))
            yield Question(f"title {document.id}", f"What is {document.title}?", answers=(gold,))


def _of_headings(passages: Sequence[Passage]) -> Iterator[Question]:
    """Each heading once, answered by whatever stands under it, in any document."""
    under: dict[str, defaultdict[str, list[Span]]] = {}
    for passage in passages:
        if passage.heading:
            spans = under.setdefault(passage.heading[-1], defaultdict(list))
            spans[passage.doc].append(Span(passage.start, passage.end))
    for number, (heading, found) in enumerate(under.items()):
        answers = tuple(Gold(doc, tuple(spans)) for doc, spans in found.items())
        yield Question(f"heading {number}", heading, answers=answers)
