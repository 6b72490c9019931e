import json
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from bot.errors import SettingsError
from bot.evaluation.drawing import MOST_KINDS
from bot.evaluation.misses import misses
from bot.evaluation.page import MOST_DETAILED, MOST_NAMED, as_html, chosen, reader_address
from bot.evaluation.questions import QuestionSet, load_question_set
from bot.evaluation.report import as_json
from bot.evaluation.scoring import Run, score
from bot.evaluation.table import missed
from bot.evaluation.trec_run import trec_run
from bot.records import Corpus

Write = Callable[..., Path]
GOLD = [{"doc": "bones.md", "start": 0, "end": 24}]
HOSTILE = "<script>alert(1)</script>"


def ranked(*spans: tuple[int, int]) -> list[dict[str, object]]:
    return [{"doc": "bones.md", "start": start, "end": end, "score": 1.5} for start, end in spans]


# Id, answers, prediction, and what went wrong.
CASES: list[tuple[str, list[dict[str, object]], dict[str, Any], str | None]] = [
    ("right", GOLD, {"outcome": "answered", "ranked": ranked((0, 24))}, None),
    ("low", GOLD, {"outcome": "answered", "ranked": ranked((25, 43), (0, 24))}, "ranked low"),
    ("refused", GOLD, {"outcome": "none", "ranked": ranked((0, 24))}, "wrongly refused"),
    ("split", GOLD, {"outcome": "answered", "ranked": ranked((20, 60))}, "split between passages"),
    ("lost", GOLD, {"outcome": "none", "ranked": []}, "not ranked"),
    ("gap", GOLD, {"outcome": "none", "ranked": []}, "vocabulary gap"),
    ("away", [], {"outcome": "none", "ranked": ranked((0, 24))}, None),
    ("invented", [], {"outcome": "related", "ranked": [], "passages": [HOSTILE]}, "not verbatim"),
    ("wrong", [], {"outcome": "answered", "ranked": ranked((0, 24))}, "wrongly answered"),
]


@pytest.fixture
def asked(corpus: Corpus, file_of: Write) -> QuestionSet:
    lines = [
        {
            "id": name,
            "question": HOSTILE if name == "gap" else f"{HOSTILE} bone",
            "kind": HOSTILE,
            "answers": gold,
        }
        for name, gold, *_ in CASES
    ]
    return load_question_set(file_of(*lines, {"id": "q9", "question": "Other?"}), corpus)


@pytest.fixture
def run(corpus: Corpus, file_of: Write, asked: QuestionSet) -> Run:
    lines = [
        {
            "id": name,
            **prediction,
            "confidence": 0.5,
            "milliseconds": 2,
            "passages": [
                {"doc": "bones.md", "start": 0, "end": 5, "text": text}
                for text in prediction.get("passages", [])
            ],
        }
        for name, _, prediction, _ in CASES
    ]
    last = {"id": "q9", "outcome": "none", "ranked": []}
    return score(asked, file_of(*lines, last, name="run one.jsonl"), corpus)


def test_every_miss_has_its_kind(run: Run) -> None:
    assert {miss.id: miss.kind for miss in misses(run)} == {name: kind for name, *_, kind in CASES if kind}


def test_a_vocabulary_gap_names_the_words(run: Run) -> None:
    (gap,) = (miss for miss in misses(run) if miss.kind == "vocabulary gap")
    assert gap.lacking == ("script", "alert", "1")
    assert gap.confidence == 0.5


def test_an_answer_among_the_references_is_told_from_one_that_was_not_found(
    corpus: Corpus, file_of: Write
) -> None:
    line = {"id": "q1", "question": "Do bones ache?", "answers": GOLD}
    references = tuple(
        replace(document, sections=tuple(replace(part, role="bibliography") for part in document.sections))
        for document in corpus.documents
    )
    bare = file_of({"id": "q1", "outcome": "none", "ranked": []}, name="p.jsonl")
    run = score(load_question_set(file_of(line), corpus), bare, replace(corpus, documents=references))
    assert [miss.kind for miss in misses(run)] == ["not quotable"]


def test_each_kind_of_miss_has_a_line_that_names_questions(run: Run) -> None:
    lines = missed(misses(run))
    assert len(lines) == len({miss.kind for miss in misses(run)})
    assert "1 ranked low (a right passage is in the ranking, but not first): low" in lines


def test_of_many_misses_of_a_kind_only_some_are_named(run: Run) -> None:
    (line,) = missed([miss for miss in misses(run) if miss.kind == "ranked low"] * 9)
    assert line.startswith("9 ranked low")
    assert line.endswith(": low, low, low, low, low, ...")


def test_the_json_report_holds_figures_and_records(run: Run) -> None:
    report = json.loads(as_json(run))
    assert report["figures"]["all"]["hit@1"]["value"] == 2 / 6
    assert [record["id"] for record in report["questions"]][:2] == ["right", "low"]
    assert set(report["signature"]) >= {"version", "corpus", "questions", "predictions", "settings", "seed"}


