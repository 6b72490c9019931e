"""The numbers of lists and headings in Word files, as readers see them."""

from pathlib import Path

import pytest

from tests.reading.files import outline, read_one
from tests.reading.invariants import check
from tests.reading.word_files import item, levels, numbers, p, style, word


def shown(tmp_path: Path, body: str, numbering: str, styles: str = "") -> list[str]:
    """The lines of a list, as they are laid out."""
    document = read_one(tmp_path, "steps.docx", word(body, numbering=numbering, styles=styles))
    check(document)
    return [line for line in document.text.split("\n") if line]


@pytest.mark.parametrize(
    ("form", "text", "start", "expected"),
    [
        ("decimal", "%1.", 1, ["1. Peel", "2. Press"]),
        ("decimal", "(%1)", 4, ["(4) Peel", "(5) Press"]),
        ("decimal", "Step %1:", 1, ["Step 1: Peel", "Step 2: Press"]),
        ("decimalZero", "%1", 9, ["09 Peel", "10 Press"]),
        ("lowerLetter", "%1)", 26, ["z) Peel", "aa) Press"]),
        ("upperLetter", "%1.", 1, ["A. Peel", "B. Press"]),
        ("lowerRoman", "%1.", 8, ["viii. Peel", "ix. Press"]),
        ("upperRoman", "%1", 3, ["III Peel", "IV Press"]),
        ("ordinal", "%1", 11, ["11th Peel", "12th Press"]),
        ("unheard-of", "%1.", 1, ["1. Peel", "2. Press"]),
        ("bullet", "\uf0b7", 1, ["• Peel", "• Press"]),
        ("bullet", "o", 1, ["• Peel", "• Press"]),
        ("bullet", "✗", 1, ["✗ Peel", "✗ Press"]),
        ("none", "", 1, ["Peel", "Press"]),
    ],
)
def test_a_number_is_shown_in_its_form(
    tmp_path: Path, form: str, text: str, start: int, expected: list[str]
) -> None:
    numbering = levels((form, text), start=start) + numbers(1)
    assert shown(tmp_path, item("Peel", number=1) + item("Press", number=1), numbering) == expected


def test_a_cross_from_a_symbol_font_is_no_mere_bullet(tmp_path: Path) -> None:
    font = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    numbering = levels(("bullet", "\uf0fb"), extra=font) + numbers(1)
    assert shown(tmp_path, item("scratch", number=1), numbering) == ["✗ scratch"]


def test_inner_levels_tell_the_outer_ones_and_start_anew_below_each(tmp_path: Path) -> None:
    numbering = levels(("decimal", "%1."), ("lowerLetter", "%1.%2")) + numbers(1)
    body = "".join(item("x", number=1, level=level) for level in (0, 1, 1, 0, 1))
    assert shown(tmp_path, body, numbering) == ["1. x", "  1.a x", "  1.b x", "2. x", "  2.a x"]


def test_a_list_goes_on_after_text_and_a_new_one_starts_where_it_says_so(tmp_path: Path) -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = levels(("decimal", "%1.")) + numbers(1) + numbers(2, overrides=anew) + numbers(3)
    body = item("a", number=1) + p("In between.") + item("b", number=1) + item("c", number=2)
    body += item("d", number=2) + item("e", number=3)
    assert shown(tmp_path, body, numbering) == ["1. a", "In between.", "2. b", "1. c", "2. d", "3. e"]


def test_a_level_that_never_starts_anew_goes_on(tmp_path: Path) -> None:
    numbering = levels(("decimal", "%1."), ("decimal", "%2)"), extra='<w:lvlRestart w:val="0"/>') + numbers(1)
    body = "".join(item("x", number=1, level=level) for level in (0, 1, 0, 1))
    assert shown(tmp_path, body, numbering) == ["1. x", "  1) x", "2. x", "  2) x"]


