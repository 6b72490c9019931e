"""Likely hits in, those to show out: the best, and others that add something to it."""

from collections.abc import Collection, Mapping, Sequence

from bot.records import Hit, Passage

# A further passage is shown if it is about as likely to answer as the first; another document's may be less
# so, for a source that differs is worth more than one that agrees.
NEARLY_AS_LIKELY, LIKELY_ELSEWHERE = 0.8, 0.6
# Beside the best passage of a document, another of it is shown only if its score is this near.
NEAR_SCORE = 5.0
# One of another document is shown only if its score is this near that of the best of all.
NEAR_ELSEWHERE = 12.0
# Two passages that share this much of their distinct terms say the same.
SAME_TEXT = 0.8


def chosen(
    likely: Sequence[tuple[Hit, float]], terms: Mapping[int, Collection[str]], *, most: int
) -> tuple[Hit, ...]:
    """The hits to show of those given with their probabilities: the first, and others that add to it.

    The best of every other document that answers comes before a second passage of the same: sources that
    differ are both seen. `terms` gives the distinct terms of each passage by its index.
    """
    best: dict[str, Hit] = {}
    others: list[Hit] = []
    for hit, probability in likely:
        least = LIKELY_ELSEWHERE if hit.passage.doc not in best else NEARLY_AS_LIKELY
        far = hit.passage.doc not in best and likely[0][0].score - hit.score > NEAR_ELSEWHERE
        if far or probability < least * likely[0][1]:
            continue
        first = best.setdefault(hit.passage.doc, hit)
        if first is not hit and first.score - hit.score <= NEAR_SCORE:
            others.append(hit)
    kept: list[Hit] = []
    for hit in (*best.values(), *others):
        if not any(_same(hit.passage, other.passage, terms) for other in kept):
            kept.append(hit)
    return tuple(kept[:most])


def _same(one: Passage, other: Passage, terms: Mapping[int, Collection[str]]) -> bool:
    if one.doc == other.doc and one.start < other.end and other.start < one.end:
        return True
    mine, others = set(terms[one.index]), set(terms[other.index])
    return len(mine & others) >= SAME_TEXT * len(mine | others)
