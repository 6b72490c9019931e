"""A message in; those that nothing can be looked up for are refused, with the sentence that says why."""

import unicodedata
from collections.abc import Callable

from bot.analysis import words
from bot.errors import QuestionError
from bot.wording import DEFAULT_LANGUAGE, say


def check_askable(question: str, most: int) -> None:
    """Raises QuestionError for a question that is empty, longer than `most` or has no letter."""
    if not question.strip():
        raise _unaskable("empty")
    if len(question) > most:
        raise _unaskable("long", length=len(question), most=most)
    if not any(mark.isalpha() for mark in question):
        raise _unaskable("wordless")


def check_script(question: str, knows: Callable[[str], bool]) -> None:
    """Raises QuestionError for letters that the sources are not written in; `knows` tells their words."""
    latin = any("LATIN" in unicodedata.name(letter, "") for letter in question if letter.isalpha())
    if not latin and not any(map(knows, words(question))):
        raise _unaskable("script")


def _unaskable(kind: str, **values: int) -> QuestionError:
    return QuestionError(say(f"error_{kind}", DEFAULT_LANGUAGE, **values), kind=kind, **values)
