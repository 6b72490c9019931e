"""A message in, its sentences out, each with how much it says of what is asked.

A patient's letter has one question in it, names its subject anywhere, and tells much else besides.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Role = Literal["asks", "heads", "subject", "neutral", "background"]

# What a sentence's words weigh beside those of the question itself.
WEIGHTS: dict[Role, float] = {"asks": 1.0, "heads": 1.0, "subject": 0.8, "neutral": 0.25, "background": 0.04}
# In a message of at most so many words nothing is beside the point.
SHORT_WORDS = 14

_SENTENCE_END = re.compile(r"(?<=[.?!\u2026])[\"')\]]*\s+|\s*\n+\s*")
# "Subject: gout. Message: what helps?" as forms have it.
_LABEL = re.compile(
    r"(?:^|(?<=[.\n]))\s*(?:subject|re|topic)\s*:|(?:^|\s)(?:message|my question)\s*:", re.IGNORECASE
)
# Where a question may open within a sentence: "I have gout, can I drink beer?"
_PAUSE = r"(?<=[,;:])\s+|\s+[-\u2013\u2014]+\s+"
# "My eyesight has been getting blurry" tells of a sign, and asks what it means.
_COMPLAINS = re.compile(
    r"^\W*(i|i['\u2019]?[mv]e?|my|our|we|he|she|his|her)\b(?!.*\?)", re.IGNORECASE | re.DOTALL
)


_BLANKS = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r" ?\n(?: |\n)*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a message and the part it plays."""

    text: str
    role: Role

    @property
    def weight(self) -> float:
        """How much its words count, from 0 to 1."""
        return WEIGHTS[self.role]


def squeezed(message: str) -> str:
    """A message with one blank or one line end for each run of them: more would only cost time.

    Patterns that look for white space at either end of something are quadratic in the length of a run.
    """
    return _LINE_ENDS.sub("\n", _BLANKS.sub(" ", message))


def read_message(message: str) -> tuple[Sentence, ...]:
    """The sentences of a message; at least one of them asks, unless the message is blank.

    In a short one those beside it head it: "Gout. Can I drink beer?"
    """
    labelled = _LABEL.sub("\n", squeezed(message))
    texts = [part for text in _SENTENCE_END.split(labelled) for part in _parts(text)]
    roles = [_role(text) for text in texts]
    if len(message.split()) <= SHORT_WORDS or len(texts) == 1:
        roles = [
            "asks" if role == "asks" or (role == "neutral" and complains(text)) else "heads"
            for text, role in zip(texts, roles, strict=True)
        ]
        return _sentences(texts, roles if "asks" in roles else ["asks"] * len(texts))
    if "asks" not in roles:
        roles = ["asks" if role in ("subject", "neutral") else role for role in roles]
    if "asks" not in roles:
        roles = ["asks"] * len(texts)
    return _sentences(texts, roles)


def complains(text: str) -> bool:
    """Whether a sentence tells of a sign rather than puts a question."""
    return bool(_COMPLAINS.search(text)) and not _cues()["asks"].search(text)


def asks(text: str) -> bool:
    """Whether a sentence is put as a question, by its words or by its mark."""
    return bool(_cues()["asks"].search(text))


def asked(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """The sentences that ask."""
    return tuple(sentence.text for sentence in sentences if sentence.role == "asks")


def _sentences(texts: Sequence[str], roles: Sequence[Role]) -> tuple[Sentence, ...]:
    return tuple(Sentence(text, role) for text, role in zip(texts, roles, strict=True))


def _parts(text: str) -> list[str]:
    """A sentence, cut where a question opens within it."""
    cuts = [match.span() for match in _opening().finditer(text)]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    parts = (text[start:end] for start, end in zip(starts, ends, strict=True))
    return [part for part in parts if re.search(r"\w", part)]


@cache
def _opening() -> re.Pattern[str]:
    cues = _patterns()
    after_pause, anywhere = ("|".join(cues[name]) for name in ("opens_after_pause", "opens"))
    return re.compile(rf"(?:{_PAUSE})(?={after_pause})|\s+(?={anywhere})", re.IGNORECASE)


def _role(text: str) -> Role:
    cues = _cues()
    if cues["asks"].search(text):
        return "asks"
    if cues["diagnosed"].search(text):
        return "subject"
    # Background first where both match: "my father had", "my neighbour was told".
    if cues["background"].search(text):
        return "background"
    return "subject" if cues["subject"].search(text) else "neutral"


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    return {role: re.compile("|".join(patterns), re.IGNORECASE) for role, patterns in _patterns().items()}


@cache
def _patterns() -> dict[str, list[str]]:
    return tomllib.loads(files("bot.understanding").joinpath("cues.toml").read_text("utf-8"))
