"""A passage and a gold answer in, whether the one hits the other out."""

from bot.evaluation.gold import Gold
from bot.evaluation.predictions import Ranked, Shown
from bot.records import Span


def hits(passage: Shown | Ranked, gold: Gold) -> bool:
    """Whether a passage and one of the gold spans share at least half of the shorter one's characters."""
    if passage.doc != gold.doc:
        return False
    return not gold.spans or any(_shares_half(passage, span) for span in gold.spans)


def _shares_half(passage: Shown | Ranked, span: Span) -> bool:
    shorter = min(passage.end - passage.start, span.end - span.start)
    shared = min(passage.end, span.end) - max(passage.start, span.start)
    return shorter > 0 and 2 * shared >= shorter
