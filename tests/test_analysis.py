import pytest

from bot.analysis import Analyser, words


@pytest.mark.parametrize(
    ("one", "other"),
    [("metastases", "Metastases"), ("bones", "bone"), ("Alzheimer's", "alzheimer"), ("naïve", "naive")],
)
def test_forms_of_one_word_share_a_term(one: str, other: str) -> None:
    analyser = Analyser()
    assert analyser.terms(one) == analyser.terms(other)


def test_words_that_differ_keep_apart() -> None:
    assert len(set(Analyser().terms("liver live lung diet die"))) == 5


def test_tokens_say_where_they_stand() -> None:
    text = "5-FU helps \u05d0\u05d1"
    assert [text[t.start : t.end] for t in Analyser().tokens(text)] == ["5", "FU", "helps", "\u05d0\u05d1"]


def test_punctuation_is_no_word() -> None:
    assert words("\u2026 \U0001f600 -- _") == []
