import pytest

from bot.reading.dates import iso_date, stated_dates


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("March 5, 2018", "2018-03-05"),
        ("5 March 2018", "2018-03-05"),
        ("the 1st of Sept. 2018", "2018-09-01"),
        ("3/5/2018", "2018-03-05"),
        ("25/3/2018", "2018-03-25"),
        ("2018-03-05T10:00:00Z", "2018-03-05"),
        ("D:20180305101500Z", "2018-03-05"),
        ("2018-03", "2018-03"),
        ("March 2018", "2018-03"),
        ("2018", "2018"),
        ("30 February 2018", "2018-02"),
        ("99/99/2018", "2018"),
        ("some day", None),
        ("", None),
    ],
)
def test_a_date_is_as_precise_as_it_was_stated(stated: str, expected: str | None) -> None:
    found = iso_date(stated)
    assert found == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "This page was first published on May 2, 2011 and last updated 6/7/2014.",
            ("2011-05-02", "2014-06-07"),
        ),
        ("Last reviewed: January 2020", (None, "2020-01")),
        ("Published 2016", ("2016", None)),
        ("Updated: 3 May 2017", (None, "2017-05-03")),
        ("A trial published in 2016 found that colchicine helps.", (None, None)),
    ],
)
def test_a_line_about_the_document_gives_its_dates(
    line: str, expected: tuple[str | None, str | None]
) -> None:
    assert stated_dates(line) == expected
