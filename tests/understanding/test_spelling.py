import pytest

from bot.understanding.spelling import Speller

CORPUS = {
    "liver": 9, "symptoms": 20, "metastasis": 8, "trastuzumab": 3, "biopsy": 4, "breast": 40, "die": 2,
    "chemotherapy": 7, "bisphosphonates": 2, "while": 5, "whipple": 2,
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("symtoms", "symptoms"),
        ("metastisis", "metastasis"),
        ("trastuzamab", "trastuzumab"),
        ("biopsey", "biopsy"),
        ("kemotherapy", "chemotherapy"),
        ("brest", "breast"),
        ("bisfosfonates", "bisphosphonates"),
        ("diagnosd", "diagnosed"),
    ],
)
def test_a_slip_is_corrected(typed: str, meant: str) -> None:
    assert Speller(CORPUS).correct(typed) == meant


@pytest.mark.parametrize("right", ["live", "diet", "liver", "lover", "kidney", "mets", "x", "5fu", "zzzzzz"])
def test_a_right_or_hopeless_word_is_left_alone(right: str) -> None:
    assert Speller(CORPUS).correct(right) is None


def test_a_known_word_is_never_corrected() -> None:
    assert Speller(CORPUS, known=["symtoms"]).correct("symtoms") is None


def test_a_telling_word_is_preferred_to_an_everyday_one() -> None:
    assert Speller(CORPUS).correct("whiple") == "whipple"