class Page(HTMLParser):
    """Notes the tags of a page and all addresses in it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value for name, value in attrs if name in {"src", "href", "action", "data"}]


def test_the_page_asks_for_nothing_and_runs_nothing(run: Run) -> None:
    html = as_html(run)
    page = Page()
    page.feed(html)
    assert not {"script", "link", "img", "iframe", "object"} & page.tags
    assert page.addresses == []
    assert "url(" not in html
    assert "&lt;script&gt;" in html
    assert "svg" in page.tags


def test_misses_are_linked_to_a_reader_that_was_named(run: Run) -> None:
    page = Page()
    page.feed(as_html(run, reader="http://127.0.0.1:7860"))
    digest = run.documents["bones.md"].digest
    assert f"http://127.0.0.1:7860/read/bones.md?sha256={digest}#0-24" in page.addresses
    assert all(str(address).startswith("http://127.0.0.1:7860/read/") for address in page.addresses)


def test_a_document_that_is_not_there_has_no_link(corpus: Corpus, file_of: Write, asked: QuestionSet) -> None:
    ranking = [{"doc": "../evaluate", "start": 0, "end": 5}]
    lines = [{"id": question.id, "outcome": "none", "ranked": ranking} for question in asked.questions]
    page = Page()
    page.feed(as_html(score(asked, file_of(*lines, name="p.jsonl"), corpus), reader="https://host"))
    (address,) = set(page.addresses)
    assert str(address).startswith("https://host/read/bones.md?")


@pytest.mark.parametrize("text", ["http://127.0.0.1:7860", "https://host/", "http://[::1]:7860"])
def test_a_readers_address_has_no_slash_at_its_end(text: str) -> None:
    assert reader_address(text) == text.rstrip("/")


@pytest.mark.parametrize(
    "text", ["", "host", "javascript:alert(1)", "http://user@host", "http://host/path", "http://a b"]
)
def test_what_is_no_address_of_a_page_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="no address of a page"):
        reader_address(text)


def test_the_page_copes_with_predictions_that_give_only_outcomes(
    corpus: Corpus, file_of: Write, asked: QuestionSet
) -> None:
    lines = [{"id": question.id, "outcome": "none"} for question in asked.questions]
    assert "Misses" in as_html(score(asked, file_of(*lines, name="bare.jsonl"), corpus))


def test_a_report_of_very_many_misses_lays_out_some_of_each_kind_and_names_others(
    corpus: Corpus, file_of: Write
) -> None:
    cases = [case for case in CASES if case[3]]
    lines, said = [], []
    for number in range(3000):
        name, answers, prediction, _ = cases[0 if number < 2900 else number % len(cases)]
        question = f"{HOSTILE} bone {number} " + "and so on " * 30
        lines.append({"id": f"{name}-{number}", "question": question, "answers": answers})
        passages = [
            {"doc": "bones.md", "start": 0, "end": 5, "text": text} for text in prediction.get("passages", [])
        ]
        said.append({"id": f"{name}-{number}", **prediction, "passages": passages})
    asked = load_question_set(file_of(*lines), corpus)
    run = score(asked, file_of(*said, name="many.jsonl"), corpus)
    html = as_html(run)
    assert len(html) < 300_000
    assert html.count('<section class="miss"') == MOST_DETAILED
    assert {miss.kind for miss in chosen(misses(run))} == {miss.kind for miss in misses(run)}
    assert f"And {3000 - MOST_DETAILED - MOST_NAMED} more, which the JSON report has." in html


def test_a_set_of_very_many_kinds_has_the_most_frequent_in_its_report(corpus: Corpus, file_of: Write) -> None:
    lines = [
        {"id": str(at), "question": f"Do bones ache {at}?", "kind": f"kind {at // 2}", "answers": GOLD}
        for at in range(2 * MOST_KINDS + 7)
    ]
    said = [{"id": str(at), "outcome": "answered", "ranked": ranked((0, 24))} for at in range(len(lines))]
    asked = load_question_set(file_of(*lines), corpus)
    html = as_html(score(asked, file_of(*said, name="p.jsonl"), corpus, baseline=False))
    assert f"By kind of question ({MOST_KINDS})" in html
    assert "And 4 more kinds of fewer questions" in html


def test_beside_hit_rates_stands_what_they_cost_to_read(run: Run) -> None:
    html = as_html(run)
    assert "First passage right for 2 of 6" in html
    assert html.count("Read for that, on average:") == 2
    assert "hits a hundred words." in html


def test_a_trec_run_has_six_columns(run: Run) -> None:
    lines = list(trec_run(run))
    assert lines[0] == "right Q0 bones.md:0-24 1 1.5 run_one\n"
    assert all(len(line.split()) == 6 for line in lines)


def test_times_are_no_part_of_the_signature(corpus: Corpus, file_of: Write, asked: QuestionSet) -> None:
    signatures = set()
    for time in (1, 2):
        lines = [{"id": question.id, "outcome": "none", "milliseconds": time} for question in asked.questions]
        signatures.add(score(asked, file_of(*lines, name="timed.jsonl"), corpus).signature)
    assert len(signatures) == 1
