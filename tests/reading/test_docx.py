from pathlib import Path

import pytest

from tests.reading.files import outline, read_one
from tests.reading.invariants import check
from tests.reading.word_files import field, item, levels, numbers, p, r, row, style, table, word

HEADINGS = style("Heading1", "heading 1", properties='<w:outlineLvl w:val="0"/>')


def words(tmp_path: Path, body: str, *, styles: str = "", numbering: str = "") -> list[str]:
    """The lines of the text that a body is laid out as."""
    document = read_one(tmp_path, "cast.docx", word(body, styles=styles, numbering=numbering))
    check(document)
    return [line for line in document.text.split("\n") if line]


def test_styles_give_headings_lists_and_rows(tmp_path: Path) -> None:
    body = (
        p("Gout", style="Title")
        + p("Gout hurts.", r(" SECRET", "<w:vanish/>"))
        + p("Signs", style="Heading1")
        + p("The signs are:")
        + p("red joint", style="ListBullet")
        + p("very red", style="ListBullet2")
        + p("Late", style="Heading2")
        + table(row("Colchicine", "attack"))
    )
    document = read_one(tmp_path, "gout.docx", word(body))
    check(document)
    assert document.title == "Gout"
    assert outline(document) == [
        ("body", (), ["Gout hurts."]),
        ("body", ("Signs",), ["The signs are:", "red joint", "very red"]),
        ("body", ("Signs", "Late"), ["Colchicine | attack"]),
    ]


@pytest.mark.parametrize(
    ("styles", "properties"),
    [
        (style("X", "Überschrift 1"), ""),
        (style("X", "Titre 1"), ""),
        (style("X", "heading 1,Chapter"), ""),
        (style("X", "Ward name", based_on="Heading1") + HEADINGS, ""),
        (style("X", "Ward name", properties='<w:outlineLvl w:val="0"/>'), ""),
        (style("X", "Ward name"), '<w:outlineLvl w:val="0"/>'),
    ],
)
def test_a_heading_is_known_in_any_language_and_by_its_outline_level(
    tmp_path: Path, styles: str, properties: str
) -> None:
    body = p("Care at home", style="Title") + p("Washing", style="X", properties=properties) + p("Use soap.")
    document = read_one(tmp_path, "cast.docx", word(body, styles=styles))
    assert outline(document) == [("body", ("Washing",), ["Use soap."])]


def test_a_chain_of_styles_that_bites_its_tail_ends(tmp_path: Path) -> None:
    styles = style("A", "Alpha", based_on="B") + style("B", "Beta", based_on="A")
    assert words(tmp_path, p("Use soap.", style="A"), styles=styles) == ["Use soap."]


def test_a_whole_paragraph_in_a_headings_style_can_be_quoted(tmp_path: Path) -> None:
    long = "Keep the cast dry at all times and cover it with a plastic bag whenever you take a shower."
    body = p("Your cast", style="Heading1") + p(long, style="Heading2")
    document = read_one(tmp_path, "cast.docx", word(body))
    assert outline(document) == [("body", (), [long])]


def test_lines_in_a_headings_style_with_nothing_under_them_can_be_quoted(tmp_path: Path) -> None:
    body = p("Your cast", style="Heading1") + "".join(
        p(line, style="Heading2") for line in ("Lift the arm", "Move the fingers", "Wear the sling")
    )
    document = read_one(tmp_path, "cast.docx", word(body))
    assert outline(document) == [("body", (), ["Lift the arm", "Move the fingers", "Wear the sling"])]


def test_bold_and_large_lines_are_headings_and_bold_warnings_are_not(tmp_path: Path) -> None:
    bold, large = "<w:b/>", '<w:b/><w:sz w:val="36"/>'
    body = (
        p(r("Your cast", large))
        + p("A cast holds the bone in place while it heals, which takes some weeks.")
        + p(r("At night", bold))
        + p("Put the arm on a pillow.")
        + p(r("Do not drive", bold))
        + p("The arm is too stiff for it.")
        + p(r("In the bath", bold))
        + p("Cover the cast.")
    )
    document = read_one(tmp_path, "cast.docx", word(body))
    assert document.title == "Your cast"
    assert outline(document) == [
        ("body", (), ["A cast holds the bone in place while it heals, which takes some weeks."]),
        ("body", ("At night",), ["Put the arm on a pillow.", "Do not drive", "The arm is too stiff for it."]),
        ("body", ("In the bath",), ["Cover the cast."]),
    ]


