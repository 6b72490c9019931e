"""A message in, the fixed notice that it calls for out.

Each language is a table of phrases beside this module, and every message is read by all of them: patients
mix languages, and a table of another language finds next to nothing in a message that is not its own.
"""

import tomllib
from functools import cache
from importlib.resources import files

from bot.notices.learned import shipped
from bot.notices.rules import Rules
from bot.records import Notice

LANGUAGES = ("english", "spanish")
# Odds of e^0.7 against none: of questions that were not in the fitting, about one in 250 has more.
SURE = 0.7


def detect(question: str) -> Notice | None:
    """The notice that a message calls for; a crisis outweighs an emergency."""
    ruled = by_rules(question)
    if ruled is not None:
        return ruled
    odds = shipped().odds(question)
    return None if odds is None else odds.over(SURE)


def by_rules(question: str) -> Notice | None:
    """The notice that some language's rules find called for."""
    told = [(rules, rules.sentences(question)) for rules in map(_rules, LANGUAGES)]
    if any(rules.is_crisis(sentences) for rules, sentences in told):
        return "crisis"
    return "urgent" if any(rules.is_emergency(sentences) for rules, sentences in told) else None


@cache
def _rules(language: str) -> Rules:
    return Rules(tomllib.loads(files("bot.notices").joinpath(f"{language}.toml").read_text("utf-8")))
