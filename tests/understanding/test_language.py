"""Messages in other languages, short and long, and English that looks like one."""

from pathlib import Path

import pytest

from bot.understanding.language import foreign_language

MESSAGES = [
    line.split("\t")
    for line in Path(__file__).with_name("foreign.tsv").read_text("utf-8").splitlines()
    if line
]
RECOGNISED = 0.95


def told(
    message: str, *, known: frozenset[str] = frozenset(), sources: frozenset[str] = frozenset({"en"})
) -> str | None:
    return foreign_language(message, known=known.__contains__, sources=sources)


def test_nearly_all_messages_in_other_languages_are_recognised() -> None:
    missed = [(language, message) for language, message in MESSAGES if told(message) != language]
    assert len(missed) <= (1 - RECOGNISED) * len(MESSAGES), missed


@pytest.mark.parametrize(
    "message",
    [
        "wot r da simtoms ov brest canser",
        "liver metastisis symtoms",
        "Maria Fernandez de la Cruz",
        "ductal carcinoma in situ",
        "lorem ipsum dolor sit amet",
        "How are ergänzungsschulen funded?",
        "What is Henoch-Schönlein purpura?",
        "letrozole exemestane anastrozole",
        "Sjögren",
        "Thrombocytopenia??",
        "β-hCG",
        "de novo stage IV",
        "tamoxifen",
        "asdf",
        "What does «Ist das heilbar» mean, my doctor said it to me?",
    ],
)
def test_english_is_never_taken_for_another_language(message: str) -> None:
    assert told(message) is None


def test_a_message_with_an_english_sentence_in_it_is_english() -> None:
    assert (
        told("My sister has gout and we need help. Mi hermana tiene gota y no saben cómo tratarla.") is None
    )


def test_what_the_sources_are_written_in_is_not_foreign() -> None:
    assert told("¿Cuáles son los síntomas?", sources=frozenset({"en", "es"})) is None
    assert told("¿Cuáles son los síntomas?", sources=frozenset({"es"})) is None


def test_what_the_sources_have_most_words_of_is_not_foreign() -> None:
    words = frozenset({"tamoxifeno", "dosis", "máxima"})
    assert told("tamoxifeno dosis máxima", known=words) is None


@pytest.mark.parametrize("message", ["¿Es hereditaria la leucemia?", "como se cura la diabetes"])
def test_words_that_the_sources_quote_do_not_hide_the_language_around_them(message: str) -> None:
    assert told(message, known=frozenset({"la", "es", "se", "leucemia", "diabetes", "hereditaria"})) == "es"
