"""What a document is called by is short, on one line and as it looks, whatever its file says."""

from pathlib import Path

import pytest

from bot.library import read_corpus
from bot.library.labels import MOST_CHARACTERS, label


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Gout at night", "Gout at night"),
        ("Gout\n  at\tnight\u2028 and day", "Gout at night and day"),
        ("Gout \u202eenddlim dna\u202c mild", "Gout enddlim dna mild"),
        ("\u2066Gout\u2069 \u2067night", "Gout night"),
        ("Go\u200but\ufeff at\u00ad night\x1b[2J\x07", "Gout at night[2J"),
        ("\U000e0047\U000e0048Gout\ue000", "Gout"),
        ("\u200f\u05e9\u05d2\u05d3\u05d5\u05df", "\u200f\u05e9\u05d2\u05d3\u05d5\u05df"),
        (
            "Gicht \U0001f468\u200d\u2695\ufe0f f\u00fcr alle",
            "Gicht \U0001f468\u200d\u2695\ufe0f f\u00fcr alle",
        ),
        ("<b>Gout</b> & $x$ {{1}}", "<b>Gout</b> & $x$ {{1}}"),
        ("\u202e\u2066 \x00", ""),
    ],
)
def test_a_name_is_a_line_as_it_looks(given: str, shown: str) -> None:
    assert label(given) == shown


def test_a_long_name_is_cut() -> None:
    assert label("gout " * 500) == f"{('gout ' * 60)[:-1]}\u2026"
    assert len(label("g" * 5_000)) == MOST_CHARACTERS


def test_all_names_of_a_document_are_lines_and_its_text_stays(tmp_path: Path) -> None:
    text = (
        '---\ntitle: "Gout \u202etuog"\npublisher: "The \u202eJoint"\nreviewed: "By\\nnobody"\nreferences:\n'
        '  - {id: A, title: "Liv\u2066ing", publisher: "Us\u200b"}\n---\n'
        "# Gout \u202etuog\n\n## What \u202esi gout?\n\nGout hurts \u202ethgin ta [A].\n\n"
        f"## {'long ' * 200}\n\nMore.\n"
    )
    (tmp_path / "gout.md").write_text(text, encoding="utf-8")
    (document,) = read_corpus(tmp_path).documents
    assert document.text == text
    assert (document.title, document.publisher, document.reviewed) == ("Gout tuog", "The Joint", "By nobody")
    assert (document.references[0].title, document.references[0].publisher) == ("Living", "Us")
    headings = [heading for section in document.sections for heading in section.heading]
    assert "What si gout?" in headings
    assert max(map(len, headings)) <= MOST_CHARACTERS


def test_a_document_whose_title_is_nothing_to_see_is_called_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "sore toes.md").write_text('---\ntitle: "\u202e\u2066"\n---\nGout hurts.\n', encoding="utf-8")
    (document,) = read_corpus(tmp_path).documents
    assert document.title == "sore toes"
