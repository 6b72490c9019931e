import pytest

from bot.errors import DocumentError
from bot.reading.markdown import from_text
from tests.reading.files import outline


def found(source: str) -> list[tuple[tuple[str, ...], str, str]]:
    """Heading path, kind and words of each block."""
    document = from_text(source, "gout.md")
    return [
        (section.heading, block.kind, document.text[block.start : block.end])
        for section in document.sections
        for block in section.blocks
    ]


def words(source: str) -> list[str]:
    return [text for *_, text in found(f"Gout hurts.\n\n{source}\n")][1:]


def test_a_file_of_html_alone_is_read_with_its_headings() -> None:
    source = "<div class='box'>\n<h2>Who &amp; when</h2>\n<p>Anybody may call.</p>\n</div>\n"
    assert found(source) == [(("Who & when",), "paragraph", "Anybody may call.")]


def test_a_folded_panel_has_its_question_for_a_heading_and_ends() -> None:
    source = (
        "# Gout\n\n## Care\n\nRest.\n\n"
        "<details><summary>May I <b>run</b>?</summary>\nNot yet.\n</details>\n\n"
        "Drink.\n\n<details>\n<summary>Beer?</summary>\n\nNo **beer**.\n\n</details>\n\n## Outlook\n\nGood.\n"
    )
    assert found(source) == [
        (("Care",), "paragraph", "Rest."),
        (("Care", "May I run?"), "paragraph", "Not yet."),
        (("Care",), "paragraph", "Drink."),
        (("Care", "Beer?"), "paragraph", "No **beer**."),
        (("Outlook",), "paragraph", "Good."),
    ]


def test_text_behind_a_panel_under_the_title_alone_has_no_heading() -> None:
    source = "# Gout\n\n<details><summary>Beer?</summary>\nNo.\n</details>\n\nRest.\n"
    assert found(source) == [(("Beer?",), "paragraph", "No."), ((), "paragraph", "Rest.")]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>Do <b>not</b> run.</p>", ["Do <b>not</b> run."]),
        ("<p><b>Never:</b> run</p>", ["<b>Never:</b> run"]),
        ("<p><strong>Never run.</strong></p>", ["Never run."]),
        ("<p><a href='x>y'>Call us</a></p>", ["Call us"]),
        ("<p>&nbsp;5&nbsp;mg &lt; 6&nbsp;</p>", ["5&nbsp;mg &lt; 6"]),
        ("<p>First<br>second.<br><br>Third.</p>", ["First<br>second.", "Third."]),
        ("<p>One.<p>Two.", ["One.", "Two."]),
        ("<div>One.<p>Two.</p>Three.</div>", ["One.", "Two.", "Three."]),
        ("<div>Less than <5 mg, 3 < 4.</div>", ["Less than <5 mg, 3 < 4."]),
        ("<ul><li>red<li>hot<ul><li>very</ul></ul>", ["red", "hot", "very"]),
        ("<dl><dt>Urate</dt><dd>A salt.</dd></dl>", ["Urate", "A salt."]),
        ("<div>Signs:\n- red\n- hot\n</div>", ["Signs:", "red", "hot"]),
        ("<pre>\nDrug   Dose\nIce    much\n</pre>", ["Drug   Dose", "Ice    much"]),
        ("<Tabs>\n<TabItem label='x'>\n\nIn a tab.\n\n</TabItem>\n</Tabs>", ["In a tab."]),
    ],
)
def test_pieces_are_what_stands_between_the_tags_of_blocks(html: str, texts: list[str]) -> None:
    assert words(html) == texts


@pytest.mark.parametrize(
    "html",
    [
        "<script>\nalert('<p>x</p>')\n</script>",
        "<style>\np { color: red }\n\nb { }\n</style>",
        "<!-- a comment\n\nwith a <p>gap</p> -->",
        "<div hidden>\n\nNot *seen*.\n\n</div>",
        "<div style='display: none'><p>Not seen.</p></div>",
        "<p aria-hidden='true'>Not seen.</p>",
        "<nav><ul><li>Home</li></ul></nav>",
        "<template><p>Not seen.</p></template>",
        "<p>&nbsp;</p>",
        "<img src='a.png' alt='x'><hr>",
        "<?php echo 1 ?>",
    ],
)
def test_what_nobody_sees_is_not_quoted(html: str) -> None:
    assert words(f"{html}\n\nRest.") == ["Rest."]


def test_an_element_that_hides_and_is_never_closed_hides_its_own_block_alone() -> None:
    assert words("<div hidden>\nNot seen.\n\nRest.") == ["Rest."]


def test_rows_keep_the_tags_between_their_cells() -> None:
    table = (
        "<table>\n<thead><tr><th>Drug</th><th>Night</th></tr></thead>\n"
        "<tr><td></td><td>1</td></tr>\n<tr><td>Ice</td><td><p>2</p></td></tr>\n</table>"
    )
    assert words(table) == ["Drug</th><th>Night", "</td><td>1", "Ice</td><td><p>2</p>"]
    assert words("<table>\n  <tr>\n\n    <td>Ice</td><td>2</td>\n\n  </tr>\n</table>") == ["Ice</td><td>2"]


def test_cells_that_arrange_the_page_are_no_row() -> None:
    table = "<table><tr><td><h3>Care</h3><p>Rest.</p></td><td><ul><li>Ice</li></ul></td></tr></table>"
    assert words(table) == ["Rest.", "Ice"]


def test_short_paragraphs_are_not_joined_over_their_tags() -> None:
    from bot.passages import cut_corpus
    from bot.records import Corpus

    document = from_text("# Gout\n\n<p>Rest.</p>\n<p>Drink.</p>\n", "gout.md")
    assert [passage.text for passage in cut_corpus(Corpus((document,), ""))] == ["Rest.", "Drink."]


@pytest.mark.parametrize(
    "unit", ["<x a='", '<p b="', "<!--", "<!--x-->", "<td>a", "<div hidden>x\n\n", "</", "<?x"]
)
def test_endless_markup_is_read_or_refused(unit: str) -> None:
    try:
        document = from_text("Gout.\n\n<div>\n" + unit * (60_000 // len(unit)), "gout.md")
    except DocumentError:
        return
    assert outline(document)
