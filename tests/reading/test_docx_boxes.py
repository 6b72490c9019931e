"""Boxes, notes and diagrams in Word files: read once, where they are anchored."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.records import Document
from tests.reading.files import outline, read_one
from tests.reading.invariants import check
from tests.reading.word_files import cell, drawn_box, element, item, old_box, p, r, row, table, word

FLOW = p("Hearing aids", style="Heading1") + p("Clean the aid with a dry cloth each evening before bed.")
NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def read(tmp_path: Path, body: str, *, footnotes: str = "", endnotes: str = "") -> Document:
    document = read_one(tmp_path, "aid.docx", word(body, footnotes=footnotes, endnotes=endnotes))
    check(document)
    return document


def kinds(document: Document) -> list[str]:
    return [block.kind for section in document.sections for block in section.blocks]


@pytest.mark.parametrize("box", [drawn_box, old_box])
def test_a_box_is_a_note_behind_its_paragraph_told_once(tmp_path: Path, box: Callable[[str], str]) -> None:
    boxed = box(p("Warning") + p("Never swallow a battery."))
    body = FLOW + p("Open the flap. ", boxed, "Take the battery out.") + p("Put in a new one.")
    document = read(tmp_path, body)
    assert kinds(document) == ["paragraph", "paragraph", "note", "paragraph"]
    assert document.text.count("Never swallow") == 1
    assert "Open the flap. Take the battery out.\n\nWarning\nNever swallow a battery.\n\n" in document.text
    assert document.remarks == ("1 text box is read where it is anchored.",)


def test_a_box_that_only_older_versions_can_show_is_read(tmp_path: Path) -> None:
    document = read(tmp_path, FLOW + p(drawn_box("", fallback=p("Keep it dry."))))
    assert "Keep it dry." in document.text


def test_a_leaflet_laid_out_in_boxes_keeps_its_headings_and_lists(tmp_path: Path) -> None:
    front = p("Hearing aids", style="Heading1") + p("They make sounds louder.")
    back = p("Cleaning", style="Heading2") + item("dry cloth", number=1) + item("no water", number=1)
    document = read(tmp_path, p(drawn_box(front), drawn_box(back)))
    assert document.title == "Hearing aids"
    assert outline(document) == [
        ("body", (), ["They make sounds louder."]),
        ("body", ("Cleaning",), ["dry cloth", "no water"]),
    ]


def test_a_banner_in_a_box_is_the_title(tmp_path: Path) -> None:
    body = p(drawn_box(p("Hearing aids", style="Title"))) + p("They make sounds louder, but not clearer.")
    document = read(tmp_path, body)
    assert document.title == "Hearing aids"
    assert kinds(document) == ["paragraph"]


def test_a_long_box_is_told_paragraph_by_paragraph(tmp_path: Path) -> None:
    long = [
        p("The shop on the ground floor has batteries of all sizes and opens at nine. " * 5) for _ in "ab"
    ]
    flow = FLOW + "".join(p("Clean the aid with a dry cloth each evening before bed.") for _ in range(9))
    assert kinds(read(tmp_path, flow + p(drawn_box("".join(long)))))[-2:] == ["note", "note"]


def test_boxes_in_cells_and_in_boxes_are_read_behind_them(tmp_path: Path) -> None:
    inner = p("Outer.", drawn_box(p("Inner.")))
    body = FLOW + table(row("Battery", cell(p("size 13", drawn_box(inner)))), row("Tube", "size 2"))
    text = read(tmp_path, body).text
    assert text.index("Battery | size 13") < text.index("Outer.") < text.index("Inner.") < text.index("Tube")


def test_a_hidden_drawing_is_not_read(tmp_path: Path) -> None:
    hidden = drawn_box(p("Draft")).replace('name="Box"', 'name="Box" hidden="1"')
    assert "Draft" not in read(tmp_path, FLOW + p(hidden)).text


def test_word_art_and_diagrams_are_read(tmp_path: Path) -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="Ask us"/></v:shape></w:pict></w:r>'
    diagram = '<w:r><w:drawing><wp:inline><dgm:relIds r:dm="data"/></wp:inline></w:drawing></w:r>'
    point = "<dgm:pt><dgm:t><a:p><a:r><a:t>{}</a:t></a:r></a:p></dgm:t></dgm:pt>"
    data = element(
        "dgm:dataModel", f"<dgm:ptLst>{point.format('Whistles?')}{point.format('Turn it')}</dgm:ptLst>"
    )
    content = word(FLOW + p(art) + p(diagram), related={"data": ("diagramData", data)})
    document = read_one(tmp_path, "aid.docx", content)
    assert document.text.endswith("Ask us\n\nWhistles?\nTurn it")
    assert document.remarks == ("1 diagram is read shape by shape.",)


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_stands_behind_its_paragraph(tmp_path: Path, kind: str) -> None:
    notes = (
        f'<w:{kind} w:id="2">{p("Not with a cold.")}</w:{kind}><w:{kind} w:id="3">{p("Unused.")}</w:{kind}>'
    )
    body = p("Wear it all day.", f'<w:r><w:{kind}Reference w:id="2"/></w:r>') + p("Take it off at night.")
    of_kind = {kind: notes}
    document = read(
        tmp_path, body, footnotes=of_kind.get("footnote", ""), endnotes=of_kind.get("endnote", "")
    )
    assert document.text == "Wear it all day.\n\nNot with a cold.\n\nTake it off at night."
    assert kinds(document) == ["paragraph", "note", "paragraph"]
    assert document.remarks == ("1 note is read behind the paragraph that it belongs to.",)


def test_a_note_of_a_cell_stands_behind_its_row(tmp_path: Path) -> None:
    notes = f'<w:footnote w:id="2">{p("Half of it for children.")}</w:footnote>'
    document = read(
        tmp_path, table(row("Oil", cell(p("two drops", NOTE))), row("Spray", "one puff")), footnotes=notes
    )
    assert document.text == "Oil | two drops\n\nHalf of it for children.\n\nSpray | one puff"


def test_notes_that_name_sources_stand_at_the_end_and_are_not_quoted(tmp_path: Path) -> None:
    notes = f'<w:footnote w:id="2">{p("Moore K, et al. Wax. Ear J. 2011;12:34.")}</w:footnote>'
    body = (
        p("Oil softens wax:") + p("two drops", NOTE, style="ListBullet") + p("at night", style="ListBullet")
    )
    document = read(tmp_path, body, footnotes=notes)
    assert [section.role for section in document.sections] == ["body", "bibliography"]
    assert kinds(document) == ["paragraph", "item", "item", "note"]


def test_a_note_that_is_missing_or_refers_to_itself_does_no_harm(tmp_path: Path) -> None:
    notes = f'<w:footnote w:id="2">{p("Not with a cold.", NOTE)}</w:footnote>'
    missing = '<w:r><w:footnoteReference w:id="9"/></w:r>'
    document = read(tmp_path, p("Wear it.", NOTE, missing), footnotes=notes)
    assert document.text == "Wear it.\n\nNot with a cold."


def test_comments_headers_and_footers_are_not_read(tmp_path: Path) -> None:
    comment = element("w:comments", f'<w:comment w:id="0">{p("Check this")}</w:comment>')
    footer = element("w:ftr", p("Page 1"))
    related = {"c": ("comments", comment), "f": ("footer", footer)}
    body = FLOW + p(r("Wear it."), '<w:r><w:commentReference w:id="0"/></w:r>')
    document = read_one(tmp_path, "aid.docx", word(body, related=related))
    assert document.text.endswith("Wear it.")
    assert document.remarks == ()
