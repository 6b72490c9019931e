"""What somebody may begin with: a question for each thing that people ask, of what documents are about."""

from pathlib import Path

import pytest

from bot.answering.starters import named
from bot.assistant import Assistant
from bot.library import read_corpus

LEAFLETS = {
    "Hay Fever": "## Signs and Symptoms\n\nThe nose runs: hay fever makes it itch.\n",
    "Warts": "## Treatments\n\nFreezing takes warts away, but warts may come back.\n",
    "After Your Visit": "## Symptoms\n\nCall us about fever after your visit.\n",
}


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    for title, text in LEAFLETS.items():
        (tmp_path / f"{title}.md").write_text(f"# {title}\n\n{text}", encoding="utf-8")
    return Assistant(read_corpus(tmp_path), folder=tmp_path)


def test_a_heading_that_asks_nothing_is_asked_of_what_its_document_is_about(assistant: Assistant) -> None:
    offered = {(one.group, one.question, one.name) for one in assistant.grouped_starters}
    assert ("symptoms", "What are the symptoms of hay fever?", "hay fever") in offered
    assert ("treatment", "What are the treatments for warts?", "warts") in offered


@pytest.mark.parametrize(
    ("title", "name"), [("Hay Fever", "hay fever"), ("Warts", "warts"), ("After Your Visit", None)]
)
def test_a_title_is_a_name_where_it_is_short_and_its_text_uses_it(
    assistant: Assistant, title: str, name: str | None
) -> None:
    assert named(assistant.document(f"{title}.md")) == name
