"""What type of answer a question asks for (a time, a price, a number), and whether a passage has one."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class AnswerType:
    """A type of answer: how people ask for it, and what a passage that gives it has."""

    name: str
    asks: re.Pattern[str]
    holds: re.Pattern[str]


def answer_type(question: str) -> str | None:
    """The name of the type that a question asks for, None where any passage may answer."""
    return next((kind.name for kind in answer_types().values() if kind.asks.search(question)), None)


@cache
def answer_types() -> Mapping[str, AnswerType]:
    """The types by name, in the order in which they are tried."""
    table = tomllib.loads(files("bot.aspects").joinpath("answer_types.toml").read_text("utf-8"))
    return {name: AnswerType(name, any_of(row["asks"]), any_of(row["holds"])) for name, row in table.items()}


def any_of(patterns: Sequence[str], stand_for: Mapping[str, str] = MappingProxyType({})) -> re.Pattern[str]:
    """What matches one of some patterns without regard to case, once what names `stand_for` is put in."""
    written = "|".join(patterns)
    for name, words in stand_for.items():
        written = written.replace(name, words)
    return re.compile(written, re.IGNORECASE)
