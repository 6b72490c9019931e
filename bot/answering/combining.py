"""The answers to the several questions of a message in, one answer in parts out."""

from collections.abc import Sequence
from dataclasses import replace

from bot.records import Answer, Outcome, Part, Quote

# So many questions of a message are answered, the others named; each with so many passages.
MOST_PARTS, QUOTES_A_PART = 3, 2
_BEST_FIRST: tuple[Outcome, ...] = ("answered", "related", "none")


def combined(whole: Answer, answers: Sequence[Answer], left: Sequence[str]) -> Answer:
    """The answer to a whole message with each of its questions answered by itself.

    Its outcome is the best of its parts'. A passage that answers two questions is quoted once, and is a quote
    of both.
    """
    quotes: dict[int, Quote] = {}
    found: list[Part] = []
    for answer in answers:
        own = answer.quotes[:QUOTES_A_PART]
        for quote in own:
            quotes.setdefault(quote.passage.index, quote)
        places = tuple(list(quotes).index(quote.passage.index) for quote in own)
        found.append(Part(answer.question, answer.outcome, places))
    outcome = min((answer.outcome for answer in answers), key=_BEST_FIRST.index)
    return replace(
        whole,
        outcome=outcome,
        quotes=tuple(quotes.values()),
        confidence=max(answer.confidence for answer in answers),
        parts=tuple(found),
        left=tuple(left),
    )
