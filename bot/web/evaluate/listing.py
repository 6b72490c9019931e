"""The questions of a run and what is looked for in, those that fit out, a page at a time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import get_args
from urllib.parse import urlencode

from bot.evaluation.misses import MEANINGS
from bot.records import Outcome
from bot.web.evaluate.judged_set import asked_of
from bot.web.evaluate.kept import KeptQuestion
from bot.web.evaluate.verdicts import NOTHING, VERDICTS, Asked, Verdicts

# A page of these stays below 60 KB, whatever the set.
ON_A_PAGE = 50
LONGEST_WORDS = 200
# A set may give every question a kind of its own; a list to choose from has an end.
MOST_KINDS = 200
RIGHT: Mapping[str, bool | None] = {"right": True, "wrong": False, "not known": None}
JUDGED = ("judged", "not judged", *VERDICTS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; an empty text looks for nothing in particular."""

    kind: str = ""
    outcome: str = ""
    right: str = ""
    miss: str = ""
    judged: str = ""
    words: str = ""

    @property
    def address(self) -> str:
        """The part of an address that keeps it, with a question mark in front; empty where all are wanted."""
        given = {name: value for name, value in asdict(self).items() if value}
        return f"?{urlencode(given)}" if given else ""

    def at(self, page: int) -> str:
        """The same with a page."""
        kept = self.address
        return f"{kept}&page={page}" if kept else f"?page={page}"


@dataclass(frozen=True, slots=True)
class Listed:
    """A question in a list, with what evaluators said of it."""

    kept: KeptQuestion
    verdicts: Verdicts


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the questions that fit: `found` of `total` do, and this is page `page` of `pages`."""

    questions: tuple[Listed, ...]
    wanted: Wanted
    found: int
    total: int
    page: int
    pages: int

    @property
    def first(self) -> int:
        """The number of the first of the page among those found, from 1."""
        return (self.page - 1) * ON_A_PAGE + 1


def wanted_of(values: Mapping[str, str]) -> Wanted:
    """What an address asks for; what it does not know looks for nothing."""
    return Wanted(
        kind=values.get("kind", "")[:LONGEST_WORDS],
        outcome=_known(values.get("outcome", ""), get_args(Outcome)),
        right=_known(values.get("right", ""), tuple(RIGHT)),
        miss=_known(values.get("miss", ""), tuple(MEANINGS)),
        judged=_known(values.get("judged", ""), JUDGED),
        words=" ".join(values.get("words", "").split())[:LONGEST_WORDS],
    )


def fitting(
    questions: Sequence[KeptQuestion], wanted: Wanted, said: Mapping[Asked, Verdicts]
) -> tuple[KeptQuestion, ...]:
    """The questions that fit, in order."""
    words = wanted.words.casefold().split()
    return tuple(
        kept
        for kept in questions
        if (not wanted.kind or kept.judged.kind == wanted.kind)
        and (not wanted.outcome or kept.judged.outcome == wanted.outcome)
        and (not wanted.right or kept.right is RIGHT[wanted.right])
        and (not wanted.miss or kept.miss == wanted.miss)
        and _is_judged_so(said.get(asked_of(kept), NOTHING), wanted.judged)
        and _has(kept, words)
    )


def listing(
    questions: Sequence[KeptQuestion], wanted: Wanted, said: Mapping[Asked, Verdicts], page: int
) -> Listing:
    """A page of those that fit; a number beyond the last page gives the last."""
    found = fitting(questions, wanted, said)
    pages = max(1, -(-len(found) // ON_A_PAGE))
    page = min(max(page, 1), pages)
    here = found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return Listing(
        tuple(Listed(kept, said.get(asked_of(kept), NOTHING)) for kept in here),
        wanted,
        len(found),
        len(questions),
        page,
        pages,
    )


def kinds_of(questions: Sequence[KeptQuestion]) -> list[str]:
    """The kinds to choose from, the most frequent first."""
    counts = Counter(kept.judged.kind for kept in questions)
    return [kind for kind, _ in counts.most_common(MOST_KINDS)]


def _known(value: str, known: Sequence[str]) -> str:
    return value if value in known else ""


def _is_judged_so(verdicts: Verdicts, wanted: str) -> bool:
    if wanted in ("", "judged", "not judged"):
        return not wanted or bool(verdicts.held) is (wanted == "judged")
    return any(name == wanted for name in verdicts.names)


def _has(kept: KeptQuestion, words: Sequence[str]) -> bool:
    """Whether a question, its history, its id or its right answers have every word."""
    if not words:
        return True
    text = "\n".join(
        (kept.question, *kept.history, kept.judged.id, *(gold.words for gold in kept.golds))
    ).casefold()
    return all(word in text for word in words)
