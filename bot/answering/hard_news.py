"""Which passages are hard to read, for they tell how long people live, and which questions ask for them."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.aspects import ASPECTS
from bot.queries import Query

_OUTLOOK = ASPECTS.index("outlook")
# So likely it is to be asked about the outlook in words of one's own ("will I see my son grow up").
_AS_LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class _Signs:
    tells: re.Pattern[str]
    asks: re.Pattern[str]


def is_hard_news(text: str) -> bool:
    """Whether a passage tells how long people live, or that they die."""
    return _signs().tells.search(text) is not None


def asks_for_it(query: Query) -> bool:
    """Whether a question is one that such a passage may be near to; "how long do I take it" is not."""
    about_outlook = query.aspects[_OUTLOOK] >= _AS_LIKELY and query.answer_type != "duration"
    return about_outlook or _signs().asks.search(query.message) is not None


@cache
def _signs() -> _Signs:
    table = tomllib.loads(files("bot.answering").joinpath("hard_news.toml").read_text("utf-8"))
    return _Signs(_any(table["tells"]), _any(table["asks"]))


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)
