from pathlib import Path

from tests.reading.files import Printed, outline, pdf, read_one
from tests.reading.invariants import check

HEADER = Printed("Leaflet on joints", 9)
PAGES = [
    [
        HEADER,
        Printed("Gout", 20, bold=True, down=30),
        Printed("Gout comes in sudden attacks and hurts badly, most often in one of the big", down=24),
        Printed("toes. Its cause are crystals of urate that build up over the years in-"),
        Printed("side the joint."),
        Printed("Later on it may come back in other joints, such as the knee or an elbow or", down=24),
        Printed("a finger."),
        Printed("Signs", 15, bold=True, down=30),
        Printed("The signs are:", down=22),
        Printed("- a red joint"),
        Printed("- a hot joint that cannot bear the"),
        Printed("weight of a sheet"),
        Printed("1", 9, down=300),
    ],
    [
        HEADER,
        Printed("Care", 15, bold=True, down=30),
        Printed("Rest the joint and cool it. The doctor may give colchicine, which has to be", down=22),
        Printed("taken until the attack has"),
        Printed("2", 9, down=300),
    ],
    [
        HEADER,
        Printed("passed.", down=30),
        Printed("Diet", 12, bold=True, down=28),
        Printed("Drink water.", down=20),
    ],
]


def test_lines_become_paragraphs_again_and_headings_nest_by_size(tmp_path: Path) -> None:
    document = read_one(tmp_path, "gout.pdf", pdf(PAGES, title="Gout"))
    check(document)
    assert [(heading, len(words)) for _, heading, words in outline(document)] == [
        ((), 2),
        (("Signs",), 3),
        (("Care",), 1),
        (("Care", "Diet"), 1),
    ]
    assert "over the years inside the joint." in document.text
    assert "bear the weight of a sheet" in document.text
    assert "Leaflet on joints" not in document.text


def test_each_offset_knows_its_page(tmp_path: Path) -> None:
    document = read_one(tmp_path, "gout.pdf", pdf(PAGES, title="Gout"))
    marks = ("Gout comes", "Rest the joint", "passed.", "Drink water.")
    assert [document.page(document.text.index(mark)) for mark in marks] == [1, 2, 3, 3]


def test_the_metadata_say_what_the_document_is(tmp_path: Path) -> None:
    document = read_one(tmp_path, "leaflet.pdf", pdf(PAGES, title="All about gout"))
    assert document.title == "Gout"
    assert (document.published, document.revised) == ("2019-04-02", "2021-05-17")


def test_a_page_without_text_starts_where_the_next_one_does(tmp_path: Path) -> None:
    document = read_one(tmp_path, "gout.pdf", pdf([[Printed("Gout hurts.")], [], [Printed("It passes.")]]))
    assert [document.page(document.text.index(mark)) for mark in ("Gout", "It")] == [1, 3]