@pytest.mark.parametrize(
    "contents",
    [
        p("At night\t2", style="TOC1") + p("In the bath\t3", style="TOC2"),
        p("Contents", style="TOCHeading") + p("At night 2", style="TOC1"),
        p(field(r'TOC \o "1-3"', r("At night 2"))),
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{p('Contents')}{p('At night 2')}</w:sdtContent></w:sdt>",
        p("<w:fldSimple w:instr='TOC \\o'>" + r("At night 2") + "</w:fldSimple>"),
        p("casts 7", style="Index1"),
    ],
)
def test_a_table_of_contents_is_not_quoted(tmp_path: Path, contents: str) -> None:
    body = p("Your cast", style="Heading1") + contents + p("At night", style="Heading2") + p("Use a pillow.")
    assert words(tmp_path, body) == ["Your cast", "At night", "Use a pillow."]


def test_a_table_of_contents_over_several_paragraphs_is_left_out_and_one_without_an_end_is_not(
    tmp_path: Path,
) -> None:
    runs = field("TOC", r("At night 2") + "</w:p><w:p>" + r("In the bath 3"))
    assert words(tmp_path, p(runs) + p("Use a pillow.")) == ["Use a pillow."]
    endless = runs.rpartition("<w:r>")[0]
    assert words(tmp_path, p(endless) + p("Use a pillow."))[-1] == "Use a pillow."


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (r("see page ") + field("PAGEREF x", r("4")), "see page 4"),
        (
            r("now") + '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>XE "cast"</w:instrText>'
            '<w:fldChar w:fldCharType="end"/></w:r>',
            "now",
        ),
        (field('IF x = "1" ', r("shown")), "shown"),
        ("<w:ins>" + r("new") + "</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>", "new"),
        ("<w:moveFrom>" + r("here") + "</w:moveFrom><w:moveTo>" + r("there") + "</w:moveTo>", "there"),
        (
            "<w:smartTag>" + r("Leeds") + "</w:smartTag><w:hyperlink>" + r(" clinic") + "</w:hyperlink>",
            "Leeds clinic",
        ),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + r("typed in") + "</w:sdtContent></w:sdt>", "typed in"),
        (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            + r("Click here")
            + "</w:sdtContent></w:sdt>"
            + r("left"),
            "left",
        ),
        (
            "<w:r><w:t>co</w:t><w:softHyphen/><w:t>operate</w:t><w:noBreakHyphen/><w:t>x</w:t></w:r>",
            "cooperate-x",
        ),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a b"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t> yes</w:t></w:r>', "✓ yes"),
        (r("5 ") + r("m", '<w:rFonts w:ascii="Symbol"/>') + r("g"), "5 μg"),
        (r("\uf0b3", '<w:rFonts w:ascii="Symbol"/>') + r(" 3"), "≥ 3"),
        (r("10") + r("9", '<w:vertAlign w:val="superscript"/>') + r(" cells"), "10⁹ cells"),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
            "1/2",
        ),
        (
            "<m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>3</m:t></m:r></m:sup></m:sSup></m:oMath>",
            "10^3",
        ),
        (
            "<w:ruby><w:rt>" + r("above") + "</w:rt><w:rubyBase>" + r("base") + "</w:rubyBase></w:ruby>",
            "base",
        ),
    ],
)
def test_runs_are_read_as_they_are_shown(tmp_path: Path, runs: str, expected: str) -> None:
    assert words(tmp_path, p(runs)) == [expected]


@pytest.mark.parametrize(("kind", "tag"), [("paragraph", "w:pStyle"), ("character", "w:rStyle")])
def test_text_that_a_style_hides_is_not_shown(tmp_path: Path, kind: str, tag: str) -> None:
    styles = style("Secret", "Internal", runs="<w:vanish/>", kind=kind)
    hidden = (
        p("for staff", style="Secret")
        if kind == "paragraph"
        else p(r("for staff", '<w:rStyle w:val="Secret"/>'))
    )
    assert tag in hidden
    assert words(tmp_path, hidden + p("For you."), styles=styles) == ["For you."]