def test_a_styles_list_counts_through_styles_based_on_it(tmp_path: Path) -> None:
    numbering = levels(("decimal", "%1.")) + numbers(7)
    styles = style("Base", "Leaflet step", properties='<w:numPr><w:numId w:val="7"/></w:numPr>')
    styles += style("Own", "Ward step", based_on="Base")
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = p("Peel", style="Own") + p("Wait.", style="Own", properties=none) + p("Press", style="Base")
    assert shown(tmp_path, body, numbering, styles) == ["1. Peel", "Wait.", "2. Press"]


def test_a_list_tells_the_level_of_the_styles_that_belong_to_it(tmp_path: Path) -> None:
    inner = (
        '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:pStyle w:val="Dot"/><w:lvlText w:val="-"/></w:lvl>'
    )
    numbering = f'<w:abstractNum w:abstractNumId="1">{inner}</w:abstractNum>' + numbers(1)
    styles = style("Dot", "Leaflet dot", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    assert shown(tmp_path, p("Peel", style="Dot"), numbering, styles) == ["  • Peel"]


def test_an_inner_list_by_its_styles_name_is_one_though_it_counts_for_itself(tmp_path: Path) -> None:
    numbered = '<w:numPr><w:numId w:val="{}"/></w:numPr>'
    styles = style("B1", "List Bullet", properties=numbered.format(1))
    styles += style("B2", "List Bullet 2", properties=numbered.format(2))
    numbering = (
        levels(("bullet", "•")) + levels(("bullet", "–"), family=2) + numbers(1) + numbers(2, family=2)
    )
    body = p("Peel", style="B1") + p("from the top", style="B2") + p("Press", style="B1")
    assert shown(tmp_path, body, numbering, styles) == ["• Peel", "  • from the top", "• Press"]


def test_a_list_may_be_described_by_a_style_for_lists(tmp_path: Path) -> None:
    described = levels(("upperLetter", "%1."), family=2).replace(
        "<w:lvl ", '<w:styleLink w:val="L"/><w:lvl ', 1
    )
    linking = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
    assert shown(tmp_path, item("Peel", number=1), linking + described + numbers(1)) == ["A. Peel"]


def test_an_item_of_a_list_that_is_nowhere_described_is_one(tmp_path: Path) -> None:
    assert shown(tmp_path, item("Peel", number=5), "") == ["• Peel"]
    assert shown(tmp_path, item("Peel", number=5), numbers(5, family=9)) == ["• Peel"]


def test_a_blank_paragraph_counts_and_a_hidden_one_does_not(tmp_path: Path) -> None:
    numbering = levels(("decimal", "%1.")) + numbers(1)
    hidden = '<w:rPr><w:vanish/></w:rPr><w:numPr><w:numId w:val="1"/></w:numPr>'
    body = item("a", number=1) + item("", number=1) + p("", properties=hidden) + item("c", number=1)
    assert shown(tmp_path, body, numbering) == ["1. a", "3. c"]


def test_a_headings_number_is_shown_and_no_part_of_its_name(tmp_path: Path) -> None:
    numbering = levels(("decimal", "%1"), ("decimal", "%1.%2")) + numbers(1)
    body = p("Patches", style="Title") + item("Use", number=1, style="Heading1") + p("One a day.")
    body += item("At night", number=1, level=1, style="Heading2") + p("Leave it on.")
    document = read_one(tmp_path, "patch.docx", word(body, numbering=numbering))
    assert outline(document) == [
        ("body", ("Use",), ["One a day."]),
        ("body", ("Use", "At night"), ["Leave it on."]),
    ]
    assert "1 Use\n" in document.text
    assert "1.1 At night\n" in document.text


@pytest.mark.parametrize("value", ["-5", "0", "999999999", "x", "99999999999999"])
def test_numbers_out_of_all_bounds_do_no_harm(tmp_path: Path, value: str) -> None:
    numbering = levels(("lowerRoman", "%1."), ("decimal", "%9.%2")) + numbers(1)
    numbering = numbering.replace('<w:start w:val="1"/>', f'<w:start w:val="{value}"/>')
    body = item("a", number=1) + item("b", number=1, level=1) + item("c", number=1, level=77)
    assert len(shown(tmp_path, body, numbering)) == 3
