"""The page's own sentences: every language has all of them, with the same gaps."""

import re

import pytest

from bot.wording import DEFAULT_LANGUAGE, catalogue, foreign, say

TOLD_IN = ("de", "fr", "es", "pt", "it", "nl", "pl", "tr", "ru", "ar", "zh", "vi", "tl", "hi")
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


def test_a_message_in_another_language_is_told_in_it() -> None:
    sentence, language = foreign("de")
    assert language == "de"
    assert "Englisch" in sentence


def test_a_language_without_a_sentence_is_told_in_english() -> None:
    assert foreign("el")[1] == DEFAULT_LANGUAGE


def test_the_sentences_in_other_languages_differ_and_have_no_gaps() -> None:
    told = [foreign(language)[0] for language in ("en", *TOLD_IN)]
    assert len(set(told)) == len(told)
    assert not any("{" in sentence for sentence in told)
