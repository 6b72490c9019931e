"""Every sentence of the bot's own, in every language of its own; all else that a patient reads is quoted."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bot.records import Notice
from bot.settings import Settings

DEFAULT_LANGUAGE = "en"
# The name under which one sentence stands in many more languages than the page speaks.
_FOREIGN = "foreign"


def catalogue() -> Mapping[str, Mapping[str, str]]:
    """The sentences by language and name; every language has the same names (a test holds this)."""
    return {language: sentences for language, sentences in _tables().items() if language != _FOREIGN}


def foreign(language: str) -> tuple[str, str]:
    """What a message in a language is told that the documents are not in, and the language it is told in."""
    sentences = _tables()[_FOREIGN]
    told = language if language in sentences else DEFAULT_LANGUAGE
    return sentences[told], told


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    table: dict[str, dict[str, str]] = json.loads(files("bot").joinpath("words.json").read_text("utf-8"))
    return table


def say(name: str, language: str = DEFAULT_LANGUAGE, **values: object) -> str:
    """One sentence with its gaps filled; raises KeyError for a name that there is not."""
    return catalogue()[language][name].format(**values)


def notice(kind: Notice, settings: Settings, language: str = DEFAULT_LANGUAGE) -> str:
    """A notice with the operator's phone numbers, the English "or" between them in the language too."""
    return say(
        f"notice_{kind}",
        language,
        emergency_phone=settings.emergency_phone.replace(" or ", f" {say('or', language)} "),
        crisis_phone=settings.crisis_phone.replace(" or ", f" {say('or', language)} "),
    )
