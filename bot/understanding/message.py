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

Role = Literal["asks", "subject", "neutral", "background"]

# What a sentence's words weigh beside those of the question itself.
WEIGHTS: dict[Role, float] = {"asks": 1.0, "subject": 0.8, "neutral": 0.25, "background": 0.04}
# A message of at most so many words is one question, however it is punctuated.
SHORT_WORDS = 14

_SENTENCE_END = re.compile(r"(?<=[.?!\u2026])[\"')\]]*\s+|\s*\n+\s*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a message and the part it plays."""

    text: str
    role: Role

    @property
    def weight(self) -> float:
        """How much its words count, from 0 to 1."""
        return WEIGHTS[self.role]


def read_message(message: str) -> tuple[Sentence, ...]:
    """The sentences of a message; at least one of them asks, unless the message is blank."""
    texts = [text for text in _SENTENCE_END.split(message) if re.search(r"\w", text)]
    if len(message.split()) <= SHORT_WORDS or len(texts) == 1:
        return tuple(Sentence(text, "asks") for text in texts)
    roles = [_role(text) for text in texts]
    if "asks" not in roles:
        roles = ["asks" if role in ("subject", "neutral") else role for role in roles]
    if "asks" not in roles:
        roles = ["asks"] * len(texts)
    return tuple(Sentence(text, role) for text, role in zip(texts, roles, strict=True))


def asked(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """The sentences that ask."""
    return tuple(sentence.text for sentence in sentences if sentence.role == "asks")


def _role(text: str) -> Role:
    cues = _cues()
    if cues["asks"].search(text):
        return "asks"
    # Background first where both match: "my father had", "my neighbour was told".
    if cues["background"].search(text):
        return "background"
    return "subject" if cues["subject"].search(text) else "neutral"


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    table = tomllib.loads(files("bot.understanding").joinpath("cues.toml").read_text("utf-8"))
    return {role: re.compile("|".join(patterns), re.IGNORECASE) for role, patterns in table.items()}
