"""A question of a run in, what a reader needs to judge it out: gold, what was shown, the ranking, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.assistant import Assistant
from bot.errors import EngineError, QuestionError
from bot.evaluation.contrast import Contrast, contrast
from bot.evaluation.explain import Reasons, explain
from bot.evaluation.hitting import hits
from bot.evaluation.predictions import Prediction, Ranked, Shown, prediction_of
from bot.evaluation.questions import Question
from bot.evaluation.rows import Row
from bot.records import Document, Span
from bot.web.evaluate.excerpts import LONGEST_MARK, Excerpt, excerpt
from bot.web.evaluate.kept import KeptDocument, KeptGold, KeptQuestion
from bot.web.evaluate.verdicts import Held, JudgedPassage, Verdicts

# A topic of a public collection may have hundreds of right documents.
MOST_GOLD = 20


@dataclass(frozen=True, slots=True)
class Place:
    """One passage of the ranking, or of what was shown: whether it is right, and how it is judged.

    `known` is None where its document has changed and its words were not kept: it cannot be judged.
    """

    rank: int
    right: bool
    excerpt: Excerpt
    known: JudgedPassage | None
    held: Held | None
    seen: int


@dataclass(frozen=True, slots=True)
class LookedInto:
    """One question of a run beside what was said to it.

    `understood` has sentences on how it was taken; `reasons` tell what speaks for what came first, `contrast`
    what speaks for it and what for the right passage, where they are told apart at all. `changed` are the
    names of documents that are not what they were.
    """

    kept: KeptQuestion
    prediction: Prediction
    understood: tuple[str, ...]
    gold: tuple[Excerpt, ...]
    ranking: tuple[Place, ...]
    shown: tuple[Place, ...]
    verdicts: Verdicts
    contrast: Contrast | None
    reasons: tuple[Reasons, ...]
    changed: tuple[str, ...]

    @property
    def first(self) -> Place | None:
        """What came first in the ranking, or else was shown first."""
        return next(iter(self.ranking or self.shown), None)

    @property
    def refusal(self) -> Held | None:
        """Whether somebody noted that the documents do not answer it."""
        return self.verdicts.of(None)


class Looking:
    """Questions of a run looked into, over the documents of today as far as they are those of then."""

    def __init__(
        self, assistant: Assistant, documents: Mapping[str, KeptDocument], *, same_corpus: bool
    ) -> None:
        self._assistant = assistant
        self._documents = documents
        self._same = same_corpus

    def into(self, kept: KeptQuestion, said: Row, verdicts: Verdicts) -> LookedInto:
        """One question; raises QuestionSetError for a damaged prediction."""
        prediction = prediction_of(said)
        asked = kept.as_asked
        beside = contrast(self._assistant, asked) if self._same and kept.right is False else None
        told_apart = beside is not None and beside.gold is not None and beside.gold.rank > 1
        named = [*(gold.gold.doc for gold in kept.golds), *(one.doc for one in prediction.passages)]
        return LookedInto(
            kept=kept,
            prediction=prediction,
            understood=_understood(said),
            gold=tuple(map(self._gold, kept.golds[:MOST_GOLD])),
            ranking=tuple(self._places(prediction.ranked or (), prediction, asked, verdicts)),
            shown=tuple(self._places(prediction.passages, prediction, asked, verdicts)),
            verdicts=verdicts,
            contrast=beside if told_apart else None,
            reasons=() if told_apart else self._reasons(asked),
            changed=tuple(doc for doc in dict.fromkeys(named) if self._document(doc) is None),
        )

    def passage(self, said: Row, where: str) -> JudgedPassage | None:
        """The passage that "shown-RANK" or "ranked-RANK" names; None where there is none, or not any more."""
        prediction = prediction_of(said)
        list_name, _, rank = where.partition("-")
        listed: Sequence[Ranked | Shown] = (
            prediction.passages if list_name == "shown" else prediction.ranked or ()
        )
        if not (rank.isascii() and rank.isdecimal()) or not 1 <= int(rank[:6]) <= len(listed):
            return None
        return self._judged(listed[int(rank[:6]) - 1], prediction)

    def _document(self, doc: str) -> Document | None:
        """A document that is what it was when the run was made."""
        kept = self._documents.get(doc)
        if kept is None or not self._assistant.holds(doc):
            return None
        document = self._assistant.document(doc)
        return document if document.digest == kept.digest else None

    def _gold(self, gold: KeptGold) -> Excerpt:
        document, spans = self._document(gold.gold.doc), gold.gold.spans
        if document is not None:
            return excerpt(document, spans[0] if spans else Span(0, len(document.text)))
        return self._bare(gold.gold.doc, spans[0] if spans else Span(0, len(gold.words)), gold.words)

    def _places(
        self,
        passages: Iterable[Ranked | Shown],
        prediction: Prediction,
        asked: Question,
        verdicts: Verdicts,
    ) -> Iterable[Place]:
        for rank, passage in enumerate(passages, 1):
            known, document = self._judged(passage, prediction), self._document(passage.doc)
            span = Span(passage.start, passage.end)
            yield Place(
                rank,
                any(hits(passage, gold) for gold in asked.relevant),
                excerpt(document, span)
                if document
                else self._bare(passage.doc, span, known.text if known else ""),
                known,
                verdicts.of(known) if known else None,
                verdicts.seen_of(known) if known else 0,
            )

    def _judged(self, passage: Ranked | Shown, prediction: Prediction) -> JudgedPassage | None:
        """A passage with its words, from its document or else from what was shown; None without any."""
        document = self._document(passage.doc)
        if document:
            text = document.text[max(passage.start, 0) : max(passage.end, 0)]
        else:
            place = (passage.doc, passage.start, passage.end)
            kept = (one.text for one in prediction.passages if (one.doc, one.start, one.end) == place)
            text = next(kept, "")
        return JudgedPassage(passage.doc, passage.start, passage.end, text) if text.strip() else None

    def _bare(self, doc: str, span: Span, words: str) -> Excerpt:
        """An excerpt of a document that has changed since, from the words that were kept."""
        kept = self._documents.get(doc)
        title, language = (kept.title, kept.language) if kept else (doc, "en")
        marked = words[:LONGEST_MARK]
        return Excerpt(
            doc, title, language, span.start, span.end, "", marked, "", len(words) > LONGEST_MARK, ""
        )

    def _reasons(self, asked: Question) -> tuple[Reasons, ...]:
        if not self._same:
            return ()
        try:
            history = self._assistant.replay(asked.history) if asked.history else ()
            return explain(self._assistant, asked.question, history).reasons
        except (QuestionError, EngineError):
            return ()


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
