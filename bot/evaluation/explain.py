"""A question in, why its passages rank as they do out: term by term and field by field."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bot.answering.evidence import Evidence
from bot.aspects import ASPECTS
from bot.assistant import Assistant
from bot.records import Answer, Hit, Query, Turn

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

    `told` and `announced` are the probabilities that the document, and the passage alone, tell what is asked.
    """

    rank: int
    hit: Hit
    terms: tuple[TermScore, ...]
    told: float
    announced: float
    evidence: Evidence


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
    found = (reasons(assistant, query, rank, hit) for rank, hit in enumerate(answer.ranked[:most], 1))
    return Explanation(answer, query, tuple(found))


def reasons(assistant: Assistant, query: Query, rank: int, hit: Hit) -> Reasons:
    """What a passage has of what a query looks for."""
    retriever, place = assistant.retriever, hit.passage.index
    document = next(at for at, doc in enumerate(assistant.corpus.documents) if doc.id == hit.passage.doc)
    terms = []
    for term, weight in sorted(query.weights.items(), key=lambda pair: (-pair[1], pair[0])):
        looked_for = {term: weight}
        terms.append(
            TermScore(
                term,
                weight,
                float(retriever.titles.scores(looked_for)[document]),
                float(retriever.headings.scores(looked_for)[place]),
                float(retriever.bodies.scores(looked_for)[place]),
            )
        )
    evidence = assistant.judge.evidence(query, hit.passage)
    told, announced = (
        sum(share * float(tells) for share, tells in zip(query.aspects, row[place], strict=True))
        for row in (retriever.aspects.told, retriever.aspects.announced)
    )
    return Reasons(rank, hit, tuple(terms), told, announced, evidence)


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
        told = f"tells what is asked {why.told:.2f} ({why.announced:.2f} by itself)"
        said.append(f"   {told}; evidence {_evidence(why.evidence)}")
    return said


def _likely_aspects(query: Query) -> list[str]:
    ranked = sorted(zip(query.aspects, ASPECTS, strict=True), reverse=True)[:MOST]
    return [f"{name} {share:.2f}" for share, name in ranked]


def _evidence(evidence: Evidence) -> str:
    return ", ".join(f"{name} {value:.2f}" for name, value in asdict(evidence).items())
