import pytest

from bot.reading.markdown import from_text
from tests.reading.files import outline

SOURCE = """\
---
title: Gout
site: Joint Site
published: 2019-04-02
updated: May 2021
url: https://example.org/gout
lang: en-GB
---

# Gout

Gout **hurts**.

## What are the *signs*?

> The signs are:
>
> - a red joint
>   - very red
> - a hot joint

### Late

| Drug | Use |
| --- | --- |
| Colchicine | attack |

```
code
```

## References

1. Berg T. Crystals.

[^1]: Holm K. More crystals.
"""


def test_marks_stay_out_of_the_blocks_and_headings_nest() -> None:
    signs = "What are the signs?"
    assert outline(from_text(SOURCE, "gout.md")) == [
        ("body", (), ["Gout **hurts**."]),
        ("body", (signs,), ["The signs are:", "a red joint", "very red", "a hot joint"]),
        ("body", (signs, "Late"), ["Drug | Use", "Colchicine | attack"]),
        ("bibliography", ("References",), ["Berg T. Crystals.", "[^1]: Holm K. More crystals."]),
    ]


def test_front_matter_says_what_the_document_is() -> None:
    document = from_text(SOURCE, "gout.md")
    assert (document.title, document.publisher, document.language) == ("Gout", "Joint Site", "en-GB")
    assert (document.published, document.revised) == ("2019-04-02", "2021-05")
    assert document.address == "https://example.org/gout"


def test_an_address_that_could_run_a_script_is_dropped() -> None:
    document = from_text("---\nurl: javascript:alert(1)\n---\n\nGout hurts.\n", "gout.md")
    assert document.address is None


def test_line_ends_and_a_byte_order_mark_do_not_move_the_spans() -> None:
    source = "\ufeff" + SOURCE.replace("\n", "\r\n")
    document = from_text(source, "gout.md")
    assert document.text == source
    assert outline(document) == outline(from_text(SOURCE, "gout.md"))


def test_short_lines_are_headings_where_no_heading_is_marked() -> None:
    source = "# Gout\n\nGout hurts.\n\nOverview\n\nCrystals form.\n\nOutlook\n\n- Good\n"
    assert outline(from_text(source, "gout.md")) == [
        ("body", (), ["Gout hurts."]),
        ("body", ("Overview",), ["Crystals form."]),
        ("body", ("Outlook",), ["Good"]),
    ]


def test_the_title_falls_back_to_the_file() -> None:
    assert from_text("Gout hurts.\n", "joints/gout.md").title == "gout"


@pytest.mark.parametrize("heading", ["Related articles", "Read more", "Recent posts:", "You may also like"])
@pytest.mark.parametrize("links", ["- Eating less meat\n- Beer", "Eating less meat\n\nBeer"])
def test_after_a_list_of_links_comes_text_again(heading: str, links: str) -> None:
    source = (
        f"# Gout\n\n## Care\n\nRest the toe.\n\n### {heading}\n\n{links}\n\nDo not take aspirin for gout.\n"
    )
    roles = [(role, path, words[-1]) for role, path, words in outline(from_text(source, "gout.md"))]
    assert roles == [
        ("body", ("Care",), "Rest the toe."),
        ("leftover", ("Care", heading.rstrip(":")), "Beer"),
        ("body", ("Care",), "Do not take aspirin for gout."),
    ]


def test_comments_go_on_to_the_next_heading() -> None:
    source = "# Gout\n\nRest.\n\n## Leave a reply\n\nMy uncle drank cherry juice and was well.\n"
    assert [role for role, *_ in outline(from_text(source, "gout.md"))] == ["body", "leftover"]
