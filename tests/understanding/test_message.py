import pytest

from bot.understanding.message import asked, read_message, squeezed

LETTER = (
    "Good morning. I am 63 and retired. Last month the clinic said it was gout in my toe. "
    "My aunt died of a stroke. What can I do about it? Kind regards, Ann"
)


def test_a_letter_s_question_is_found() -> None:
    assert asked(read_message(LETTER)) == ("What can I do about it?",)


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("I am 63 and retired.", "background"),
        ("Last month the clinic said it was gout in my toe.", "subject"),
        ("My aunt died of a stroke.", "background"),
        ("Good morning.", "neutral"),
    ],
)
def test_each_sentence_plays_its_part(sentence: str, role: str) -> None:
    assert next(s.role for s in read_message(LETTER) if s.text == sentence) == role


@pytest.mark.parametrize("short", ["I can't stop coughing", "liver mets. symptoms", "How long?"])
def test_a_short_message_is_one_question(short: str) -> None:
    assert all(sentence.role == "asks" for sentence in read_message(short))


def test_a_message_that_asks_nothing_is_taken_as_the_question() -> None:
    message = (
        "The doctor says that there is gout in my left toe. It has been swollen since Tuesday and it burns."
    )
    assert asked(read_message(message))


def test_a_blank_message_has_no_sentences() -> None:
    assert read_message(" \n ") == ()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a" + " " * 3990 + "x", "a x"),
        ("gout\t \u00a0 pain", "gout pain"),
        ("gout  \r\n \r\n\r\n  What helps?", "gout\nWhat helps?"),
    ],
)
def test_runs_of_white_space_are_cut_down(typed: str, kept: str) -> None:
    assert squeezed(typed) == kept
    assert [s.text for s in read_message(typed)] == [s.text for s in read_message(kept)]
