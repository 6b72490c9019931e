"""A passage and a query in, the passage's sentences or items that answer out."""

import numpy as np

from bot.analysis import Analyser
from bot.aspects.features import passage_features
from bot.aspects.passage_aspects import passage_model
from bot.index.fields import Fields
from bot.passages import leading_unit
from bot.queries import Query
from bot.records import Passage, Span

# A sentence or item is marked if it has at least this much of what the best one has.
NEARLY_AS_TELLING = 0.6


def marked(passage: Passage, query: Query, index: Fields, analyser: Analyser) -> tuple[Span, ...]:
    """The units of a passage that answer, in order; at least one.

    The terms of the passage's title and headings say nothing of one unit against another. Where the lines
    that lead into a list name what was asked, its items answer; where no unit has an asked word, those answer
    that tell the asked aspect.
    """
    worth = {t: weight * index.telling(t) for t, weight in query.weights.items() if t in query.asked}
    named = index.named(passage.index)
    texts = [passage.text[unit.start - passage.start : unit.end - passage.start] for unit in passage.units]
    units = [analyser.terms(text) for text in texts]
    leads = leading_unit(passage)
    opening = units[: leads + 1] if leads is not None else []
    common = {*named, *(term for terms in opening for term in terms)}
    telling = [
        sum(worth[term] for term in set(terms) if term in worth and term not in common) for terms in units
    ]
    if leads is not None:
        telling[leads] = 0.0
    if max(telling) == 0:
        told = passage_model().probabilities([passage_features(terms, named) for terms in units])
        telling = (
            [1.0] * len(units)
            if leads is not None
            else [float(share) for share in told @ np.array(query.aspects)]
        )
    if leads is not None:
        telling[leads] = 0.0
    least = NEARLY_AS_TELLING * max(telling)
    return tuple(unit for unit, share in zip(passage.units, telling, strict=True) if share >= least)
