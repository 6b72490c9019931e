"""What comes of a file holds together, or is not taken for a reading at all."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.library.reading import Reading, attempt, decoded, encoded
from bot.records import Cut, Document, Section, Span
from tests.reading.files import read_one

GOUT = "Gout\n\nGout is a painful swelling of a joint. It can be treated.\n"


@pytest.fixture
def document(tmp_path: Path) -> Document:
    return read_one(tmp_path, "gout.txt", GOUT)


def test_a_reading_comes_back_as_it_was(tmp_path: Path, document: Document) -> None:
    reading = decoded(attempt(tmp_path / "gout.txt", "gout.txt"))
    assert reading.document == document
    assert reading.document is not None
    assert reading.document.cuts
    assert decoded(encoded(reading)) == reading


@pytest.mark.parametrize(
    "changes", [{"text": GOUT + "."}, {"pages": (0, 900)}, {"pages": (9, 3)}, {"pages": (-1,)}]
)
def test_a_document_that_does_not_hold_together_is_refused(
    document: Document, changes: dict[str, object]
) -> None:
    with pytest.raises(ValueError, match="does not hold together"):
        decoded(encoded(Reading(replace(document, **changes))))  # type: ignore[arg-type]


def test_a_section_outside_the_text_is_refused(document: Document) -> None:
    beyond = Section((), 0, len(document.text) + 1, ())
    with pytest.raises(ValueError, match="does not hold together"):
        decoded(encoded(Reading(replace(document, sections=(beyond,)))))


@pytest.mark.parametrize(
    "cut",
    [
        Cut(1, (Span(0, 4),)),
        Cut(-1, (Span(0, 4),)),
        Cut(0, ()),
        Cut(0, (Span(0, 900),)),
        Cut(0, (Span(-4, 4),)),
        Cut(0, (Span(4, 4),)),
        Cut(0, (Span(6, 9), Span(0, 4))),
        Cut(0, (Span(0, 4),), (Span(0, 900),)),
    ],
)
def test_a_cut_outside_the_text_is_refused(document: Document, cut: Cut) -> None:
    with pytest.raises(ValueError, match="does not hold together"):
        decoded(encoded(Reading(replace(document, cuts=(cut,)))))


@pytest.mark.parametrize(
    "data", [b"", b"\x80", b"\xc1", encoded(Reading()), encoded(Reading(refusal="it"))[:-1]]
)
def test_bytes_that_are_no_reading_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        decoded(data)


@pytest.mark.parametrize("name", ["two\nlines.md", "two\u2028lines.md"])
def test_a_name_of_two_lines_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("# Lamps\n\nA lamp gives light.\n", encoding="utf-8")
    assert decoded(attempt(tmp_path / name, name)).refusal == "its name has a line break in it; rename it"
