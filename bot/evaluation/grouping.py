"""Questions in, out which of them depend on each other, so that they are one case of intervals and tests.

Forms of one question always are. Questions on one document (or article) are where there are enough
documents to be taken for a sample of such documents; otherwise figures are of these documents alone.
"""

from collections.abc import Iterable, Mapping, Sequence

from bot.evaluation.questions import Question

# With fewer groups, spread between them cannot be told (Cameron and Miller 2015 name 20 to 50).
LEAST_DOCUMENTS = 20


def groups_of(questions: Sequence[Question]) -> Mapping[str, str]:
    """The group of each question by its id."""
    forms = {question.id: f"question {question.of or question.id}" for question in questions}
    sources = {question.id: source for question in questions if (source := _source(question)) is not None}
    many = len(set(sources.values())) >= LEAST_DOCUMENTS
    return {name: sources.get(name, form) if many else form for name, form in forms.items()}


def on_groups(groups: Iterable[str]) -> tuple[str, ...]:
    """A sentence where questions share a document; else none."""
    listed = list(groups)
    documents = [group for group in listed if group.startswith("document ")]
    if len(documents) == len(set(documents)):
        return ()
    return (
        f"{len(documents)} questions are on {len(set(documents))} documents: intervals and tests take the"
        " questions on one document together, as they depend on each other.",
    )


def _source(question: Question) -> str | None:
    """The one document that a question is about, as far as its set or its answers tell."""
    documents = {gold.doc for gold in question.relevant}
    if question.article is not None:
        return f"document {question.article}"
    return f"document {documents.pop()}" if len(documents) == 1 else None
