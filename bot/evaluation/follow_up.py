"""A question in, the same asked in two turns out: first its subject is named, then "it" is asked about.

Where the subject stands is told by a few patterns of plain questions ("... of X?", "What causes X?",
"How is X treated?"); a question that fits none has no follow-up form.
"""

import re
from dataclasses import dataclass

# What brings up the subject before anything is asked of it.
OPENING = "Please tell me about {subject}."
# A longer stretch is more than a name.
MOST_WORDS = 7

_PREPOSITIONS = r"of|for|with|from|about|by|against"
_VERBS = (
    r"have|has|gets?|getting|having|causes?|treats?|diagnoses?|prevents?|cures?"
    r"|avoid|stop|brings?\s+on|explain"
)
_ASKING = r"(?:what|who|where)(?:'s|\u2019s|\s+is\s*\(are\)|\s+is|\s+are|\s+was)|what\s+does"
_AUXILIARIES = r"is|are|was|can|could|does|do|did|will|would|might"
_AFTER = (
    r"be|been|happen\w*|occur\w*|spread\w*|grow\w*|develop\w*|start\w*|come|go|run|last|affect\w*|feel|look|hurt"
    r"|mean|\w{3,}ed|known|found|common|rare|serious|dangerous|contagious|infectious|catching|hereditary|genetic"
    r"|fatal|deadly|curable|treatable|painful|given|taken|done|useful|important|necessary|safe"
)
# Tried in order: the subject of "What are the symptoms of X?" is X.
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:{_PREPOSITIONS})\s+(?P<subject>[^?]+?)\s*\?*$",
        rf"\b(?:{_VERBS})\s+(?P<subject>[^?]+?)(?:\s+to\s+me)?\s*\?*$",
        rf"^(?:\w+\s+)?(?:{_AUXILIARIES})\s+(?P<subject>(?!the\b)[^?]+?)\s+(?:{_AFTER})\b[^?]*\?*$",
        rf"^(?:{_ASKING})\s+(?P<subject>[^?]+?)(?:\s+(?:mean|do|for|like))?\s*\?*$",
    )
)
# Words that stand for something said elsewhere, or for whoever asks, or that ask: no name has them.
_NOT_A_NAME = re.compile(
    rf"^(?:{_PREPOSITIONS}|in|on|at|how)\b|\b(?:this|that|these|those|there|i|me|my|you|your|we|us|our|who|which"
    r"|people|person|someone|somebody|anyone|patients?|doctors?|what|how|when|where|why|if|or|to|is|are|be|do"
    r"|does|get|come|for|nearest)\b",
    re.IGNORECASE,
)
# "I can't stop coughing" asks nothing, and "How is it treated?" has no subject of its own.
_ASKS = re.compile(
    r"^\W*(?:what|how|why|who|when|where|which|is|are|am|can|could|does|do|did|will|would|should|explain)\b",
    re.IGNORECASE,
)
_LEANS = re.compile(r"^\W*(?:how|what) about\b|\b(?:its?|them|he|she|his|her)\b", re.IGNORECASE)
_NEXT_SENTENCE = re.compile(r"[.?!,;:]\s+\S")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is asked first, and what then."""

    opening: str
    question: str


def follow_up(question: str) -> FollowUp | None:
    """The two turns of a question; None where its subject is not found."""
    asked = question.strip()
    if not _ASKS.search(asked) or _LEANS.search(asked) or _NEXT_SENTENCE.search(asked):
        return None
    for pattern in _PATTERNS:
        found = pattern.search(asked)
        if found is None:
            continue
        subject = found["subject"]
        if len(subject.split()) <= MOST_WORDS and not _NOT_A_NAME.search(subject):
            start, end = found.span("subject")
            return FollowUp(OPENING.format(subject=subject), f"{asked[:start]}it{asked[end:]}")
    return None
