"""A record of what was right and wrong in, the value of one measure out; None where it does not apply."""

from collections.abc import Callable

from bot.evaluation.judging import Judged

# A ranking is read this far down by MRR@10.
DEEPEST = 10


def hit_at(depth: int) -> Callable[[Judged], float | None]:
    """Whether one of the first units hits."""

    def of(judged: Judged) -> float | None:
        if not judged.answerable or not judged.reaches(depth):
            return None
        return float(judged.rank is not None and judged.rank <= depth)

    return of


def reciprocal_rank(judged: Judged) -> float | None:
    """One through the rank of the first hit, 0 below DEEPEST."""
    if not judged.answerable or not judged.reaches(DEEPEST):
        return None
    return 1 / judged.rank if judged.rank is not None and judged.rank <= DEEPEST else 0.0


def answered(judged: Judged) -> float | None:
    """Whether an answerable question was answered."""
    return float(judged.outcome == "answered") if judged.answerable and judged.decided else None


def helped(judged: Judged) -> float | None:
    """Whether a right passage is among those shown, whatever the outcome."""
    return float(judged.shown_hits > 0) if judged.answerable and judged.decided else None


def refused(judged: Judged) -> float | None:
    """Whether a question that the sources do not answer got no answer."""
    return float(judged.outcome != "answered") if judged.refusable and judged.decided else None


def wrongly_refused(judged: Judged) -> float | None:
    """Whether an answerable question got no answer."""
    return float(judged.outcome != "answered") if judged.answerable and judged.decided else None


def lost(judged: Judged) -> float | None:
    """Whether an answerable question was told that nothing is near."""
    return float(judged.outcome == "none") if judged.answerable and judged.decided else None


def misled(judged: Judged) -> float | None:
    """Whether a question that the sources do not answer was answered."""
    return float(judged.outcome == "answered") if judged.refusable and judged.decided else None


def of_ranking(name: str, depth: int) -> Callable[[Judged], float | None]:
    """One of the measures that pytrec_eval works out, which looks `depth` far down."""

    def of(judged: Judged) -> float | None:
        if judged.ranking is None or not judged.reaches(depth):
            return None
        return float(getattr(judged.ranking, name))

    return of


def precision(judged: Judged) -> float | None:
    """How many of the passages shown hit."""
    return judged.shown_hits / judged.shown if judged.answerable and judged.shown else None


def characters(judged: Judged) -> float | None:
    """How many characters were shown."""
    return float(judged.shown_characters) if judged.shown else None


def verbatim(judged: Judged) -> float | None:
    """Whether every quotation is the source's own words."""
    return float(not judged.violations) if judged.decided else None


def agreement(judged: Judged) -> float | None:
    """Whether a follow-up has the same passage first as its stand-alone form."""
    return None if judged.agrees is None else float(judged.agrees)


def unjudged(judged: Judged) -> float | None:
    """How much of the first DEEPEST nobody judged."""
    return judged.unjudged if judged.reaches(DEEPEST) else None
