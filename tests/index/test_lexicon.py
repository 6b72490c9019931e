from hypothesis import given
from hypothesis import strategies as st

from bot.index.lexicon import NONE, Lexicon

WORDS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6), max_size=30)


@given(WORDS, WORDS)
def test_every_word_has_the_number_of_its_place_and_others_have_none(
    words: list[str], others: list[str]
) -> None:
    lexicon = Lexicon.of(words)
    assert list(lexicon) == sorted(set(words))
    assert [lexicon[number] for number in range(len(lexicon))] == list(lexicon)
    for word in (*words, *others):
        number = lexicon.number(word)
        assert (lexicon[number] == word) if word in words else (number == NONE)


def test_what_no_text_can_have_is_not_found() -> None:
    assert Lexicon.of(["a"]).number("\ud800") == NONE
    assert Lexicon.of([]).number("a") == NONE
