"""A short climb to the dearest question: the long one is python -m tests.hold.cost.

Processor time is measured, and doubled for machines that are busy or slow.
"""

from bot.assistant import Assistant
from tests.hold.cost import MOST_SECONDS, asked, climbed, cost

# What cost most before it was bounded; each is as long as a question may be.
DEAR = (
    ("? a",) * 1300,
    ("What is cancer? How is it treated?",) * 200,
    ("what is cancer and how is it treated and why",) * 100,
    tuple("".join(chr(97 + (at * step) % 26) for step in (1, 3, 5, 7, 11)) for at in range(700)),
    ("a\n",) * 2000,
    ("e\u0301",) * 2000,
    (" " * 3990, "x"),
)


def test_no_question_costs_more_than_its_share(assistant: Assistant) -> None:
    for pieces in DEAR:
        for after in (0, 20):
            assert cost(assistant, asked(pieces), after) < 2 * MOST_SECONDS


def test_none_that_a_short_climb_finds_does_either(assistant: Assistant) -> None:
    assert climbed(assistant, seconds=2.0, seed=1).seconds < 2 * MOST_SECONDS
