"""A document tells its aspects in stretches and mostly in one order: what the neighbours tell helps.

A hidden Markov model over a document's passages; the posteriors are computed by the forward-backward
algorithm (Rabiner 1989).
"""

from functools import cache

import numpy as np

from bot.aspects.inventory import ASPECTS, Distribution

# Tuned across institutes: the next passage goes on with the aspect of the last one this often,
STAY = 0.6
# and when it does not, moving on in the order of ASPECTS is this many times as likely as going back.
FORWARD = 6.0
# Documents open by saying what their subject is.
OPENS_WITH_INFORMATION = 0.6
# Neighbours say much the same in the same words, so that their evidence is not independent, and a publisher
# whose documents taught nothing is judged too surely: each passage's evidence counts with this power.
SHARPNESS = 0.2


def smoothed(emissions: Distribution) -> Distribution:
    """The probability of each aspect (columns) of each passage (rows), given the whole document."""
    steps, start, soft = _transitions(), _start(), emissions**SHARPNESS
    forward, backward = np.empty_like(soft), np.ones_like(soft)
    last = len(soft) - 1
    forward[0] = _normalised(start * soft[0])
    for at in range(1, last + 1):
        forward[at] = _normalised((forward[at - 1] @ steps) * soft[at])
    for at in range(last - 1, -1, -1):
        backward[at] = _normalised(steps @ (soft[at + 1] * backward[at + 1]))
    posterior = forward * backward
    return np.asarray(posterior / posterior.sum(axis=1, keepdims=True))


def _normalised(row: Distribution) -> Distribution:
    return np.asarray(row / row.sum())


@cache
def _transitions() -> Distribution:
    count = len(ASPECTS)
    moves = np.triu(np.full((count, count), FORWARD), 1) + np.tril(np.ones((count, count)), -1)
    moves /= moves.sum(axis=1, keepdims=True)
    return np.asarray(STAY * np.eye(count) + (1 - STAY) * moves)


@cache
def _start() -> Distribution:
    row = np.full(len(ASPECTS), (1 - OPENS_WITH_INFORMATION) / len(ASPECTS))
    row[ASPECTS.index("information")] += OPENS_WITH_INFORMATION
    return row
