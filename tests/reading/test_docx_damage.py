"""Word files that are damaged, or made to do harm: one sentence, never more."""

import io
import random
import zipfile
from pathlib import Path

import pytest

from bot.errors import DocumentError
from bot.reading import docx
from bot.reading.docx import package
from tests.reading.files import problem, read_one
from tests.reading.word_files import element, levels, numbers, p, packed, row, style, table, word

PLACES = 200


def whole() -> bytes:
    """A file with some of everything."""
    body = p("Stings", style="H") + p("Pull it out.") + table(row("Bee", "once"), row("Wasp", "often"))
    body += p("Then:") + p("cool it", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    return word(
        body,
        styles=style("H", "heading 1"),
        numbering=levels(("decimal", "%1.")) + numbers(1),
        footnotes=f'<w:footnote w:id="2">{p("Not at once.")}</w:footnote>',
        properties="<dc:title>Stings</dc:title>",
    )


def test_a_flipped_bit_anywhere_leaves_the_file_out_or_does_no_harm(tmp_path: Path) -> None:
    chance = random.Random(12)
    data = whole()
    path = tmp_path / "flipped.docx"
    for _ in range(PLACES):
        flipped = bytearray(data)
        flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        try:
            docx.read(path, path.name)
        except DocumentError as error:
            assert str(error)


def test_a_file_that_was_cut_off_is_left_out(tmp_path: Path) -> None:
    assert "not a Word file" in problem(tmp_path, "cut.docx", whole()[:-400])


@pytest.mark.parametrize(
    "content",
    [
        "",
        "no XML",
        "<w:document>",
        element("w:workbook"),
        '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + element("w:document", "<w:body><w:p>&a;</w:p></w:body>"),
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">' + element("w:document"),
        element("w:document", "<w:body>" + "<w:p>" * 400 + "</w:p>" * 400 + "</w:body>"),
    ],
)
def test_a_main_part_that_is_no_document_is_left_out(tmp_path: Path, content: str) -> None:
    data = packed({"word/document.xml": content})
    assert "it is damaged or no Word document" in problem(tmp_path, "part.docx", data)


def test_a_document_without_a_body_has_no_text(tmp_path: Path) -> None:
    data = packed({"word/document.xml": element("w:document")})
    assert "it has no text" in problem(tmp_path, "part.docx", data)


def test_pictures_alone_are_told_apart_from_nothing(tmp_path: Path) -> None:
    picture = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
    assert "it has pictures but no text" in problem(tmp_path, "scan.docx", word(p(picture)))


def test_parts_that_are_missing_or_out_of_place_do_no_harm(tmp_path: Path) -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="1" Type="x/styles" Target="gone.xml"/>'
        '<Relationship Id="2" Type="x/numbering" Target="https://example.org/n.xml" TargetMode="External"/>'
        '<Relationship Id="3" Type="x/footnotes" Target="../../../../etc/passwd"/>'
        "<Relationship/></Relationships>"
    )
    data = packed(
        {
            "Word\\Document.xml": element("w:document", "<w:body>" + p("Pull it out.") + "</w:body>"),
            "word/_rels/document.xml.rels": relations,
        }
    )
    assert read_one(tmp_path, "part.docx", data).text == "Pull it out."


def test_a_zip_that_unpacks_to_more_than_it_says_is_left_out(tmp_path: Path) -> None:
    data = packed({"word/document.xml": element("w:document", " " * 1_000_000)})
    size = len(element("w:document", " " * 1_000_000)).to_bytes(4, "little")
    assert data.count(size) == 2
    data = data.replace(size, (50).to_bytes(4, "little"))
    assert "it is damaged" in problem(tmp_path, "liar.docx", data)


def test_too_many_elements_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_TAGS", 10)
    assert "too many elements" in problem(tmp_path, "tags.docx", whole())


def test_too_many_parts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PARTS", 3)
    assert "more than 3 parts" in problem(tmp_path, "parts.docx", whole())


def test_other_ways_to_pack_and_passwords_are_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as lzma:
        lzma.writestr("word/document.xml", element("w:document"))
    assert "it is damaged" in problem(tmp_path, "lzma.docx", stream.getvalue())
    locked = bytearray(packed({"word/document.xml": element("w:document")}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert "password-protected" in problem(tmp_path, "lzma.docx", bytes(locked))


def test_tables_and_boxes_inside_each_other_have_an_end(tmp_path: Path) -> None:
    body = p("Pull it out.")
    for _ in range(60):
        body = table(f"<w:tr><w:tc>{body}</w:tc></w:tr>")
    assert read_one(tmp_path, "nested.docx", word(body)).text == "Pull it out."


def test_files_with_macros_and_templates_are_read_like_documents(tmp_path: Path) -> None:
    for suffix in ("docm", "dotx"):
        folder = tmp_path / suffix
        folder.mkdir()
        assert read_one(folder, f"stings.{suffix}", whole()).title == "Stings"


def test_what_is_referred_to_again_and_again_is_told_once(tmp_path: Path) -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = f'<w:footnote w:id="2">{p("Not at once.")}</w:footnote>'
    data = word(p("Pull it out.", mark) * 3, footnotes=note)
    assert read_one(tmp_path, "again.docx", data).text.count("Not at once.") == 1
