"""The page's own sentences: every language has all of them, with the same gaps."""

import re

import pytest

from bot.wording import DEFAULT_LANGUAGE, catalogue, say

OTHERS = [language for language in catalogue() if language != DEFAULT_LANGUAGE]


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_sentence(language: str) -> None:
    assert list(catalogue()[language]) == list(catalogue()[DEFAULT_LANGUAGE])


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", catalogue()[DEFAULT_LANGUAGE])
def test_a_sentence_has_the_same_gaps_in_every_language(language: str, name: str) -> None:
    here, there = (set(re.findall(r"\{\w+\}", catalogue()[tongue][name])) for tongue in ("en", language))
    assert here == there
    assert catalogue()[language][name].strip()


def test_a_sentence_is_said_with_its_gaps_filled() -> None:
    assert say("corrected", typed="{meant}", meant="pain") == 'Searched for "pain"; you wrote "{meant}".'
