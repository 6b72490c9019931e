"""A question of a run in, what a reader needs to judge it out: gold and ranking in their surrounding text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from bot.assistant import Assistant
from bot.evaluation.contrast import Contrast, contrast
from bot.evaluation.gold import Gold
from bot.evaluation.hitting import hits
from bot.evaluation.misses import Miss
from bot.evaluation.predictions import Prediction, Ranked, Shown
from bot.evaluation.questions import Question
from bot.evaluation.rows import Row
from bot.records import Document, Span
from bot.web.evaluate.results import Scored

# Enough to see where a passage stands, little enough for two columns side by side.
AROUND = 240
# A whole document as gold is shown by its beginning.
LONGEST_MARK = 1200


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A span marked in the text around it; `cut` tells that the mark goes on, `address` opens the source."""

    doc: str
    title: str
    language: str
    start: int
    end: int
    before: str
    marked: str
    after: str
    cut: bool
    address: str


@dataclass(frozen=True, slots=True)
class Place:
    """One passage of the ranking, or of what was shown, and whether it is right."""

    rank: int
    right: bool
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class LookedInto:
    """One question of a run beside what was said to it.

    `understood` has sentences on how it was taken; `contrast` tells for a miss what speaks for the first
    passage and what for the right one.
    """

    place: int
    question: Question
    prediction: Prediction
    miss: Miss | None
    contrast: Contrast | None
    understood: tuple[str, ...]
    gold: tuple[Excerpt, ...]
    ranking: tuple[Place, ...]
    shown: tuple[Place, ...]

    @property
    def first(self) -> Place | None:
        """What came first in the ranking, or else was shown first."""
        return next(iter(self.ranking or self.shown), None)


def looked_into(scored: Scored, place: int, said: Row, assistant: Assistant) -> LookedInto:
    """The question at a place from 1 of a run; raises QuestionSetError for a damaged prediction."""
    question = scored.run.questions[place - 1]
    prediction, documents = scored.run.predictions[question.id], scored.run.documents
    return LookedInto(
        place=place,
        question=question,
        prediction=prediction,
        miss=scored.misses.get(question.id),
        contrast=contrast(assistant, question) if question.id in scored.misses else None,
        understood=_understood(said),
        gold=tuple(_gold_excerpts(question.relevant, documents)),
        ranking=tuple(_places(prediction.ranked or (), question, documents)),
        shown=tuple(_places(prediction.passages, question, documents)),
    )


def excerpt(document: Document, span: Span) -> Excerpt:
    """A span of a document with the text around it; ends outside the document are moved inside."""
    length = len(document.text)
    start = min(max(span.start, 0), length)
    end = min(max(span.end, start), length)
    shown_end = min(end, start + LONGEST_MARK)
    cut = shown_end < end
    return Excerpt(
        doc=document.id,
        title=document.title,
        language=document.language,
        start=start,
        end=end,
        before=_before(document.text, start),
        marked=document.text[start:shown_end],
        after="" if cut else _after(document.text, end),
        cut=cut,
        address=f"/read/{quote(document.id)}?sha256={document.digest}#{start}-{end}",
    )


def _before(text: str, start: int) -> str:
    """The text up to an offset, from a whole word on."""
    before = text[max(start - AROUND, 0) : start]
    return before if start <= AROUND else before[before.find(" ") + 1 :]


def _after(text: str, end: int) -> str:
    """The text from an offset on, up to a whole word."""
    after = text[end : end + AROUND]
    return after if end + AROUND >= len(text) else after[: after.rfind(" ") + 1] or after


def _gold_excerpts(golds: Iterable[Gold], documents: Mapping[str, Document]) -> Iterable[Excerpt]:
    """Each right answer at its first occurrence."""
    for gold in golds:
        document = documents[gold.doc]
        yield excerpt(document, gold.spans[0] if gold.spans else Span(0, len(document.text)))


def _places(
    passages: Iterable[Ranked | Shown], question: Question, documents: Mapping[str, Document]
) -> Iterable[Place]:
    """Passages whose documents there are, with their places from 1."""
    for rank, passage in enumerate(passages, 1):
        if passage.doc in documents:
            right = any(hits(passage, gold) for gold in question.relevant)
            span = Span(passage.start, passage.end)
            yield Place(rank, right, excerpt(documents[passage.doc], span))


def _understood(said: Row) -> tuple[str, ...]:
    taken = said.values.get("understood")
    row = Row(said.where, taken if isinstance(taken, dict) else {})
    found = [f"Searched for “{pair[1]}” where “{pair[0]}” was typed." for pair in _pairs(row, "corrected")]
    found += [f"Also searched for “{pair[1]}” beside “{pair[0]}”." for pair in _pairs(row, "added")]
    if carried := row.texts("carried"):
        found.append(f"Carried over from earlier questions: {', '.join(carried)}.")
    if row.has("asked"):
        found.append(f"Taken as the question: “{row.text('asked')}”.")
    if aspects := row.texts("aspects"):
        found.append(f"Taken to ask about: {', '.join(aspects)}.")
    if missing := said.texts("missing"):
        found.append(f"Words that no source has: {', '.join(missing)}.")
    return tuple(found)


def _pairs(row: Row, name: str) -> list[tuple[str, str]]:
    pairs = []
    for value in row.items(name):
        match value:
            case [str(own), str(other), *_]:
                pairs.append((own, other))
            case _:
                row.fail(f'the field "{name}" must list pairs of texts; run it again.')
    return pairs
