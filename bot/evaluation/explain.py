"""A question in, why its passages rank as they do out: term by term and field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.answering.judge import judged
from bot.aspects import ASPECTS
from bot.assistant import Assistant
from bot.queries import Query
from bot.records import Answer, Hit, Turn
from bot.retrieval import Ranking

# More passages than this do not fit beside each other.
MOST = 3


@dataclass(frozen=True, slots=True)
class TermScore:
    """What one looked-for term gives one passage in each field, before the fields are weighed."""

    term: str
    weight: float
    title: float
    heading: float
    body: float


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why one passage stands where it stands.

    `shares` is what each feature adds to its score; they sum to it. `likelihood` is the calibrated
    probability that it answers, None for a passage so far down that it is not judged.
    """

    rank: int
    hit: Hit
    terms: tuple[TermScore, ...]
    shares: Mapping[str, float]
    evidence: Mapping[str, float]
    likelihood: float | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a question was taken to look for and what spoke for the best passages."""

    answer: Answer
    query: Query
    reasons: tuple[Reasons, ...]


def explain(
    assistant: Assistant, question: str, history: Sequence[Turn] = (), *, most: int = MOST
) -> Explanation:
    """The answer and its reasons; raises QuestionError for a question that cannot be looked up."""
    query = assistant.query(question, history)
    answer = assistant.ask(question, history, depth=most)
    ranking = assistant.retriever.ranking(query)
    found = (reasons(assistant, ranking, rank) for rank in range(min(most, len(answer.ranked))))
    return Explanation(answer, query, tuple(found))


def reasons(assistant: Assistant, ranking: Ranking, rank: int) -> Reasons:
    """What the passage at a rank, from 0, has of what a query looks for."""
    hit, index = ranking.hits[rank], assistant.retriever.fields
    place = np.array([hit.passage.index])
    terms = []
    for term, weight in sorted(ranking.query.weights.items(), key=lambda pair: (-pair[1], pair[0])):
        looked_for = {term: weight}
        terms.append(
            TermScore(
                term,
                weight,
                float(index.title_scores(looked_for, place)[0]),
                float(index.by_heading.scores(looked_for, place)[0]),
                float(index.by_body.scores(looked_for, place)[0]),
            )
        )
    likely = judged(ranking).likelihoods
    return Reasons(
        rank + 1,
        hit,
        tuple(terms),
        ranking.shares(rank),
        ranking.signals.evidence.at(ranking.order[rank]),
        likely[rank] if rank < len(likely) else None,
    )


def lines(found: Explanation) -> list[str]:
    """The explanation as lines for a terminal."""
    answer, query = found.answer, found.query
    said = [
        f"outcome {answer.outcome}, confidence {answer.confidence:.3f}",
        "asks about " + ", ".join(_likely_aspects(query)),
        "not in any source: " + (", ".join(query.unknown) or "no word"),
    ]
    for why in found.reasons:
        passage = why.hit.passage
        where = " > ".join((passage.doc, *passage.heading))
        said.append("")
        said.append(f"{why.rank}. {where} [{passage.start}:{passage.end}] score {why.hit.score:.3f}")
        said.append(f"   {'term':20} {'weight':>7} {'title':>7} {'heading':>7} {'body':>7}")
        said += [
            f"   {row.term:20} {row.weight:7.2f} {row.title:7.2f} {row.heading:7.2f} {row.body:7.2f}"
            for row in why.terms
        ]
        shares = sorted(why.shares.items(), key=lambda pair: -abs(pair[1]))
        said.append("   score from " + ", ".join(f"{name} {value:+.2f}" for name, value in shares if value))
        surely = "" if why.likelihood is None else f"answers with probability {why.likelihood:.2f}; "
        said.append(f"   {surely}evidence {_evidence(why.evidence)}")
    return said


def _likely_aspects(query: Query) -> list[str]:
    ranked = sorted(zip(query.aspects, ASPECTS, strict=True), reverse=True)[:MOST]
    return [f"{name} {share:.2f}" for share, name in ranked]


def _evidence(evidence: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {value:.2f}" for name, value in evidence.items())
