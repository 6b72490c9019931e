"""A message in, the fixed notice that it calls for out.

Each language is a table of phrases beside this module, and every message is read by all of them: patients
mix languages, and a table of another language finds next to nothing in a message that is not its own.
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from bot.notices.learned import shipped
from bot.notices.rules import Rules
from bot.records import Notice

LANGUAGES = {"english": "en", "spanish": "es"}
# Odds of e^1 against none. Of examples that were not in the fitting, 0.7 hears .01 more of the emergencies
# and alarms at .02 more of the hard questions.
SURE = 1.0
# A crisis stands alone, without a passage, so that a false one costs more: it takes higher odds.
SURE_OF_CRISIS = 1.3


def detect(question: str) -> Notice | None:
    """The notice that a message calls for; a crisis outweighs an emergency."""
    read = _read(question)
    if any(rules.is_farewell(sentences) for rules, sentences in read):
        return None
    return _ruled(read) or _weighed(question, read)


def gravest(notices: Iterable[Notice | None]) -> Notice | None:
    """The one of several notices that outweighs the others."""
    found = set(notices)
    return "crisis" if "crisis" in found else "urgent" if "urgent" in found else None


def languages(question: str) -> tuple[str, ...]:
    """The languages, by their ISO 639-1 codes, whose rules find that a message calls for a notice."""
    found = zip(LANGUAGES.values(), _read(question), strict=True)
    return tuple(code for code, read in found if _ruled([read]) is not None)


def by_rules(question: str) -> Notice | None:
    """The notice that some language's rules find called for."""
    return _ruled(_read(question))


def _read(question: str) -> list[tuple[Rules, list[str]]]:
    """Every language's rules with the sentences that they read."""
    return [(rules, rules.sentences(question)) for rules in map(_rules, LANGUAGES)]


def _ruled(read: list[tuple[Rules, list[str]]]) -> Notice | None:
    if any(rules.is_crisis(sentences) for rules, sentences in read):
        return "crisis"
    return "urgent" if any(rules.is_emergency(sentences) for rules, sentences in read) else None


def _weighed(question: str, read: list[tuple[Rules, list[str]]]) -> Notice | None:
    """The notice of which the weights are sure, unless what the rules read speaks against it.

    The weights know words, not what denies them: of 93 emergencies that only they hear, none denies a sign.
    """
    odds = shipped().odds(question)
    notice = None if odds is None else odds.over(crisis=SURE_OF_CRISIS, urgent=SURE)
    if notice == "crisis" and not any(rules.is_at_stake(sentences) for rules, sentences in read):
        return None
    if notice == "urgent" and any(rules.is_emergency_denied(sentences) for rules, sentences in read):
        return None
    return notice


@cache
def _rules(language: str) -> Rules:
    return Rules(tomllib.loads(files("bot.notices").joinpath(f"{language}.toml").read_text("utf-8")))
