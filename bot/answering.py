"""Likely hits in, those to show out: the best, and others that add something to it."""

from collections.abc import Collection, Mapping, Sequence

from bot.records import Hit, Passage

# A further passage is shown if it is about as likely to answer as the first.
NEARLY_AS_LIKELY = 0.8
# Two passages that share this much of their distinct terms say the same.
SAME_TEXT = 0.8


def chosen(
    likely: Sequence[tuple[Hit, float]], terms: Mapping[int, Collection[str]], *, most: int
) -> tuple[Hit, ...]:
    """The hits to show of those given with their probabilities: the first, and others that add to it.

    `terms` gives the distinct terms of each passage by its index.
    """
    kept: list[Hit] = []
    for hit, probability in likely:
        enough = not kept or probability >= NEARLY_AS_LIKELY * likely[0][1]
        if enough and not any(_same(hit.passage, other.passage, terms) for other in kept):
            kept.append(hit)
    return tuple(kept[:most])


def _same(one: Passage, other: Passage, terms: Mapping[int, Collection[str]]) -> bool:
    if one.doc == other.doc and one.start < other.end and other.start < one.end:
        return True
    mine, others = set(terms[one.index]), set(terms[other.index])
    return len(mine & others) >= SAME_TEXT * len(mine | others)
