"""Tables in Word files: rows with their columns, and what is only laid out by a table."""

from pathlib import Path

import pytest

from bot.records import Block
from tests.reading.files import outline, read_one
from tests.reading.invariants import check
from tests.reading.word_files import cell, item, p, r, row, style, table, word

RESTART, BELOW = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def wide(text: str, columns: int) -> str:
    return cell(text, f'<w:gridSpan w:val="{columns}"/>')


def laid_out(tmp_path: Path, body: str, styles: str = "") -> list[str]:
    document = read_one(tmp_path, "sizes.docx", word(body, styles=styles))
    check(document)
    return [line for line in document.text.split("\n") if line]


def blocks(tmp_path: Path, body: str, styles: str = "") -> list[Block]:
    document = read_one(tmp_path, "sizes.docx", word(body, styles=styles))
    return [block for section in document.sections for block in section.blocks]


def test_a_blank_cell_keeps_its_place(tmp_path: Path) -> None:
    body = table(row("Sling", "", "wear"), row("Brace", "wear", ""), row("", "", ""))
    assert laid_out(tmp_path, body) == ["Sling |  | wear", "Brace | wear | "]


def test_a_cell_merged_downwards_counts_for_each_of_its_rows(tmp_path: Path) -> None:
    body = table(
        row(cell("Arm", RESTART), "small", "6 cm"),
        row(cell("", BELOW), "large", "9 cm"),
        row("Leg", "small", cell("12 cm", RESTART)),
        row("Foot", "small", cell("unseen", BELOW)),
    )
    assert laid_out(tmp_path, body) == [
        "Arm | small | 6 cm",
        "Arm | large | 9 cm",
        "Leg | small | 12 cm",
        "Foot | small | 12 cm",
    ]


def test_a_cell_that_goes_on_with_none_tells_its_own(tmp_path: Path) -> None:
    assert laid_out(tmp_path, table(row(cell("Arm", BELOW), "small"))) == ["Arm | small"]


def test_a_cell_merged_across_counts_for_each_of_its_columns(tmp_path: Path) -> None:
    body = table(
        row("Size", wide("Length", 2), "Colour"),
        row("small", "6 cm", "9 cm", "red"),
        row(wide("Children only", 4)),
        row("large", wide("on demand", 2), "blue"),
        row("huge", "20 cm", "30 cm", "green"),
    )
    assert laid_out(tmp_path, body) == [
        "Size | Length | Length | Colour",
        "small | 6 cm | 9 cm | red",
        "Children only",
        "large | on demand | on demand | blue",
        "huge | 20 cm | 30 cm | green",
    ]


def test_long_text_at_the_end_of_a_row_is_told_once(tmp_path: Path) -> None:
    long = "ask at the desk, where somebody will measure your leg and order one in your size"
    body = table(row("small", "6 cm", "9 cm"), row("other", wide(long, 2)))
    assert laid_out(tmp_path, body)[1] == f"other | {long}"


def test_borders_that_are_a_little_off_make_no_columns(tmp_path: Path) -> None:
    body = table(
        row(wide("small", 1), wide("6 cm", 2)),
        row(wide("large", 2), wide("9 cm", 1)),
        row("only", properties='<w:gridBefore w:val="1"/>'),
        widths=(1500, 60, 3000),
    )
    assert laid_out(tmp_path, body) == ["small | 6 cm", "large | 9 cm", "| only"]


def test_columns_that_a_row_leaves_out_are_blank(tmp_path: Path) -> None:
    body = table(
        row("", "Left", "Right"),
        row("Left", "Right", properties='<w:gridBefore w:val="1"/>'),
        row("Arm", properties='<w:gridAfter w:val="2"/>'),
        row("Leg", "yes", "no"),
        widths=(1000, 1000, 1000),
    )
    assert laid_out(tmp_path, body) == ["| Left | Right", "| Left | Right", "Arm |  | ", "Leg | yes | no"]


def test_a_nested_table_is_told_once_row_by_row(tmp_path: Path) -> None:
    inner = table(row("Monday", "closed"), row("Friday", "open"))
    assert laid_out(tmp_path, table(row(cell(p("Workshop") + inner + p(""))))) == [
        "Workshop",
        "Monday | closed",
        "Friday | open",
    ]
    body = table(row("Name", "Hours"), row("Workshop", cell(inner)))
    assert laid_out(tmp_path, body) == ["Name | Hours", "Workshop", "Monday | closed", "Friday | open"]


