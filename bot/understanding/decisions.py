"""Questions that only somebody's own doctors can decide with them: to stop, to change, to have it done."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.analysis import words
from bot.understanding.spelling import spelled_out

# Between sentences; words of two sentences ask nothing together.
_ENDS = re.compile(r"[.?!;:\n]+")


def asks_decision(message: str) -> bool:
    """Whether a message asks, among other things, for a decision on somebody's treatment."""
    cues = _cues()
    for sentence in map(_plain, _ENDS.split(message)):
        for found in cues.asks.finditer(sentence):
            if not cues.before.search(sentence[: found.start()].rstrip()):
                return True
    return False


@dataclass(frozen=True, slots=True)
class _Cues:
    """What asks for a decision, and what may stand before it that makes it another question."""

    asks: re.Pattern[str]
    before: re.Pattern[str]


def _plain(text: str) -> str:
    spelled = (part for word in words(text) for part in spelled_out(word))
    return " ".join(re.sub(r"['\u2019]", "", word) for word in spelled)


@cache
def _cues() -> _Cues:
    table = tomllib.loads(files("bot.understanding").joinpath("decisions.toml").read_text("utf-8"))
    asks = "|".join(map(_unwrapped, table["asks"]["any"]))
    return _Cues(
        asks=re.compile(rf"\b(?:{_filled(asks, table['words'])})"),
        before=re.compile(rf"\b{_unwrapped(table['asks']['before'])}"),
    )


def _filled(pattern: str, listed: Mapping[str, str]) -> str:
    for name, alternatives in listed.items():
        pattern = pattern.replace(name, _unwrapped(alternatives))
    return pattern


def _unwrapped(pattern: str) -> str:
    """A regular expression that was wrapped for the reader, on one line."""
    return re.sub(r"\n\s*", "", pattern.lstrip())
