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
        ("body", (signs, "Late"), ["Drug | Use", "Colchicine | attack", "code"]),
        ("bibliography", ("References",), ["1. Berg T. Crystals.", "[^1]: Holm K. More crystals."]),
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


@pytest.mark.parametrize("mark", ["**{}**", "__{}__", "**{}:**", "**{}**:", "##{}", "***{}***"])
def test_a_heading_written_as_a_paragraph_is_one(mark: str) -> None:
    source = f"# Gout\n\nGout hurts.\n\n{mark.format('What to eat')}\n\nLess meat.\n"
    assert outline(from_text(source, "gout.md")) == [
        ("body", (), ["Gout hurts."]),
        ("body", ("What to eat",), ["Less meat."]),
    ]


@pytest.mark.parametrize(
    "line", ["**Do not take aspirin**", "**It hurts.**", "#health #feet", "**Eat** less"]
)
def test_a_bold_sentence_and_a_tag_are_no_headings(line: str) -> None:
    source = f"# Gout\n\n## Care\n\n{line}\n\nLess meat.\n"
    assert outline(from_text(source, "gout.md")) == [("body", ("Care",), [line, "Less meat."])]


def test_a_text_whose_headings_are_bold_lines_has_a_title_and_sections() -> None:
    source = "**Gout in the foot**\n\n**What is it?**\n\nCrystals form.\n\n**At home**\n\n- Rest\n"
    document = from_text(source, "a.md")
    assert document.title == "Gout in the foot"
    assert outline(document) == [
        ("body", ("What is it?",), ["Crystals form."]),
        ("body", ("At home",), ["Rest"]),
    ]


@pytest.mark.parametrize("rule", ["---", "-----", "==="])
@pytest.mark.parametrize("words", ["Rest the foot well.", "Rest the foot\nand keep it up"])
def test_a_paragraph_on_a_rule_is_text(words: str, rule: str) -> None:
    source = f"# Gout\n\n{words}\n{rule}\n\nSee us soon.\n"
    assert outline(from_text(source, "gout.md")) == [("body", (), [words, "See us soon."])]


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


def found(source: str) -> list[tuple[str, str]]:
    document = from_text(f"# Gout\n\nGout hurts.\n\n{source}", "gout.md")
    blocks = [block for section in document.sections if section.role == "body" for block in section.blocks]
    return [(block.kind, document.text[block.start : block.end]) for block in blocks[1:]]


def headings(source: str) -> list[tuple[tuple[str, ...], str]]:
    document = from_text(f"# Gout\n\n{source}", "gout.md")
    return [(path, words) for _, path, blocks in outline(document) for words in blocks]


def test_items_are_quoted_with_their_numbers_and_without_boxes_to_tick() -> None:
    source = "1. Rest\n2. Ice\n   - not too long\n\n10) Call us\n\n- [ ] Pack shoes\n- [x] Book a taxi\n"
    assert [words for _, words in found(source)] == [
        *("1. Rest", "2. Ice", "not too long", "10) Call us", "Pack shoes", "Book a taxi"),
    ]


@pytest.mark.parametrize("fence", ["```", "~~~", "```text", "````"])
def test_lines_of_a_fenced_block_are_rows(fence: str) -> None:
    closing = fence.removesuffix("text")
    source = f"{fence}\nMonday    two tablets\n\nTuesday   one tablet\n{closing}\n"
    assert found(source) == [("row", "Monday    two tablets"), ("row", "Tuesday   one tablet")]


@pytest.mark.parametrize("lead", ["", "> ", "- "])
def test_lines_of_an_indented_block_are_rows_wherever_it_stands(lead: str) -> None:
    inside = " " * len(lead) if lead == "- " else lead
    source = f"{lead}Dose:\n{inside}\n{inside}    Monday    two\n{inside}    Tuesday   one\n"
    assert found(source)[1:] == [("row", "Monday    two"), ("row", "Tuesday   one")]


def test_sentences_and_items_in_a_block_stay_what_they_are_and_programs_are_left_out() -> None:
    source = "```\nAsk the ward\nbefore you go.\n\n- red\n```\n\n```json\n{}\n```\n"
    assert found(source) == [("paragraph", "Ask the ward\nbefore you go."), ("item", "red")]


