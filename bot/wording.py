"""Every sentence of the bot's own, in every language of its own; all else that a patient reads is quoted."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bot.records import Notice
from bot.settings import Settings

DEFAULT_LANGUAGE = "en"


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """The sentences by language and name; every language has the same names (a test holds this)."""
    table: dict[str, dict[str, str]] = json.loads(files("bot").joinpath("words.json").read_text("utf-8"))
    return table


def say(name: str, language: str = DEFAULT_LANGUAGE, **values: object) -> str:
    """One sentence with its gaps filled; raises KeyError for a name that there is not."""
    return catalogue()[language][name].format(**values)


def notice(kind: Notice, settings: Settings, language: str = DEFAULT_LANGUAGE) -> str:
    """A notice with the operator's phone numbers."""
    return say(
        f"notice_{kind}",
        language,
        emergency_phone=settings.emergency_phone,
        crisis_phone=settings.crisis_phone,
    )
