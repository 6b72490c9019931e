"""The starter corpus is complete, referenced to the mark, and carries a question set that fits it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
DOCUMENTS = sorted(CORPUS.glob("*.md"))
# The second was written by somebody who had seen neither the program nor the first.
QUESTION_SETS = sorted((ROOT / "tests" / "starter").glob("*.jsonl"))

NO_REVIEW = "No clinician has reviewed this text."
REFERENCES = "\n## References\n"
MARKS_AT_END = re.compile(r"((?:\[[A-Z]\])+)[.:]?$")
SENTENCE_END = re.compile(r"(?<=[.?!])\s+")

FIGURES_AND_NAMES = (
    *("2-3 years", "live 5 years", "live 10 years", "15%", "3 to 5 years", "two-thirds", "one-fourth"),
    *("stage IV", "lymph nodes", "spinal cord", "Osteolytic", "Osteoblastic", "Jaundice", "ovaries"),
    *("mammogram", "chest X-ray", "bone scintigraphy", "CT scan", "MRI scan", "PET scan", "biopsy"),
    *("bronchoscopy", "comprehensive metabolic panel", "blood count", "microscope"),
    *("Tamoxifen", "Aromatase inhibitors", "letrozole", "Trastuzumab", "HER2/neu", "Lapatinib", "Tykerb"),
    *("PARP inhibitor", "CDK4/6 inhibitor", "antibody treatments", "immune system", "DNA repair"),
    *("Pamidronate", "Aredia", "Zoledronic acid", "Zometa", "Calcium", "vitamin D", "Strontium 89"),
    *("5-FU", "Capecitabine", "Cisplatin", "Cyclophosphamide", "Docetaxel", "Doxorubicin", "Epirubicin"),
    *("Gemcitabine", "Methotrexate", "Mitomycin C", "Mitoxantrone", "Paclitaxel", "Vinorelbine"),
)


def front_matter(path: Path) -> dict[str, Any]:
    front: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    return front


def restated(path: Path) -> str:
    """The part of a document that restates the articles, from its title to its references."""
    return path.read_text(encoding="utf-8").split("---\n", 2)[2].split(REFERENCES)[0]


def statements(path: Path) -> list[str]:
    """Every sentence and list item of what a document restates."""
    lines = (line.removeprefix("- ") for line in restated(path).splitlines())
    return [sentence for line in lines if line and line[0] != "#" for sentence in SENTENCE_END.split(line)]


def questions(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


each_set = pytest.mark.parametrize("path", QUESTION_SETS, ids=lambda path: path.stem)
each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)


def test_there_are_six_to_ten_documents() -> None:
    assert 6 <= len(DOCUMENTS) <= 10


@each_document
def test_front_matter_gives_title_date_review_and_references(path: Path) -> None:
    front = front_matter(path)
    assert front["title"] and front["reviewed"] == NO_REVIEW
    assert str(front["published"]) == "2026-11-23"
    for reference in front["references"]:
        assert reference.keys() == {"id", "title", "published", "revised"}


@each_document
def test_the_title_is_the_only_first_level_heading(path: Path) -> None:
    assert re.findall(r"^# (.+)$", restated(path), re.MULTILINE) == [front_matter(path)["title"]]


@each_document
def test_a_reader_sees_that_no_clinician_reviewed_it(path: Path) -> None:
    assert NO_REVIEW in path.read_text(encoding="utf-8").split(REFERENCES)[1]


@each_document
def test_every_sentence_and_list_item_ends_with_a_defined_reference_mark(path: Path) -> None:
    defined = {f"[{reference['id']}]" for reference in front_matter(path)["references"]}
    for statement in statements(path):
        end = MARKS_AT_END.search(statement)
        assert end, f"no reference mark: {statement}"
        assert set(re.findall(r"\[[A-Z]\]", end[1])) <= defined


@each_document
def test_every_reference_mark_is_explained_to_the_reader(path: Path) -> None:
    explained = path.read_text(encoding="utf-8").split(REFERENCES)[1]
    for mark in set(re.findall(r"\[[A-Z]\]", restated(path))):
        assert f"- {mark} " in explained


@each_document
def test_no_section_is_longer_than_a_reader_needs(path: Path) -> None:
    for section in restated(path).split("\n## ")[1:]:
        assert len(section.split()) <= 120, section.splitlines()[0]


@pytest.mark.parametrize("fact", FIGURES_AND_NAMES)
def test_a_figure_or_name_of_the_articles_is_restated(fact: str) -> None:
    assert any(fact in restated(path) for path in DOCUMENTS)


@each_set
def test_question_ids_are_unique(path: Path) -> None:
    ids = [question["id"] for question in questions(path)]
    assert len(ids) == len(set(ids))


@each_set
def test_the_question_set_is_large_and_asks_what_the_sources_do_not_answer(path: Path) -> None:
    unanswerable = [question for question in questions(path) if not question["answers"]]
    assert len(questions(path)) >= 100
    assert len(unanswerable) >= 15
    assert all(question["kind"].startswith("unanswerable") for question in unanswerable)


@each_set
def test_every_gold_text_stands_once_in_its_document(path: Path) -> None:
    texts = {document.name: document.read_text(encoding="utf-8") for document in DOCUMENTS}
    for question in questions(path):
        for gold in question["answers"]:
            assert texts[gold["doc"]].count(gold["text"]) == 1, (question["id"], gold)