def test_blank_cells_at_the_edges_of_a_row_keep_their_place() -> None:
    source = "|  | Morning | Night |\n|---|---|---|\n| Salt \\| ice |  | 1 |\n|  | 2 |  |\n"
    assert found(source) == [("row", "| Morning | Night"), ("row", "Salt \\| ice |  | 1"), ("row", "| 2 |")]
    document = from_text(f"Gout hurts.\n\n> {source.replace(chr(10), chr(10) + '> ')}", "gout.md")
    rows = [block for section in document.sections for block in section.blocks if block.kind == "row"]
    assert [row.header for row in rows] == [True, False, False]
    assert document.text[rows[1].start] == "S"


@pytest.mark.parametrize(
    ("source", "notes"),
    [
        ("> [!WARNING]\n> No aspirin.\n", ["No aspirin."]),
        ("> [!tip]- Mind this\n> - No beer.\n", ["Mind this", "No beer."]),
        ('!!! danger "No aspirin"\n    It makes gout worse.\n', ["No aspirin", "It makes gout worse."]),
        ("!!! danger\xa0No aspirin\t\xa0\n    Or worse.\n", ["No aspirin", "Or worse."]),
        ("!!! note\n    No aspirin.\n", ["No aspirin."]),
        ("::: warning\nNo aspirin.\n:::\n", ["No aspirin."]),
        (":::danger[No aspirin]\n\nIt makes gout worse.\n\n:::\n", ["No aspirin", "It makes gout worse."]),
        ("```{caution}\nNo aspirin.\n```\n", ["No aspirin."]),
        ('<div class="alert alert-danger">\n<p>No aspirin.</p>\n</div>\n', ["No aspirin."]),
        ("<aside>\n\nNo aspirin.\n\n</aside>\n", ["No aspirin."]),
        ('<div class="warning">\n\n**No aspirin.**\n\n</div>\n\nRest.\n', ["**No aspirin.**"]),
        ('<Callout type="info">\nNo aspirin.\n</Callout>\n', ["No aspirin."]),
        ("> **Note**\n> No aspirin.\n", ["No aspirin."]),
        ("> ⚠️ **Warning:** No aspirin.\n\nRest.\n", ["⚠️ **Warning:** No aspirin."]),
        ("> Rest well.\n", []),
        ("{{< notice warning >}}\nNo aspirin.\n{{< /notice >}}\n\nRest.\n", ["No aspirin."]),
        (
            '{{% callout type="warning" %}}\nNo aspirin.\n\nNo beer.\n{{% /callout %}}\n\nRest.\n',
            ["No aspirin.", "No beer."],
        ),
        ('{% hint style="danger" %}\r\nNo aspirin.\r\n{% endhint %}\r\n\r\nRest.\r\n', ["No aspirin."]),
        ("{{< note >}}\n\nIt is never closed.\n", []),
        ("<aside>\n\nIt is never closed.\n", []),
    ],
)
def test_call_outs_are_notes(source: str, notes: list[str]) -> None:
    assert [words for kind, words in found(source) if kind == "note"] == notes


def test_a_footnote_is_a_note_where_it_stands_by_its_text_and_else_a_paragraph() -> None:
    source = "Take colchicine[^a] or rest.[^b]\n\n[^a]: Not with weak kidneys.\n\nIce.\n\n[^b]: Lie down.\n"
    assert found(source)[1:] == [
        ("note", "[^a]: Not with weak kidneys."),
        ("paragraph", "Ice."),
        ("paragraph", "[^b]: Lie down."),
    ]


@pytest.mark.parametrize(
    "note", ["[^1]: https://example.org/gout", "[^1]: Holm K. (2014) Crystals. J Joints. 2014;3(2):40-9."]
)
def test_a_footnote_that_names_a_source_is_not_quoted(note: str) -> None:
    assert found(f"Rest.[^1]\n\n{note}\n") == [("paragraph", "Rest.[^1]")]


@pytest.mark.parametrize(
    "line",
    [
        *("{% include ad.html %}", "{{< youtube abc >}}", "{: .lead}", "[[toc]]", "[TOC]", "%% to do %%"),
        *("<!-- to do -->", "import Tabs from '@theme/Tabs';", "export const toc = [];", "![[foot.png]]"),
        *("![foot](foot.png)", "[![build](a.svg)](b)", "^block-1", "\\newpage", "<br>", '<a id="x"></a>'),
    ],
)
def test_directives_and_pictures_are_not_quoted(line: str) -> None:
    assert found(f"Rest.\n\n{line}\n\nIce.\n") == [("paragraph", "Rest."), ("paragraph", "Ice.")]
    assert found(f"Rest.\n{line}\n")[:1] == [("paragraph", "Rest.")]


