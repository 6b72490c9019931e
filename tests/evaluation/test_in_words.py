from dataclasses import replace

import pytest

from bot.evaluation.in_words import in_words
from bot.evaluation.judging import Judged
from tests.evaluation.test_metrics import AWAY, FIRST, FOURTH, LOST, RECORDS, WRONG

UNJUDGED = replace(AWAY, counted=False, shown=0)


@pytest.mark.parametrize(
    ("records", "sentence"),
    [
        (
            RECORDS,
            "First passage right for 1 of 3; 1 of 3 got nothing; 1 of 2 without an answer were answered."
            " A right passage was shown to 1 of 3; 100 characters to read on average.",
        ),
        (
            (replace(FIRST, unit="document"), FOURTH),
            "First place right for 1 of 2; 0 of 2 got nothing. A right passage was shown to 1 of 2; 100"
            " characters to read on average.",
        ),
        ((replace(LOST, found_at=None),), "1 of 1 got nothing. A right passage was shown to 0 of 1."),
        (
            (replace(WRONG, shown=0),),
            "1 of 1 without an answer were answered.",
        ),
        ((UNJUDGED,), "No question was judged."),
    ],
)
def test_a_report_begins_with_what_was_counted(records: tuple[Judged, ...], sentence: str) -> None:
    assert in_words(records) == sentence
