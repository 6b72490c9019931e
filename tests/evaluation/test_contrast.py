from dataclasses import replace
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.errors import QuestionSetError
from bot.evaluation.contrast import as_record, contrast, lines
from bot.evaluation.gold import Gold, given
from bot.evaluation.questions import Question
from bot.records import Span

SCAN = "# Bone scans\n\nA bone scan shows where a tumour has grown.\n"


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    (tmp_path / "scan.md").write_text(SCAN)
    (tmp_path / "chemo.md").write_text("# Chemotherapy\n\nChemotherapy is given in cycles.\n")
    return Assistant.open(tmp_path)


ASKED = Question("q", "What does a bone scan show?", answers=(Gold("chemo.md"),))


def test_the_right_passage_stands_beside_the_first_with_its_rank(assistant: Assistant) -> None:
    found = contrast(assistant, ASKED)
    assert found is not None
    assert found.gold is not None
    assert (found.first.hit.passage.doc, found.first.rank) == ("scan.md", 1)
    assert (found.gold.hit.passage.doc, found.gold.rank, found.ranked) == ("chemo.md", 2, 2)
    bone = next(side for side in found.sides if side.first.term == "bone")
    assert bone.first.body > bone.gold.body == 0
    assert found.lacking == ("bone", "scan", "show")


def test_the_lines_give_rank_and_terms_of_both(assistant: Assistant) -> None:
    found = contrast(assistant, ASKED)
    assert found is not None
    text = "\n".join(lines(found))
    assert "chemo.md [16:48] has rank 2 of 2" in text
    assert "not in the right passage: bone, scan, show" in text
    assert as_record(found)["gold_rank"] == 2


def test_an_answer_that_no_passage_has_is_said_to_be_so(assistant: Assistant) -> None:
    heading = replace(ASKED, answers=(Gold("scan.md", (Span(0, 2),)),))
    found = contrast(assistant, heading)
    assert found is not None
    assert found.gold is None
    assert "None of the 2 candidates" in "\n".join(lines(found))
    assert as_record(found)["gold_rank"] is None


@pytest.mark.parametrize("changed", [{"answers": ()}, {"question": "?"}])
def test_without_an_answer_or_a_question_there_is_nothing_to_set_side_by_side(
    assistant: Assistant, changed: dict[str, object]
) -> None:
    assert contrast(assistant, replace(ASKED, **changed)) is None  # type: ignore[arg-type]


def test_an_answer_is_given_as_a_span_or_a_document(assistant: Assistant) -> None:
    found = given(["scan.md:3-12", "chemo.md"], assistant.corpus)
    assert found == (Gold("scan.md", (Span(3, 12),)), Gold("chemo.md"))


@pytest.mark.parametrize("text", ["gone.md", "scan.md:3-9999", "scan.md:9-3", "scan.md:x-y"])
def test_an_answer_that_does_not_fit_is_refused_with_its_own_words(assistant: Assistant, text: str) -> None:
    with pytest.raises(QuestionSetError, match=f'The answer "{text}": '):
        given([text], assistant.corpus)
