"""A question with its gold in, what speaks for the gold passage and for the first one, side by side, out."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bot.analysis import Analyser, stopwords, words
from bot.assistant import Assistant
from bot.errors import QuestionError
from bot.evaluation.explain import Reasons, TermScore, reasons
from bot.evaluation.gold import Gold
from bot.evaluation.hitting import hits
from bot.evaluation.misses import Miss
from bot.evaluation.predictions import Ranked
from bot.evaluation.questions import Question
from bot.evaluation.scoring import Run
from bot.records import Hit, Passage

# Few read on for longer, and each takes a ranking of the whole corpus. A report says where it stops.
MOST_CONTRASTED = 200


@dataclass(frozen=True, slots=True)
class Side:
    """What one looked-for term gives the first passage and the gold passage."""

    first: TermScore
    gold: TermScore


@dataclass(frozen=True, slots=True)
class Contrast:
    """The best-ranked gold passage beside the passage that came first, of all `ranked` candidates.

    `gold` is None where no candidate shares half of an answer; `lacking` are the words of the question that
    stand neither in the gold passage nor in its title and headings.
    """

    ranked: int
    first: Reasons
    gold: Reasons | None
    sides: tuple[Side, ...]
    lacking: tuple[str, ...]


def contrast(assistant: Assistant, question: Question) -> Contrast | None:
    """The two passages; None where there is no answer to look for, or the question cannot be looked up."""
    golds = question.relevant
    if not golds:
        return None
    try:
        query = assistant.query(question.question, assistant.replay(question.history))
    except QuestionError:
        return None
    ranking = assistant.retriever.ranking(query)
    first = reasons(assistant, ranking, 0)
    place = next((at for at, hit in enumerate(ranking.hits) if _right(hit.passage, golds)), None)
    if place is None:
        return Contrast(len(ranking.hits), first, None, (), ())
    gold = reasons(assistant, ranking, place)
    sides = tuple(Side(one, other) for one, other in zip(first.terms, gold.terms, strict=True))
    lacking = _lacking(assistant, question.question, gold.hit)
    return Contrast(len(ranking.hits), first, gold, sides, lacking)


def contrasts(
    assistant: Assistant, run: Run, missed: Sequence[Miss], *, most: int | None = MOST_CONTRASTED
) -> dict[str, Contrast]:
    """The contrasts of the first `most` misses (of all for None) that have one, by the question's id."""
    asked = {question.id: question for question in run.questions}
    pairs = ((miss.id, contrast(assistant, asked[miss.id])) for miss in missed[:most])
    return {name: found for name, found in pairs if found is not None}


def on_contrasts(missed: Sequence[Miss], most: int | None = MOST_CONTRASTED) -> tuple[str, ...]:
    """A sentence where misses are left without a contrast; else none."""
    if most is None or len(missed) <= most:
        return ()
    return (
        f"Right and first passages are set side by side for the first {most} of {len(missed)} misses;"
        " --contrasts all does so for every one.",
    )


def as_record(found: Contrast) -> dict[str, object]:
    """The contrast for the JSON report."""
    return {
        "gold_rank": found.gold.rank if found.gold else None,
        "of": found.ranked,
        "lacking": list(found.lacking),
        "terms": [{"first": asdict(side.first), "gold": asdict(side.gold)} for side in found.sides],
    }


def _right(passage: Passage, golds: Sequence[Gold]) -> bool:
    return any(hits(Ranked(passage.doc, passage.start, passage.end), gold) for gold in golds)


def _lacking(assistant: Assistant, question: str, hit: Hit) -> tuple[str, ...]:
    index, analyser, idle = assistant.retriever.fields, Analyser(), stopwords()
    has = index.body_terms(hit.passage.index) | index.named(hit.passage.index)
    turning = (word for word in dict.fromkeys(words(question)) if word not in idle)
    return tuple(word for word in turning if analyser.term(word) not in has)


def lines(found: Contrast) -> list[str]:
    """The contrast as lines for a terminal."""
    if found.gold is None:
        return ["", f"None of the {found.ranked} candidates shares half of the right answer."]
    gold = found.gold
    passage = gold.hit.passage
    said = [
        "",
        f"The right passage {passage.doc} [{passage.start}:{passage.end}] has rank {gold.rank} of"
        f" {found.ranked}, score {gold.hit.score:.3f} against {found.first.hit.score:.3f}.",
        f"   {'':20} {'':7} {'first passage':>23} {'right passage':>23}",
        f"   {'term':20} {'weight':>7}" + f" {'title':>7} {'heading':>7} {'body':>7}" * 2,
    ]
    said += [
        f"   {side.first.term:20} {side.first.weight:7.2f}{_fields(side.first)}{_fields(side.gold)}"
        for side in found.sides
    ]
    said += [
        f"   {name:28} {found.first.shares[name]:23.2f} {gold.shares[name]:23.2f}"
        for name in found.first.shares
        if found.first.shares[name] or gold.shares[name]
    ]
    said.append("   not in the right passage: " + (", ".join(found.lacking) or "no word of the question"))
    return said


def _fields(row: TermScore) -> str:
    return f" {row.title:7.2f} {row.heading:7.2f} {row.body:7.2f}"
