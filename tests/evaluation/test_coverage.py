"""The short form of `python -m tests.benchmarks.coverage`: intervals hold about 95 times of 100."""

import pytest

from tests.benchmarks.coverage import (
    LEAST,
    MOST,
    Draw,
    clustered,
    clustered_differences,
    coverage,
    graded,
    paired,
    share,
    standard_error,
    told_apart,
)

REPEATS = 200


@pytest.mark.parametrize(
    "draw",
    [
        share(0.7, 80),
        graded(40),
        paired(80, 0.2, 0.1),
        clustered(20),
        clustered_differences(20),
        told_apart(80),
    ],
)
def test_intervals_hold_as_often_as_they_say(draw: Draw) -> None:
    slack = 2 * standard_error(REPEATS)
    assert LEAST - slack <= coverage(draw, REPEATS) <= min(1.0, MOST + slack)