def test_paragraphs_whose_mark_was_deleted_go_on_in_the_next(tmp_path: Path) -> None:
    deleted = "<w:rPr><w:del w:id='1' w:author='a'/></w:rPr>"
    assert words(tmp_path, p("Use ", properties=deleted) + p("a pillow.")) == ["Use a pillow."]
    assert words(tmp_path, p("Use a pillow.", properties=deleted)) == ["Use a pillow."]


def test_a_large_first_letter_belongs_to_its_word(tmp_path: Path) -> None:
    body = p("T", properties='<w:framePr w:dropCap="drop"/>') + p("ake a pillow.")
    assert words(tmp_path, body) == ["Take a pillow."]


def test_lines_broken_by_hand_stay_apart(tmp_path: Path) -> None:
    body = p("<w:r><w:t>Monday to Friday: 8 to 4</w:t><w:br/><w:t>Saturday: closed</w:t></w:r>")
    assert words(tmp_path, body) == ["Monday to Friday: 8 to 4", "Saturday: closed"]


def test_lists_that_were_typed_are_lists(tmp_path: Path) -> None:
    body = (
        p("Bring:")
        + p("• your sling")
        + p("-\tyour card")
        + p("Then:")
        + p("1. Ring the bell.")
        + p("2. Sit down.")
        + p("2 casts are normal.")
    )
    document = read_one(tmp_path, "cast.docx", word(body))
    kinds = [block.kind for section in document.sections for block in section.blocks]
    assert kinds == ["paragraph", "item", "item", "paragraph", "item", "item", "paragraph"]
    assert "• your sling\n• your card" in document.text
    assert "1. Ring the bell.\n2. Sit down." in document.text


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        (("(a) Ring the bell", "(b) Sit down, or do (a) again"), 2),
        (("a) Ring the bell", "b) Sit down"), 2),
        (("i. Ring the bell", "ii. Sit down", "iii. Wait"), 3),
        (("h. Ring the bell", "i. Sit down", "j. Wait"), 3),
        (("(1) Ring the bell", "(2) Sit down"), 2),
        (("a) Ring the bell", "(iv) Sit down"), 0),
    ],
)
def test_letters_and_small_roman_numbers_that_follow_each_other_make_a_list(
    tmp_path: Path, typed: tuple[str, ...], items: int
) -> None:
    body = p("Then do it like this.") + "".join(map(p, typed)) + p("That is all that there is to do.")
    document = read_one(tmp_path, "cast.docx", word(body))
    kinds = [block.kind for section in document.sections for block in section.blocks]
    assert kinds.count("item") == items
    assert "\n".join(typed) in document.text or not items


def test_a_further_paragraph_of_an_item_stays_in_it(tmp_path: Path) -> None:
    numbering = levels(("decimal", "%1.")) + numbers(1)
    body = (
        item("Lift the arm.", number=1, style="ListParagraph")
        + p("It may ache.", style="ListParagraph")
        + item("Rest.", number=1, style="ListParagraph")
    )
    assert words(tmp_path, body, numbering=numbering) == ["1. Lift the arm. It may ache.", "2. Rest."]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("All about your cast", "All about your cast"),
        ("Microsoft Word - cast_v3.doc", "Your cast"),
        ("Word Document", "Your cast"),
        ("untitled", "Your cast"),
        ("Leaflet template 2012", "Your cast"),
        ("[Type the title]", "Your cast"),
        ("cast-final.docx", "Your cast"),
        ("PIL_0042", "Your cast"),
        ("Cataract surgery", "Your cast"),
        ("", "Your cast"),
    ],
)
def test_a_title_that_names_another_thing_is_not_believed(tmp_path: Path, title: str, expected: str) -> None:
    body = p("Your cast", style="Heading1") + p("It is all about keeping it dry.")
    data = word(body, properties=f"<dc:title>{title}</dc:title>")
    assert read_one(tmp_path, "cast.docx", data).title == expected


def test_the_title_that_is_shown_counts_on_two_lines_too(tmp_path: Path) -> None:
    body = p("Your cast", style="Title") + p("at home", style="Title") + p("Use a pillow.")
    document = read_one(tmp_path, "cast.docx", word(body, properties="<dc:title>Your arm</dc:title>"))
    assert document.title == "Your cast at home"


def test_without_properties_nothing_is_made_up(tmp_path: Path) -> None:
    document = read_one(tmp_path, "cast-care.docx", word(p("Use a pillow at night, every night.")))
    assert (document.title, document.published, document.revised, document.language) == (
        "cast-care",
        None,
        None,
        "en",
    )


