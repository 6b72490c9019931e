from dataclasses import replace
from datetime import date

import pytest

from bot.records import Document
from bot.rendering.citation import age_years

UNDATED = Document(id="a.md", title="A", text="A", sections=(), digest="")
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("published", "revised", "years"),
    [
        ("2015-09-04", None, 11),
        ("2015-11-23", None, 11),
        ("2015-11-24", None, 10),
        ("2015-11", None, 10),
        ("2015-10", None, 11),
        ("2015", None, 10),
        ("2015", "2024-01-01", 2),
        ("2027", None, 0),
        (None, None, None),
    ],
)
def test_age_is_counted_in_whole_years_since_the_latest_day_that_a_date_may_mean(
    published: str | None, revised: str | None, years: int | None
) -> None:
    assert age_years(replace(UNDATED, published=published, revised=revised), TODAY) == years
