"""What is suggested: from the headings of many documents, and of a library only from some of them."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.answering import suggestions
from bot.answering.suggestions import Suggestions
from bot.assistant import Assistant
from bot.library import read_corpus


def assistant(folder: Path, count: int) -> Assistant:
    for number in range(count):
        (folder / f"{number}.md").write_text(
            f"# Lamp {number}\n\n## Bulb {number}\n\nIt is screwed in.\n\n"
            f"## Shade {number}\n\nIt is dusted.\n",
            encoding="utf-8",
        )
    return Assistant(read_corpus(folder), folder=folder)


def test_suggestions_come_from_different_documents_first(tmp_path: Path) -> None:
    offered = assistant(tmp_path, 3).starters(4)
    assert offered == ("Bulb 0", "Bulb 1", "Bulb 2", "Shade 0")


def test_more_than_there_are_cannot_be_suggested(tmp_path: Path) -> None:
    assert len(assistant(tmp_path, 2).starters(10)) == 4


def test_no_question_has_all_documents_of_a_library_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "_SAMPLE", 5)
    looked_at: list[int] = []
    make = Suggestions._make

    def noting(self: Suggestions, place: int) -> Mapping[tuple[str, ...], str]:
        looked_at.append(place)
        return make(self, place)

    monkeypatch.setattr(Suggestions, "_make", noting)
    asked = assistant(tmp_path, 40)
    # Of a library the groups come from a sample too.
    monkeypatch.setattr(Suggestions, "grouped", ())
    for question in ("zebras", "giraffes", "a heron"):
        asked.ask(question)
        asked.starters(3)
    assert sorted(looked_at) == [0, 8, 16, 24, 32]
