"""Rows of a table: in columns, under the header that stands outside the passage, and the source's text."""

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st

from bot.records import Block, Document, Passage, Section, Span
from bot.web.messages.encoding import entities
from bot.web.messages.quote import Surroundings, figure
from bot.web.messages.rows import laid_out
from bot.web.messages.terms import Terms
from tests.rendering.tables import HEADER, QUESTION, assistant, document


def _quoted(made: Document, question: str = QUESTION) -> tuple[Tag, str]:
    """The first quote as a browser would have it, and its passage's text."""
    over = assistant(made)
    quote = over.ask(question).quotes[0]
    shown = BeautifulSoup(figure(quote, Surroundings(over, Terms(()), "en")), "html.parser")
    found = shown.select_one("blockquote.quote")
    assert found is not None
    return found, quote.passage.text


def _texts(found: Tag, which: str) -> list[str]:
    return [one.get_text() for one in found.select(which)]


def test_rows_stand_in_columns_under_their_header_and_the_row_that_answers_is_marked() -> None:
    found, text = _quoted(document())
    assert found.get_text() == f"{HEADER}\n\u2026\n{text}"
    for unseen in found.select(".unseen"):
        unseen.decompose()
    assert _texts(found, "thead th") == HEADER.split(" | ")
    [row] = [row for row in found.select("tbody tr") if "31 kg" in row.get_text()]
    assert _texts(row, "td") == ["31 kg", "7 ml", "", "6 ml of the fennel syrup"]
    assert _texts(row, "mark")[0] == "31 kg"


def test_what_draws_a_table_in_markdown_is_not_shown_beside_its_cells() -> None:
    table = "| Weight | Evening |\n|---|---|\n| 8 kg | 1 ml |\n| 12 kg | 2 ml |"
    text = f"The doses of fennel syrup are:\n\n{table}\n\nShake the bottle well."
    words = ["The doses of fennel syrup are:", "Weight | Evening", "8 kg | 1 ml", "12 kg | 2 ml"]
    blocks = tuple(
        Block("row" if " | " in said else "paragraph", text.index(said), text.index(said) + len(said))
        for said in words
    )
    section = Section(("Doses",), 0, len(text), (replace(blocks[0], lead_in=True), *blocks[1:]))
    made = Document("a.md", "Fennel syrup", text, (section,), digest="0")
    found, quoted = _quoted(made, "dose for 12 kg")
    assert found.get_text() == quoted
    assert len(found.select("tr")) == 3
    for unseen in found.select(".unseen"):
        unseen.decompose()
    assert "|" not in found.get_text()


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("Weight | Dose", [f"{weight} kg | a | b ml of fennel syrup" for weight in range(8, 56)]),
        ("Weight and dose", [f"{weight} kg: b ml of the fennel syrup |" for weight in range(8, 56)]),
    ],
)
def test_a_header_that_does_not_fit_stands_above_as_text(header: str, rows: list[str]) -> None:
    found, text = _quoted(document(header=header, rows=rows))
    assert found.get_text() == f"{header}\n\u2026\n{text}"
    assert found.select("thead") == []
    assert header in _texts(found, ".beside")[0]


@given(st.lists(st.text(st.sampled_from("ab |-:+\n\t\u00e9*<&"), min_size=1), min_size=1, max_size=6))
def test_whatever_the_rows_are_the_text_stays_as_it_is(rows: list[str]) -> None:
    text = "".join(rows)
    ends = [sum(map(len, rows[: place + 1])) for place in range(len(rows))]
    spans = tuple(Span(end - len(row), end) for row, end in zip(rows, ends, strict=True))
    blocks = tuple(Block("row", span.start, span.end) for span in spans)
    made = Document("a.txt", "A", text, (Section((), 0, len(text), blocks),), digest="0")
    passage = Passage(0, "a.txt", 0, len(text), text, (), spans)
    html = laid_out(made, passage, lambda start, end: entities(text[start:end]))
    # Blanks alone would be folded by the parser of the other tests.
    bare = re.sub(r"<[^>]*>", "", html)
    assert re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), bare) == text
