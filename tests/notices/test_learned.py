from pathlib import Path

import pytest

from bot.notices import fitting
from bot.notices.learned import Odds, Weights, features, shipped, words_of

TABLE = "feature\tcrisis\turgent\n(intercept)\t-1.00\t-2.00\nfall\t0.00\t3.00\n#fever\t0.00\t5.00\n"
WEIGHTS = Weights.from_table(TABLE)


def test_the_odds_are_the_weights_of_the_words_in_sum() -> None:
    assert WEIGHTS.odds("Fall fall 39.1") == Odds(-1.0, 6.0)


def test_words_of_a_long_message_count_less_and_a_letter_is_left_to_the_rules() -> None:
    longer = WEIGHTS.odds("fall" + " word" * 47)
    assert longer == Odds(-1.0, -0.5)
    assert WEIGHTS.odds("fall " * 71) is None


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("38,6 hoy", ["#fever", "hoy"]),
        ("39 años", ["#", "anos"]),
        ("102 F", ["#fever", "f"]),
        ("36.9", ["#normal"]),
    ],
)
def test_a_reading_is_told_from_other_numbers(message: str, words: list[str]) -> None:
    assert words_of(message) == words


def test_features_are_words_stems_and_pairs() -> None:
    assert features(["bleeding", "so", "much"]) == {
        "bleeding",
        "so",
        "much",
        "bleed*",
        "bleeding so",
        "so much",
        "bleeding _ much",
    }


@pytest.mark.parametrize(
    ("odds", "notice"),
    [
        (Odds(0.5, 0.5), None),
        (Odds(2.0, -3.0), "crisis"),
        (Odds(2.0, 2.5), "crisis"),
        (Odds(2.0, 5.0), "urgent"),
    ],
)
def test_a_crisis_outweighs_an_emergency_about_as_likely(odds: Odds, notice: str | None) -> None:
    assert odds.over(crisis=1.0, urgent=1.0) == notice


def test_the_shipped_weights_hear_what_no_rule_foresaw() -> None:
    odds = shipped().odds("he will not be with us tomorrow, he hid the tablets and wrote goodbye")
    assert odds is not None
    assert odds.crisis > 0


def test_fitting_writes_the_table_that_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sklearn")
    monkeypatch.setattr(fitting, "TABLE", tmp_path / "weights.tsv")
    examples, questions = tmp_path / "examples.tsv", tmp_path / "questions.jsonl"
    told = [
        "crisis\tend it now",
        "crisis\tend it",
        "urgent\tshe bleeds now",
        "urgent\tshe bleeds",
        "none\tis it so",
    ]
    examples.write_text("expected\ttext\n" + "\n".join(told), "utf-8")
    questions.write_text('{"question": "is it long"}\n{"message": "is she well"}\n', "utf-8")
    assert fitting.main([str(examples), "--background", str(questions)]) == 0
    weights = Weights.from_table((tmp_path / "weights.tsv").read_text("utf-8"))
    odds = weights.odds("she bleeds")
    assert odds is not None
    assert odds.urgent > odds.crisis
