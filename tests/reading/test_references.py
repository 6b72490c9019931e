"""The facts at the head of a Markdown file that say whose words it retells."""

import pytest

from bot.reading.markdown import from_text
from bot.records import Reference

RETOLD = """---
title: Gout retold
reviewed: No doctor has read this.
references:
  - id: A
    title: Living with gout
    publisher: The Joint Leaflet
    published: 2014-02-01
    revised: 2016
    address: https://leaflet.example/gout
  - id: B
    title: Old tales
    published: null
    address: javascript:alert(1)
---
# Gout retold

Gout comes at night [A].
"""


def test_a_document_says_which_sources_it_retells_and_whether_it_was_reviewed() -> None:
    document = from_text(RETOLD, "gout.md")
    assert document.reviewed == "No doctor has read this."
    assert document.references == (
        Reference(
            "A",
            "Living with gout",
            publisher="The Joint Leaflet",
            published="2014-02-01",
            revised="2016",
            address="https://leaflet.example/gout",
        ),
        Reference("B", "Old tales"),
    )


@pytest.mark.parametrize("listed", ["none", "[1, 2]", "{A: b}", "[{id: A}, {title: b}]", "null", "[[A]]"])
def test_references_that_are_no_list_of_sources_are_left_alone(listed: str) -> None:
    document = from_text(f"---\nreferences: {listed}\n---\n# Gout\n\nText.\n", "gout.md")
    assert document.references == ()
    assert document.reviewed is None
