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


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("chemo\u00adtherapy", "chemotherapy"),
        ("chemo\u200btherapy", "chemotherapy"),
        ("ma\ufeffm\u200dmogram", "mammogram"),
        ("cafe\u0301", "caf\u00e9"),
        ("nai\u0308ve", "naive"),
    ],
)
def test_what_is_unseen_inside_a_word_does_not_part_it(written: str, meant: str) -> None:
    assert Analyser().terms(f"a {written} b") == Analyser().terms(f"a {meant} b")


def test_punctuation_is_no_word() -> None:
    assert words("\u2026 \U0001f600 -- _") == []