def test_a_description_of_a_picture_is_quoted() -> None:
    assert found("![A toe that is red and swollen](toe.png)\n") == [
        ("paragraph", "A toe that is red and swollen")
    ]


def test_heading_names_have_no_anchors_and_no_tags() -> None:
    source = "## <a name='s'></a>Signs {#signs}\n\nRed.\n\nCare\n----\n\nRest.\n"
    assert headings(source) == [(("Signs",), "Red."), (("Care",), "Rest.")]


@pytest.mark.parametrize("line", ["> ", "- ", "1. ", "!!!", ":::", "[^1]:", "> !!! note", "- :::"])
def test_a_mark_alone_at_the_end_is_read(line: str) -> None:
    assert found(f"Rest.\n\n{line}")[0] == ("paragraph", "Rest.")


def test_a_bold_line_leads_into_its_list() -> None:
    document = from_text("# Gout\n\n**Signs are:**\n- red\n- hot\n\n__Take:__\n\n1. ice\n", "gout.md")
    assert [block.lead_in for block in document.sections[0].blocks] == [True, False, False, True, False]


def test_boxes_that_end_like_they_begin_are_read() -> None:
    source = "!!! attention\n  ## Call us if\n\n  - it gets hot\n\n  ***\n  It may be more.\n!!!\n"
    assert [words for _, words in found(source)] == ["it gets hot", "It may be more."]


def test_shortcodes_around_a_list_are_not_in_its_items() -> None:
    source = "{{< list >}}\n- Rest\n- Ice\n{{< /list >}}\n"
    assert found(source) == [("item", "Rest"), ("item", "Ice")]


def test_a_picture_above_the_words_of_a_box_is_no_part_of_them() -> None:
    source = '!!! tip "Mind"\n    ![Foot](foot.png){ class="small" }\n    Rest **both** feet.\n'
    assert [words for _, words in found(source)] == ["Mind", "Rest **both** feet."]


def test_fenced_html_is_html() -> None:
    source = "```{=html}\n<h2>\n```\nCare\n\n```{=html}\n</h2><p>Rest.</p>\n```\n"
    assert ("paragraph", "Rest.") in found(source)


@pytest.mark.parametrize(
    "opening", ['{% box(kind="note", title="Call us if") %}', "{{< box title='Call us if' >}}"]
)
def test_the_title_of_a_box_in_a_directive_is_quoted(opening: str) -> None:
    source = f"{opening}\n\n- it gets hot\n\n{{% end %}}\n"
    assert found(source) == [("paragraph", "Call us if"), ("item", "it gets hot")]


@pytest.mark.parametrize(
    "tabs",
    [
        '=== "Adults"\n\n    One tablet.\n\n=== "Children"\n\n    Half a tablet.\n\nDrink water.\n',
        '=== "Adults"\n    One tablet.\n\n=== "Children"\n    Half a tablet.\n\nDrink water.\n',
        '{{< tabs >}}\n{{% tab "Adults" %}}\nOne tablet.\n{{% /tab %}}\n{{< tab header="Children" >}}\n'
        "Half a tablet.\n{{< /tab >}}\n{{< /tabs >}}\n\nDrink water.\n",
        '<Tabs>\n<TabItem value="a" label="Adults">\n\nOne tablet.\n\n</TabItem>\n'
        "<TabItem value='c' label='Children'>\n\nHalf a tablet.\n\n</TabItem>\n</Tabs>\n\nDrink water.\n",
        '<Accordion title="Adults">\n  One tablet.\n</Accordion>\n<Accordion title={"Children"}>\n'
        "  Half a tablet.\n</Accordion>\n\nDrink water.\n",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_tab_heads_what_it_shows_and_ends(tabs: str, end: str) -> None:
    source = f"# Gout\n\n## Doses\n\nTake it with food.\n\n{tabs}".replace("\n", end)
    assert outline(from_text(source, "gout.md")) == [
        ("body", ("Doses",), ["Take it with food."]),
        ("body", ("Doses", "Adults"), ["One tablet."]),
        ("body", ("Doses", "Children"), ["Half a tablet."]),
        ("body", ("Doses",), ["Drink water."]),
    ]
