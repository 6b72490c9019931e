"""A heading in, the question that it stands for out: what readers can be offered to ask."""

from collections.abc import Sequence

from bot.analysis import Analyser
from bot.records import Passage

# Longer headings read like text, not like a question.
LONGEST = 70


def question_of(title: str, heading: Sequence[str], analyser: Analyser) -> str:
    """A heading as it stands where it names its document's subject, else with the title before it."""
    if not heading:
        return title
    own, subject = set(analyser.terms(heading[-1])), set(analyser.terms(title))
    return heading[-1] if own & subject or heading[-1].endswith("?") else f"{title}: {heading[-1]}"


def questions_of(
    title: str, passages: Sequence[Passage], analyser: Analyser
) -> dict[tuple[str, ...], tuple[Passage, str]]:
    """For each heading of a document the first passage under it and its question."""
    first: dict[tuple[str, ...], Passage] = {}
    for passage in passages:
        first.setdefault(passage.heading, passage)
    return {heading: (one, question_of(title, heading, analyser)) for heading, one in first.items()}
