"""Which passages are hard to read, for they tell how long people live, and which questions ask for them."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.aspects import ASPECTS
from bot.aspects.answer_types import any_of
from bot.queries import Query
from bot.records import Passage

_OUTLOOK = ASPECTS.index("outlook")
# So likely it is to be asked about the outlook in words of one's own ("will I see my son grow up").
_AS_LIKELY = 0.5
# A passage on treatment that ends with what else may happen is one on treatment.
SHARE = 1 / 3


@dataclass(frozen=True, slots=True)
class _Signs:
    tells: re.Pattern[str]
    helps: re.Pattern[str]
    asks: re.Pattern[str]


def is_hard_news(passage: Passage, text: str) -> bool:
    """Whether a passage of a document's text tells that people die, or when, and not what is to be done.

    Its heading and what stands beside it, as the header of a table does, tell it of the whole, and so does
    its first sentence; else a SHARE of its sentences has to.
    """
    signs = _signs()
    if signs.helps.search(passage.text):
        return False
    above = (*passage.heading[-1:], *(text[span.start : span.end] for span in passage.beside))
    if any(map(signs.tells.search, above)):
        return True
    units = [text[unit.start : unit.end] for unit in passage.units] or [passage.text]
    told = [signs.tells.search(unit) is not None for unit in units]
    return told[0] or sum(told) >= SHARE * len(told)


def asks_for_it(query: Query) -> bool:
    """Whether a question is one that such a passage may be near to; "how long do I take it" is not."""
    about_outlook = query.aspects[_OUTLOOK] >= _AS_LIKELY and query.answer_type != "duration"
    return about_outlook or _signs().asks.search(query.message) is not None


@cache
def _signs() -> _Signs:
    table = tomllib.loads(files("bot.answering").joinpath("hard_news.toml").read_text("utf-8"))
    return _Signs(**{name: any_of(patterns, table["words"]) for name, patterns in table["signs"].items()})
