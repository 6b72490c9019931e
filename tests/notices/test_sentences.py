import pytest

from bot.notices.sentences import Forgiveness, Slips, Spelling, plain

SPELLING = Spelling(
    {"can not": "cannot", "q": "que"}, Slips(["breathe", "pierna"], Forgiveness(shortest=5, endings=False))
)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Él  se\tcayó", "el se cayo"),
        ("I can\u2019t!!!!", "i cant!"),
        ("tengo 38,5", "tengo 38.5"),
        ("1,000 mg", "1,000 mg"),
        ("heeelp", "help"),
        ("one\n two", "one\ntwo"),
    ],
)
def test_a_message_is_made_plain(message: str, expected: str) -> None:
    assert plain(message) == expected


def test_a_sentence_is_words_with_a_mark_between_its_parts() -> None:
    told = SPELLING.sentences("I woke at three today, it hurts. Help!")
    assert told == ["i woke at three today | it hurts ", "help "]


def test_what_is_written_in_haste_is_spelled_out() -> None:
    assert SPELLING.sentences("I can not say q") == ["i cannot say que "]


@pytest.mark.parametrize(
    ("word", "meant"), [("braethe", "breathe"), ("piernas", "piernas"), ("breath", "breath")]
)
def test_a_slip_is_mended_unless_it_is_another_ending(word: str, meant: str) -> None:
    assert SPELLING.sentences(word) == [f"{meant} "]
