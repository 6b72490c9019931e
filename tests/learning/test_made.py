from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.learning.made import HEADINGS, TITLES, made_questions


@pytest.fixture
def assistant(corpus_folder: Path) -> Assistant:
    return Assistant.open(corpus_folder, encoder=None)


def told(kind: str, assistant: Assistant) -> dict[str, list[str]]:
    """Each question with the words of its gold."""
    texts = {document.id: document.text for document in assistant.corpus.documents}
    return {
        question.question: [
            texts[gold.doc][span.start : span.end].strip() for gold in question.answers for span in gold.spans
        ]
        for question in made_questions(kind, assistant.corpus, assistant.passages)
    }


def test_a_title_asks_for_the_first_passage_of_its_document(assistant: Assistant) -> None:
    assert told(TITLES, assistant) == {
        "What is Bone scans?": ["A bone scan shows where a tumour has grown."],
        "What is Chemotherapy?": ["Chemotherapy is given in cycles."],
    }


def test_a_heading_asks_once_for_what_stands_under_it_in_any_document(assistant: Assistant) -> None:
    found = told(HEADINGS, assistant)
    assert found["Before the scan"] == ["Drink plenty of water."]
    assert found["After the scan"] == ["The tracer leaves within a day.", "The next cycle is planned."]
    assert len(made_questions(HEADINGS, assistant.corpus, assistant.passages)) == len(found)


@pytest.mark.parametrize("kind", [TITLES, HEADINGS])
def test_no_two_made_questions_have_the_same_id(assistant: Assistant, kind: str) -> None:
    ids = [question.id for question in made_questions(kind, assistant.corpus, assistant.passages)]
    assert len(ids) == len(set(ids)) > 1


def test_a_document_without_a_passage_asks_nothing(assistant: Assistant) -> None:
    of_chemo = [passage for passage in assistant.passages if passage.doc == "chemo.md"]
    (question,) = made_questions(TITLES, assistant.corpus, of_chemo)
    assert question.question == "What is Chemotherapy?"
