"""What a question is taken to look for: the value that travels from understanding to judging."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.records import Understood


@dataclass(frozen=True, slots=True)
class Name:
    """A word that was looked for: how much hangs on it, from 0 to 1, and its other names.

    Each of `others` is a set of terms that together name the same thing.
    """

    weight: float
    others: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    `weights` holds every term to look for and how much it counts, 1 for a word that the question turns on;
    `asked` are the terms of the sentences that ask, with what was added to them. Of these, `names` (and ones
    carried over) name what is asked about, `asking` are the patient's others ("side", "effects"), `phrases`
    the pairs of names that stand side by side ("lung", "cancer"). `documents` are the ids of those that a
    question without a subject of its own goes on about, `near` the indices of the passages that a follow-up
    was asked after; `unknown` are the words that no source has;
    `answer_type` is the type of answer that is asked for, if one is ("duration"); `aspects` is the
    probability of each aspect, in the order of `bot.aspects.ASPECTS`. `message` is the whole message as it
    was meant, spelling corrected and with what was carried over in front.
    """

    weights: Mapping[str, float]
    asked: frozenset[str]
    names: Mapping[str, Name]
    asking: Mapping[str, Name]
    phrases: tuple[tuple[str, str], ...]
    documents: tuple[str, ...]
    near: tuple[int, ...]
    aspects: tuple[float, ...]
    unknown: tuple[str, ...]
    answer_type: str | None
    understood: Understood
    message: str
