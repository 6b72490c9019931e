import io
from pathlib import Path

import docx
from docx.document import Document

from tests.reading.files import outline, read_one
from tests.reading.invariants import check


def saved(source: Document) -> bytes:
    stream = io.BytesIO()
    source.save(stream)
    return stream.getvalue()


def test_styles_give_headings_lists_and_rows(tmp_path: Path) -> None:
    source = docx.Document()
    source.add_heading("Gout", 0)
    source.add_paragraph("Gout hurts.").add_run(" SECRET").font.hidden = True
    source.add_heading("Signs", 1)
    source.add_paragraph("The signs are:")
    source.add_paragraph("red joint", style="List Bullet")
    source.add_paragraph("very red", style="List Bullet 2")
    source.add_heading("Late", 2)
    table = source.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Colchicine", "attack"
    document = read_one(tmp_path, "gout.docx", saved(source))
    check(document)
    assert document.title == "Gout"
    assert outline(document) == [
        ("body", (), ["Gout hurts."]),
        ("body", ("Signs",), ["The signs are:", "red joint", "very red"]),
        ("body", ("Signs", "Late"), ["Colchicine | attack"]),
    ]


def test_the_properties_say_what_the_document_is(tmp_path: Path) -> None:
    source = docx.Document()
    source.core_properties.title = "All about gout"
    source.core_properties.language = "en-GB"
    source.add_paragraph("Gout hurts.")
    document = read_one(tmp_path, "gout.docx", saved(source))
    assert (document.title, document.language) == ("All about gout", "en-GB")
