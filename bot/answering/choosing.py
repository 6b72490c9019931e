"""Ranked hits in, those to show out: the best, and others that add something to it."""

from collections.abc import Callable, Collection, Sequence

from bot.records import Hit, Passage

# Another document's passage is shown before one of the same document if it is as likely to answer as this.
AS_LIKELY = 1.0
# Beside the first, one that is less likely to answer than so much of the likeliest is left out.
LEAST_LIKELY = 0.3
# Scores are log-odds: one that stays so far behind the first is of something else, however well it is worded
# as an answer ("What causes high blood pressure?" - "Straining causes piles.").
FARTHEST_BEHIND = 6.0
# Two passages that share this much of their distinct terms say the same.
SAME_TEXT = 0.8


def chosen(
    hits: Sequence[Hit],
    likelihoods: Sequence[float],
    terms: Callable[[int], Collection[str]],
    *,
    most: int,
    spared: Callable[[Hit, float], bool] = lambda _, __: False,
) -> tuple[Hit, ...]:
    """The hits to show, best first, of those given with how likely each answers; those `spared` are not.

    They come in the order of the ranking, but that another document's comes before one of a document that is
    shown already where it is as likely to answer: sources that differ are both seen. `terms` gives the
    distinct terms of a passage by its index.
    """
    least = LEAST_LIKELY * max(likelihoods, default=0.0)
    judged = list(zip(hits, likelihoods, strict=False))
    left = judged[:1] + [
        (hit, likely)
        for hit, likely in judged[1:]
        if likely >= least and hits[0].score - hit.score <= FARTHEST_BEHIND
    ]
    left = [(hit, likely) for hit, likely in left if not spared(hit, likely)]
    kept: list[Hit] = []
    while left and len(kept) < most:
        hit, likely = left[0]
        shown = {one.passage.doc for one in kept}
        if hit.passage.doc in shown:
            elsewhere = (
                other
                for other, chance in left
                if other.passage.doc not in shown and chance >= likely * AS_LIKELY
            )
            hit = next(elsewhere, hit)
        left = [pair for pair in left if pair[0] is not hit]
        if not any(_same(hit.passage, other.passage, terms) for other in kept):
            kept.append(hit)
    return tuple(kept)


def _same(one: Passage, other: Passage, terms: Callable[[int], Collection[str]]) -> bool:
    if one.doc == other.doc and one.start < other.end and other.start < one.end:
        return True
    mine, others = set(terms(one.index)), set(terms(other.index))
    return len(mine & others) >= SAME_TEXT * len(mine | others)
