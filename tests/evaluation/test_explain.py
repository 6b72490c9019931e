from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.evaluation.explain import explain, lines


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    (tmp_path / "scan.md").write_text("# Bone scans\n\nA bone scan shows where a tumour has grown.\n")
    (tmp_path / "chemo.md").write_text("# Chemotherapy\n\nChemotherapy is given in cycles.\n")
    return Assistant.open(tmp_path)


def test_each_term_shows_what_it_gives_in_each_field(assistant: Assistant) -> None:
    found = explain(assistant, "What does a bone scan show?")
    first = found.reasons[0]
    assert first.hit == found.answer.ranked[0]
    bone = next(row for row in first.terms if row.term == "bone")
    assert bone.title > 0
    assert bone.body > 0


def test_the_lines_name_outcome_passage_and_terms(assistant: Assistant) -> None:
    text = "\n".join(lines(explain(assistant, "What does a bone scan show?")))
    assert text.startswith("outcome ")
    assert "1. scan.md" in text
    assert "bone" in text