def test_the_properties_say_what_the_document_is(tmp_path: Path) -> None:
    properties = (
        "<dc:title>All about gout</dc:title><dc:language>en-GB</dc:language>"
        "<dcterms:created>1601-01-01T00:00:00Z</dcterms:created>"
        "<dcterms:modified>2021-05-17T10:15:00Z</dcterms:modified>"
    )
    document = read_one(tmp_path, "gout.docx", word(p("Gout hurts."), properties=properties))
    assert (document.title, document.language) == ("All about gout", "en-GB")
    assert (document.published, document.revised) == (None, "2021-05-17")


def test_a_date_in_the_text_counts_more_than_the_properties(tmp_path: Path) -> None:
    properties = "<dcterms:modified>2021-05-17T10:15:00Z</dcterms:modified>"
    body = p("Gout hurts.") + p("Last reviewed: March 2019")
    assert read_one(tmp_path, "gout.docx", word(body, properties=properties)).revised == "2019-03"


def test_a_strict_file_is_read_like_any_other(tmp_path: Path) -> None:
    numbering = levels(("decimal", "%1.")) + numbers(1)
    note = f'<w:footnote w:id="2">{p("Not in the bath.")}</w:footnote>'
    body = (
        p("Your cast", style="Heading1")
        + item("Lift the arm.", number=1)
        + p("Wear the sling.", '<w:r><w:footnoteReference w:id="2"/></w:r>')
    )
    data = word(body, numbering=numbering, footnotes=note, styles=HEADINGS, strict=True)
    document = read_one(tmp_path, "cast.docx", data)
    assert document.title == "Your cast"
    assert outline(document) == [("body", (), ["1. Lift the arm.", "Wear the sling.", "Not in the bath."])]


def test_what_was_not_read_is_told(tmp_path: Path) -> None:
    picture = "<w:r><w:drawing><wp:inline><a:blip/></wp:inline></w:drawing></w:r>"
    chart = "<w:r><w:drawing><wp:inline><c:chart/></wp:inline></w:drawing></w:r>"
    body = p("Use a pillow.", picture, picture, chart, "<w:r><w:object/></w:r>") + "<w:altChunk/>"
    tracked = p("<w:ins>" + r("Rest.") + "</w:ins>")
    document = read_one(tmp_path, "cast.docx", word(body + tracked))
    assert document.remarks == (
        "1 chart is not read.",
        "1 embedded object is not read.",
        "1 embedded document is left out; open the file in Word and save it again.",
        "2 pictures are not read.",
        "It has tracked changes: what was inserted is read, what was deleted is not.",
    )


PAGES = (("At night", 2), ("In the bath", 3), ("When it itches", 4))


@pytest.mark.parametrize(
    "contents",
    [
        "".join(p(f"{name}\t{page}") for name, page in PAGES),
        p("Contents", style="Heading1") + "".join(p(f"{name} ..... {page}") for name, page in PAGES),
        p("Contents") + "".join(p(name, style="ListBullet") for name, _ in PAGES),
        p("In this leaflet:") + "".join(p(name) for name, _ in PAGES),
        table(*(row(name, str(page)) for name, page in PAGES)),
    ],
)
def test_a_table_of_contents_that_was_typed_is_not_quoted(tmp_path: Path, contents: str) -> None:
    sections = "".join(p(name, style="Heading2") + p("Use a pillow.") for name, _ in PAGES)
    lines = words(tmp_path, p("Your cast", style="Title") + contents + sections)
    assert lines == ["Your cast", *(line for name, _ in PAGES for line in (name, "Use a pillow."))]


def test_a_list_of_things_that_have_sections_of_their_own_is_quoted(tmp_path: Path) -> None:
    listed = p("Casts are a nuisance:") + "".join(p(name, style="ListBullet") for name, _ in PAGES)
    sections = "".join(p(name, style="Heading2") + p("Use a pillow.") for name, _ in PAGES)
    assert "• In the bath" in words(tmp_path, listed + sections)


def test_a_table_that_ends_in_numbers_is_quoted(tmp_path: Path) -> None:
    body = p("Lengths", style="Heading1") + table(row("small", "6"), row("medium", "9"), row("large", "12"))
    assert words(tmp_path, body)[1:] == ["small | 6", "medium | 9", "large | 12"]
