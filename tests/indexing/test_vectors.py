"""The vectors of an index that is brought up to a change: those of one made anew, at the change's cost."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.assistant import Assistant
from bot.library import read_corpus
from bot.library.look import look_at
from bot.meaning import load_encoder
from bot.passages import Passages
from bot.records import Passage
from tests.indexing.test_index import change, folder, made

__all__ = ["folder"]


def _rows(assistant: Assistant) -> dict[str, NDArray[np.float16]]:
    vectors = assistant.retriever.vectors
    assert vectors is not None
    named = {name: array for name, array in vectors.arrays().items() if name != "heading_of"}
    return named | {"headings": vectors.headings[vectors.heading_of]}


@pytest.mark.parametrize("what", ["changed", "removed", "added", "named alike"])
@pytest.mark.parametrize("kept", [False, True], ids=["computed before", "read from disk before"])
def test_vectors_after_a_change_are_those_of_all_made_anew(folder: Path, what: str, kept: bool) -> None:
    made(folder)
    assistant = Assistant.open(folder)
    if kept:
        assistant = Assistant.open(folder)
    change(folder, what)
    successor = assistant.renewed(look_at(folder), ())
    successor.encode()
    anew = Assistant(read_corpus(folder), encoder=load_encoder())
    anew.encode()
    found, expected = _rows(successor), _rows(anew)
    assert found.keys() == expected.keys()
    assert all(np.array_equal(found[name], expected[name]) for name in found)


def test_documents_that_stay_are_not_looked_at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(folder)
    assistant = Assistant.open(folder)
    change(folder, "changed")
    seen: set[str] = set()
    make = Passages._make

    def noting(self: Passages, document: int) -> tuple[Passage, ...]:
        passages = make(self, document)
        seen.update(passage.doc for passage in passages)
        return passages

    monkeypatch.setattr(Passages, "_make", noting)
    successor = assistant.renewed(look_at(folder), ())
    successor.encode()
    assert successor.meaning == "ready"
    assert seen == {"oven.md"}
