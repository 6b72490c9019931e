"""The questions of a conversation in, what an open page remembers of them out, and back.

A page that stays open outlives the server's memory: it gives back which questions it shows, so that what was
lost can be named and asked again. Whoever makes some up gets no more than by asking them.
"""

import json
from collections.abc import Iterable

# Asking all of them again costs little more than one of the longest questions.
MOST_QUESTIONS, MOST_CHARACTERS = 20, 4_000


def to_page(questions: Iterable[str]) -> str:
    """The latest questions, as the page keeps them in a field that is not seen."""
    latest = _latest(tuple(questions))
    return json.dumps(latest, ensure_ascii=False) if latest else ""


def from_page(remembered: str) -> tuple[str, ...]:
    """The questions that a page says it shows; none where it says anything else."""
    try:
        given = json.loads(remembered or "[]")
        remembered.encode()
    except (ValueError, RecursionError):
        return ()
    if not isinstance(given, list) or not all(isinstance(question, str) for question in given):
        return ()
    return _latest(tuple(given))


def _latest(questions: tuple[str, ...]) -> tuple[str, ...]:
    kept: list[str] = []
    left = MOST_CHARACTERS
    for question in reversed(questions[-MOST_QUESTIONS:]):
        left -= len(question)
        if left < 0:
            break
        kept.append(question)
    return tuple(reversed(kept))
