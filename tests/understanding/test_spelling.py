import pytest

from bot.understanding.spelling import Speller, rarity, spelled_out

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


@pytest.mark.parametrize(("heard", "meant"), [("brane", "brain"), ("newmonia", "pneumonia")])
def test_a_word_written_as_it_sounds_is_preferred_to_one_that_looks_nearer(heard: str, meant: str) -> None:
    assert Speller({"brain": 3, "brand": 3, "pneumonia": 2}).correct(heard) == meant


def test_a_name_that_sounds_roughly_like_a_common_word_is_left_alone() -> None:
    assert Speller({"prone": 3}).correct("peyronie") is None


def test_a_word_written_in_haste_is_spelled_out() -> None:
    assert spelled_out("ur") == ("your",)
    assert spelled_out("wanna") == ("want", "to")
    assert spelled_out("liver") == ("liver",)


def test_an_inflected_word_is_no_rarer_than_its_plain_form() -> None:
    assert rarity("tripping") == rarity("trip")
    assert rarity("gout") > rarity("toe") > rarity("house")
