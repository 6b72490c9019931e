import pytest

from bot.evaluation.wording_overlap import exact_match, word_f1


@pytest.mark.parametrize(
    ("given", "golds", "f1", "exact"),
    [
        ("The bones ache.", ["bones ache"], 1.0, 1.0),
        ("ache bones", ["bones ache"], 1.0, 0.0),
        ("bones ache at night", ["bones ache"], 2 * 2 / 6, 0.0),
        ("bones bones", ["bones"], 2 * 1 / 3, 0.0),
        ("liver", ["bones ache", "the liver"], 1.0, 1.0),
        ("", ["bones"], 0.0, 0.0),
        ("the", ["a"], 1.0, 1.0),
    ],
)
def test_words_are_compared_as_squad_compares_them(
    given: str, golds: list[str], f1: float, exact: float
) -> None:
    assert word_f1(given, golds) == pytest.approx(f1)
    assert exact_match(given, golds) == exact
