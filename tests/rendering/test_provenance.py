"""Whose words a quote is, of when, and whether anybody reviewed them."""

from dataclasses import replace
from datetime import date

from bot.records import Document, Passage, Reference
from bot.rendering.citation import citation
from bot.rendering.provenance import as_source, provenance

TODAY = date(2026, 11, 23)
OLD = Reference("A", "Living with gout", "The Joint Leaflet", published="2012-09-03", revised="2015-09-04")
UNDATED = Reference("B", "Old tales")
TEXT = "Gout comes at night [A]. It goes by day [B]. It hurts."
RETOLD = Document(
    id="gout.md",
    title="Gout retold",
    text=TEXT,
    sections=(),
    digest="",
    published="2026-11-20",
    references=(OLD, UNDATED),
    reviewed="No doctor has read this.",
)


def _passage(start: int, end: int) -> Passage:
    return Passage(0, "gout.md", start, end, TEXT[start:end], ("When it comes",), ())


def _lines(document: Document, passage: Passage, language: str = "en") -> tuple[str, ...]:
    return provenance(document, passage, today=TODAY, old=5, language=language).lines


def test_a_retold_quote_names_the_source_that_its_mark_stands_for_with_its_own_dates_and_age() -> None:
    assert _lines(RETOLD, _passage(0, 24)) == (
        "Retold on 2026-11-20 from:",
        "[A] \u201cLiving with gout\u201d, The Joint Leaflet: published 2012-09-03, last revised 2015-09-04",
        "Source [A] is 11 years old. Newer advice may differ: ask your care team.",
        "No doctor has read this.",
    )


def test_an_undated_source_is_said_to_be_undated_and_gets_no_age() -> None:
    assert _lines(RETOLD, _passage(25, 44))[1:] == (
        "[B] \u201cOld tales\u201d: no date given",
        "No doctor has read this.",
    )


def test_a_quote_without_a_mark_may_be_from_any_of_the_sources() -> None:
    lines = _lines(RETOLD, _passage(45, 54))
    assert [line[:3] for line in lines[1:3]] == ["[A]", "[B]"]


def test_the_date_of_a_retelling_is_not_taken_for_that_of_the_facts() -> None:
    cited = citation(RETOLD, _passage(0, 24))
    assert cited == "Gout retold \u203a When it comes"


def test_a_document_of_its_own_states_its_dates_and_its_age() -> None:
    own = replace(RETOLD, references=(), reviewed=None, published="2015")
    assert _lines(own, _passage(0, 24)) == (
        "Published 2015",
        "This document is 10 years old. Newer advice may differ: ask your care team.",
    )
    assert _lines(replace(own, published=None), _passage(0, 24)) == ("No date given",)
    assert _lines(replace(own, revised="2026-01"), _passage(0, 24)) == (
        "Published 2015, last revised 2026-01",
    )


def test_it_is_said_in_the_language_of_the_page_and_titles_stay_as_they_are() -> None:
    lines = _lines(RETOLD, _passage(0, 24), "es")
    assert lines[0] == "Relatado el 2026-11-20 a partir de:"
    assert "Living with gout" in lines[1]


def test_programs_get_the_same_facts() -> None:
    source = as_source(RETOLD, _passage(25, 44))
    assert source["reviewed"] == "No doctor has read this."
    assert source["retells"] == [
        {
            "mark": "B",
            "title": "Old tales",
            "publisher": None,
            "published": None,
            "revised": None,
            "address": None,
        }
    ]