def test_a_deleted_row_or_cell_is_not_shown_and_an_inserted_one_is(tmp_path: Path) -> None:
    body = table(
        row("Sling", "wear", cell("never", '<w:cellDel w:id="1"/>')),
        row("Brace", "wear", properties='<w:del w:id="2"/>'),
        row("Boot", "wear", properties='<w:ins w:id="3"/>'),
        row("Hat", "wear", properties="<w:hidden/>"),
    )
    assert laid_out(tmp_path, body) == ["Sling | wear", "Boot | wear"]


def test_rows_and_cells_in_content_controls_are_read(tmp_path: Path) -> None:
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = table(row("Arm", control.format(cell("6 cm"))), control.format(row("Leg", "9 cm")))
    assert laid_out(tmp_path, body) == ["Arm | 6 cm", "Leg | 9 cm"]


def test_paragraphs_and_lists_in_a_cell_stay_in_its_row(tmp_path: Path) -> None:
    listed = item("rest", number=1) + item("ice", number=1)
    body = table(row("Sprain", cell(p("First two days:") + listed)), row("Cut", "plaster"))
    assert laid_out(tmp_path, body) == ["Sprain | First two days: • rest • ice", "Cut | plaster"]


@pytest.mark.parametrize(
    ("first", "styles", "properties"),
    [
        (row("Size", "Length", properties="<w:tblHeader/>"), "", ""),
        (row(cell(p(r("Size", "<w:b/>"))), cell(p(r("Length", "<w:b/>")))), "", ""),
        (row(cell("Size", '<w:shd w:fill="DDDDDD"/>'), cell("Length", '<w:shd w:fill="DDDDDD"/>')), "", ""),
        (
            row("Size", "Length"),
            style("Grid1", "Grid 1", kind="table").replace(
                "</w:style>", '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>'
            ),
            '<w:tblStyle w:val="Grid1"/><w:tblLook w:val="04A0"/>',
        ),
    ],
)
def test_the_row_that_names_the_columns_is_known(
    tmp_path: Path, first: str, styles: str, properties: str
) -> None:
    body = table(first, row("small", "6 cm"), row("large", "9 cm"), properties=properties)
    assert [block.header for block in blocks(tmp_path, body, styles)] == [True, False, False]


def test_a_first_row_like_the_others_names_nothing(tmp_path: Path) -> None:
    body = table(row("small", "6 cm"), row("large", "9 cm"))
    assert not any(block.header for block in blocks(tmp_path, body))
    bold = [row(cell(p(r(size, "<w:b/>"))), cell(p(r("6 cm", "<w:b/>")))) for size in ("small", "large")]
    assert not any(block.header for block in blocks(tmp_path, table(*bold)))


def test_what_a_table_only_lays_out_keeps_its_structure(tmp_path: Path) -> None:
    left = p("Your brace", style="Heading1") + p("Wear it by day.") + p("The clasp is on the left side.")
    right = p("Cleaning", style="Heading2") + item("soap", number=1) + item("water", number=1)
    document = read_one(tmp_path, "brace.docx", word(table(row(cell(left), cell(right)))))
    assert outline(document) == [
        ("body", (), ["Wear it by day.", "The clasp is on the left side."]),
        ("body", ("Cleaning",), ["soap", "water"]),
    ]


def test_a_table_of_one_cell_is_a_note_or_the_page(tmp_path: Path) -> None:
    warning = table(row(cell(p("Warning") + p("Take the brace off if the foot turns blue."))))
    body = p("Your brace", style="Heading1") + p("Wear it by day.") + warning
    assert [block.kind for block in blocks(tmp_path, body)] == ["paragraph", "note"]
    page = (
        p("Your brace", style="Heading1")
        + p("Wear it by day.")
        + p("Cleaning", style="Heading2")
        + p("Soap.")
    )
    document = read_one(tmp_path, "sizes.docx", word(table(row(cell(page)))))
    assert outline(document) == [("body", (), ["Wear it by day."]), ("body", ("Cleaning",), ["Soap."])]


@pytest.mark.parametrize("columns", ["-3", "0", "100000000", "x"])
def test_spans_out_of_all_bounds_do_no_harm(tmp_path: Path, columns: str) -> None:
    merged = cell("Arm", f'<w:gridSpan w:val="{columns}"/>')
    body = table(row(merged, "6 cm"), row("Leg", "9 cm", properties=f'<w:gridBefore w:val="{columns}"/>'))
    assert len(laid_out(tmp_path, body)) == 2
