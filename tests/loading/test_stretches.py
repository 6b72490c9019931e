from pathlib import Path

import pytest

from bot.loading.stretches import StretchKind, shares, stretches
from bot.passages import cut_corpus
from bot.records import Block, Corpus, Document, Section
from tests.loading.conftest import PLAIN, SOURCES, STYE
from tests.reading.files import read_one


def kinds(document: Document) -> dict[str, StretchKind]:
    """The words of each stretch that has some, with what becomes of them."""
    found = stretches(document, cut_corpus(Corpus((document,), "0")))
    return {
        document.text[stretch.start : stretch.end].strip(): stretch.kind
        for stretch in found
        if stretch.kind != "blank"
    }


@pytest.mark.parametrize("content", [STYE, SOURCES, PLAIN, "\ufeff" + STYE, STYE.replace("\n", "\r\n")])
def test_stretches_are_the_whole_text_in_order(tmp_path: Path, content: str) -> None:
    document = read_one(tmp_path, "a.md", content)
    found = stretches(document, cut_corpus(Corpus((document,), "0")))
    assert "".join(document.text[stretch.start : stretch.end] for stretch in found) == document.text


def test_what_cannot_be_quoted_is_told_by_its_reason(tmp_path: Path) -> None:
    found = kinds(read_one(tmp_path, "a.md", SOURCES))
    assert found["# Eye drops"] == "heading"
    assert found["## How often?"] == "heading"
    assert found["As on the label."] == "passage"
    assert "bibliography" in found.values()
    assert "lost" not in found.values()


def test_text_that_no_section_has_is_lost() -> None:
    text = "Styes\n\nDrains\n\nNever seen.\n\nQuoted here."
    block = Block("paragraph", text.index("Quoted"), len(text))
    section = Section(("Drains",), text.index("Drains"), len(text), (block,))
    document = Document(id="a.txt", title="Styes", text=text, sections=(section,), digest="")
    assert kinds(document) == {
        "Styes": "heading",
        "Drains": "heading",
        "Never seen.": "lost",
        "Quoted here.": "passage",
    }


def test_the_facts_at_the_head_are_told(tmp_path: Path) -> None:
    assert next(iter(kinds(read_one(tmp_path, "b.md", STYE)).values())) == "facts"


def test_what_a_file_says_of_itself_is_no_text_of_it(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.md", STYE)
    found = shares(document, stretches(document, cut_corpus(Corpus((document,), "0"))))
    assert found.keys() == {"passage", "heading"}
    assert sum(found.values()) == pytest.approx(1)


def test_shares_of_nothing_are_none() -> None:
    assert shares(Document(id="a", title="A", text="", sections=(), digest=""), ()) == {}
