"""All that reads what others wrote, each with what is given to it and what must hold."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from hypothesis.strategies import SearchStrategy

from tests.hold.fuzz import asking, configuring, documents, question_sets, samples, small
from tests.hold.fuzz.damage import varied, varied_folder, varied_text


@dataclass(frozen=True, slots=True)
class Target:
    """`check` raises where a case does what no input may do; `vary` makes another case of one.

    A target has its `share` of all cases.
    """

    name: str
    cases: SearchStrategy[Any]
    check: Callable[[Any], None]
    vary: Callable[[Any, Random], Any]
    share: int


# The cheapest first, and most of them: a run that is ended early has looked at much.
TARGETS = (
    Target("front matter", small.FRONT_MATTER, small.check_front_matter, varied_text, 30),
    Target("vocabulary", small.VOCABULARIES, small.check_vocabulary, varied, 12),
    Target("settings", configuring.GIVEN, configuring.check, configuring.varied_given, 2),
    Target("csv", question_sets.CSV, question_sets.check_csv, varied, 12),
    Target("jsonl", question_sets.JSONL, question_sets.check_jsonl, varied, 12),
    Target("squad", question_sets.SQUAD, question_sets.check_squad, varied, 6),
    Target("trec", question_sets.TREC, question_sets.check_trec, varied_folder, 3),
    Target("beir", question_sets.BEIR, question_sets.check_beir, varied_folder, 3),
    Target("zip", question_sets.ZIP, question_sets.check_zip, varied, 2),
    Target("html", documents.HTML, documents.check_html, varied, 4),
    Target("text", documents.TEXTS, documents.check_text, varied, 6),
    Target("markdown", documents.MARKDOWN, documents.check_markdown, varied, 5),
    Target("docx", documents.DOCX, documents.check_docx, samples.varied_word_file, 2),
    Target("pdf", documents.PDF, documents.check_pdf, varied, 2),
    Target("xlsx", question_sets.XLSX, question_sets.check_xlsx, varied, 1),
    Target("question", asking.CONVERSATIONS, asking.check, asking.varied_conversation, 1),
)
