"""The text around a passage: it grows without a gap, to whole paragraphs and lists, then to the section."""

from itertools import pairwise
from pathlib import Path

import pytest

from bot.answering.context import widened
from bot.library import read_corpus
from bot.passages import cut_corpus
from bot.records import Corpus, Span

TEXT = """# Gout

## Signs

It does not always hurt. A toe swells, often at night.

The signs are:

- redness
- heat
- a fever

## Drugs

Colchicine calms it.
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    (tmp_path / "gout.md").write_text(TEXT, encoding="utf-8")
    return read_corpus(tmp_path)


def slices(corpus: Corpus, words: str) -> list[str]:
    document = corpus.documents[0]
    start = document.text.index(words)
    return [document.text[s.start : s.end] for s in widened(document, start, start + len(words))]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("A toe swells, often at night.", "It does not always hurt. A toe swells, often at night."),
        ("heat", "The signs are:\n\n- redness\n- heat\n- a fever"),
        ("The signs are:", "The signs are:\n\n- redness\n- heat\n- a fever"),
    ],
)
def test_first_the_whole_paragraph_or_list_is_shown(corpus: Corpus, words: str, first: str) -> None:
    assert slices(corpus, words)[0] == first


def test_then_the_whole_section_and_nothing_of_the_next(corpus: Corpus) -> None:
    last = slices(corpus, "heat")[-1]
    assert last.startswith("## Signs")
    assert last.endswith("a fever")


def test_every_slice_holds_the_one_before_it(corpus: Corpus) -> None:
    document = corpus.documents[0]
    for passage in cut_corpus(corpus):
        spans = [Span(passage.start, passage.end), *widened(document, passage.start, passage.end)]
        for narrow, wide in pairwise(spans):
            assert wide.start <= narrow.start < narrow.end <= wide.end
            assert wide != narrow


def test_a_span_across_sections_has_nothing_around_it(corpus: Corpus) -> None:
    assert widened(corpus.documents[0], 0, len(TEXT)) == ()
