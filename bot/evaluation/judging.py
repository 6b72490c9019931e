"""A question and its prediction in, one record of what was right and wrong out.

Every figure is worked out from these records, so that a figure can always be taken apart again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.errors import QuestionSetError
from bot.evaluation.agreement import agreement
from bot.evaluation.depth import Unit, depth_of, first_units, unit_of
from bot.evaluation.gold import Gold
from bot.evaluation.grouping import groups_of
from bot.evaluation.hitting import hits
from bot.evaluation.predictions import Prediction, Ranked, Shown
from bot.evaluation.questions import Question
from bot.evaluation.quoting import quoted
from bot.evaluation.ranking import RankingValues, unjudged_share, values_of
from bot.evaluation.reading_cost import NOTHING, Amount, Lengths, amount_of
from bot.evaluation.wording_overlap import exact_match, word_f1
from bot.records import Document, Outcome


@dataclass(frozen=True, slots=True)
class Violation:
    """Something shown as a quotation that is not the source's own words."""

    doc: str
    start: int
    end: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What was right and wrong about one prediction.

    `found_at` has, for each relevant answer, the place from 1 in the ranking of the first `unit` (passage or
    document) that hits it, None where none does; `depth` is how far down the rankings of the run can be
    judged, None where that is not known. `found_at` is None as a whole where the ranking was left out, as is
    `ranking`. `word_f1` and `exact` compare what is marked in the first passage shown with the gold words,
    where there are any, `overall_f1` and `overall_exact` do so with "no answer" as the gold of what the
    sources do not answer. `unjudged` is the share of the ranking that nobody has judged. One that is not
    `counted` has nothing to be right or wrong by. `read` is how much there is to read down to each of the
    first units, `read_shown` in what was shown. One that is not `decided` does not say whether it answers.
    """

    id: str
    kind: str
    answerable: bool
    outcome: Outcome
    found_at: tuple[int | None, ...] | None
    shown: int
    shown_hits: int
    shown_characters: int
    violations: tuple[Violation, ...]
    confidence: float | None
    milliseconds: float | None
    ranking: RankingValues | None = None
    word_f1: float | None = None
    exact: float | None = None
    overall_f1: float | None = None
    overall_exact: float | None = None
    unjudged: float | None = None
    agrees: bool | None = None
    counted: bool = True
    unit: Unit = "passage"
    depth: int | None = None
    cluster: str | None = None
    of: str | None = None
    read: tuple[Amount, ...] = ()
    read_shown: Amount = NOTHING
    decided: bool = True

    @property
    def refusable(self) -> bool:
        """Whether the sources are known not to answer it."""
        return self.counted and not self.answerable

    @property
    def group(self) -> str:
        """What it depends on others by: its document, the question that it is a form of, or just itself."""
        return self.cluster or self.of or self.id

    @property
    def rank(self) -> int | None:
        """The place of the first unit of the ranking that hits any answer."""
        return min((place for place in self.found_at or () if place is not None), default=None)

    def reaches(self, depth: int) -> bool:
        """Whether there is a ranking that can be judged so far down."""
        return self.found_at is not None and (self.depth is None or depth <= self.depth)


def judge(
    questions: Sequence[Question], predictions: Mapping[str, Prediction], documents: Mapping[str, Document]
) -> tuple[Judged, ...]:
    """A record for each question, in order. Raises QuestionSetError where predictions do not match."""
    _refuse_mismatch(questions, predictions)
    pairs = [(question, predictions[question.id]) for question in questions]
    depth = depth_of(questions, predictions)
    values = values_of([(asked, said.ranked) for asked, said in pairs if said.ranked is not None])
    groups = groups_of(questions)
    lengths = Lengths(documents)
    agree = agreement(questions, predictions)
    records = (
        replace(
            _judged(asked, said, documents, values.get(asked.id), lengths),
            agrees=agree.get(asked.id),
            depth=depth,
            cluster=groups[asked.id],
        )
        for asked, said in pairs
    )
    if any(gold.spans for question in questions for gold in question.relevant):
        return tuple(records)
    # Where no gold has words there is nothing that refusals could be taken together with.
    return tuple(replace(record, overall_f1=None, overall_exact=None) for record in records)


def _judged(
    question: Question,
    prediction: Prediction,
    documents: Mapping[str, Document],
    ranking: RankingValues | None,
    lengths: Lengths,
) -> Judged:
    right = question.relevant
    golds = _gold_texts(right, documents)
    unit = unit_of(question)
    units = None if prediction.ranked is None else first_units(prediction.ranked, unit)
    words = _agreement_in_words(question, prediction, golds, documents)
    return Judged(
        id=question.id,
        kind=question.kind,
        answerable=question.answerable,
        outcome=prediction.outcome,
        found_at=None if units is None else _found_at(units, right),
        unit=unit,
        shown=len(prediction.passages),
        shown_hits=sum(any(hits(passage, gold) for gold in right) for passage in prediction.passages),
        shown_characters=sum(len(passage.text) for passage in prediction.passages),
        violations=tuple(
            Violation(passage.doc, passage.start, passage.end, sentence)
            for passage in prediction.passages
            for sentence in _violations(passage, documents.get(passage.doc))
        ),
        confidence=prediction.confidence,
        milliseconds=prediction.milliseconds,
        ranking=ranking,
        word_f1=words.f1 if golds else None,
        exact=words.exact if golds else None,
        overall_f1=words.f1,
        overall_exact=words.exact,
        counted=question.counted,
        unjudged=unjudged_share(question, prediction.ranked or ()) if question.counted else None,
        of=question.of,
        read=lengths.down_to(units or ()),
        read_shown=sum((amount_of(passage.text) for passage in prediction.passages), NOTHING),
        decided=prediction.decided,
    )


@dataclass(frozen=True, slots=True)
class _InWords:
    f1: float | None
    exact: float | None


def _agreement_in_words(
    question: Question, prediction: Prediction, golds: Sequence[str], documents: Mapping[str, Document]
) -> _InWords:
    """How far what is marked has the gold words or, where the sources do not answer, whether nothing is."""
    if not prediction.decided:
        return _InWords(None, None)
    if golds:
        marked = _marked(prediction, documents)
        return _InWords(word_f1(marked, golds), exact_match(marked, golds))
    if question.counted and not question.answerable:
        refused = float(prediction.outcome != "answered")
        return _InWords(refused, refused)
    return _InWords(None, None)


def _gold_texts(right: Sequence[Gold], documents: Mapping[str, Document]) -> list[str]:
    return [documents[gold.doc].text[span.start : span.end] for gold in right for span in gold.spans]


def _marked(prediction: Prediction, documents: Mapping[str, Document]) -> str:
    """What is marked in the first passage of an answer; empty where none was given."""
    if prediction.outcome != "answered" or not prediction.passages:
        return ""
    first = prediction.passages[0]
    document = documents.get(first.doc)
    if document is None:
        return ""
    return " ".join(document.text[max(span.start, 0) : max(span.end, 0)] for span in first.highlights)


def _found_at(ranking: Sequence[Ranked], right: Sequence[Gold]) -> tuple[int | None, ...]:
    return tuple(
        next((place for place, passage in enumerate(ranking, 1) if hits(passage, gold)), None)
        for gold in right
    )


def _violations(passage: Shown, document: Document | None) -> list[str]:
    """What is not verbatim about a shown passage: its text, then each of its highlights."""
    if document is None:
        return ["its document is not in the corpus"]
    if not 0 <= passage.start < passage.end <= len(document.text):
        return ["its span is not inside the document"]
    found = []
    if document.text[passage.start : passage.end] != passage.text:
        found.append("its text is not what the document has at its span")
    found += [
        f"the highlight {span.start} to {span.end} is not inside the passage"
        for span in passage.highlights
        if not passage.start <= span.start < span.end <= passage.end
    ]
    return found


def _refuse_mismatch(questions: Sequence[Question], predictions: Mapping[str, Prediction]) -> None:
    asked = {question.id for question in questions}
    missing = next((question.id for question in questions if question.id not in predictions), None)
    if missing is not None:
        count = sum(question.id not in predictions for question in questions)
        raise QuestionSetError(
            f"The question {quoted(missing)} has no prediction ({count} of {len(questions)} have none);"
            " run predict over the whole question set."
        )
    extra = next((name for name in predictions if name not in asked), None)
    if extra is not None:
        raise QuestionSetError(
            f"The prediction {quoted(extra)} belongs to no question of the set;"
            " score it with the question set it was made from."
        )
    if len({prediction.ranked is None for prediction in predictions.values()}) > 1:
        bare = next(name for name, prediction in predictions.items() if prediction.ranked is None)
        raise QuestionSetError(
            f"The prediction {quoted(bare)} has no ranking while others have one; run predict again."
        )
