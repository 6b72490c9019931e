"""How simpler rankings stand beside a run."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.evaluation.baselines import PLAIN_BM25, Task, encoder_alone, plain_bm25, words_alone
from bot.evaluation.gold import Gold
from bot.evaluation.in_words import in_words
from bot.evaluation.page import as_html
from bot.evaluation.questions import Question, QuestionSet, load_question_set
from bot.evaluation.report import as_json
from bot.evaluation.scoring import Run, beside, score
from bot.library import read_corpus
from bot.records import Corpus, Span
from tests.evaluation.conftest import TEXTS
from tests.evaluation.test_formats import written

Write = Callable[..., Path]
ACHE = {
    "id": "q1",
    "question": "A scan, a sign, itching?",
    "answers": [{"doc": "bones.md", "text": "A scan"}],
}
SKIN = {
    "id": "q2",
    "question": "Yellow skin?",
    "answers": [{"doc": "liver/signs.txt", "text": "Yellow skin"}],
}
AWAY = {"id": "q3", "question": "Who won?", "answers": []}


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    for name, text in (*TEXTS.items(), ("storks.txt", "Storks nest on chimneys, and clatter.")):
        written(tmp_path, f"documents/{name}", text)
    return read_corpus(tmp_path / "documents")


@pytest.fixture
def asked(corpus: Corpus, file_of: Write) -> QuestionSet:
    return load_question_set(file_of(ACHE, SKIN, AWAY), corpus)


@pytest.fixture
def run(corpus: Corpus, file_of: Write, asked: QuestionSet) -> Run:
    ranking = [{"doc": "bones.md", "start": 25, "end": 43, "score": 1}]
    lines = [
        {"id": question.id, "outcome": "answered", "ranked": ranking, "depth": 3}
        for question in asked.questions
    ]
    return score(asked, file_of(*lines, name="mine.jsonl"), corpus)


def test_plain_bm25_stands_beside_every_run(run: Run) -> None:
    (plain,) = run.baselines
    assert plain.name == PLAIN_BM25
    assert [record.rank for record in plain.judged] == [2, 1, None]
    assert [record.depth for record in plain.judged] == [3, 3, 3]
    assert not any(record.decided for record in plain.judged)


def test_the_first_line_says_how_many_it_has_right(run: Run) -> None:
    assert in_words(run.judged, run.baselines).startswith(
        "First passage right for 1 of 2; plain BM25 1; 0 of 2 got nothing; 1 of 1 without an answer were"
        " answered. A right passage"
    )


def test_the_paired_difference_is_in_every_report(run: Run) -> None:
    report = json.loads(as_json(run))
    assert report["in_words"].startswith("First passage right for 1 of 2; plain BM25 1;")
    assert report["baselines"][PLAIN_BM25]["figures"]["hit@1"]["value"] == 0.5
    assert report["baselines"][PLAIN_BM25]["ranks"] == {"q1": 2, "q2": 1, "q3": None}
    found = {one["measure"]: one for one in report["differences"]}
    assert (found["hit@1"]["before"], found["hit@1"]["after"], found["hit@1"]["mean"]) == (0.5, 0.5, 0.0)
    assert (found["hit@1"]["wins"], found["hit@1"]["losses"]) == (["q1"], ["q2"])
    assert "Beside simpler rankings" in as_html(run)
    assert "plain BM25 1" in as_html(run)


def test_a_mere_ranking_is_not_judged_for_what_it_does_not_say(run: Run) -> None:
    figures = json.loads(as_json(run))["baselines"][PLAIN_BM25]["figures"]
    assert not {"answered", "helped", "lost", "misled", "refused", "verbatim", "overall-F1"} & figures.keys()


def test_whole_documents_are_ranked_to_the_depth_in_documents(corpus: Corpus) -> None:
    question = Question("q", "Bones and skin, a sign?", answers=(Gold("liver/signs.txt"),))
    baseline = plain_bm25(Task([question], corpus, 2))
    assert baseline.judged[0].unit == "document"
    assert baseline.judged[0].rank in {1, 2}


def test_the_encoder_alone_and_words_alone_can_be_asked_too(assistant: Assistant, folder: Path) -> None:
    assistant.encode()
    start = assistant.corpus.documents[0].text.index("An attack is treated")
    question = Question(
        "q", "Which medicine eases an attack?", answers=(Gold("gout.md", (Span(start, start + 60),)),)
    )
    task = Task([question], assistant.corpus, 5)
    alone, without = encoder_alone(assistant, task), words_alone(Assistant.open(folder, encoder=None), task)
    assert alone is not None
    assert alone.judged[0].rank == 1
    assert without.judged[0].rank == 1
    assert encoder_alone(Assistant.open(folder, encoder=None), task) is None


def test_all_baselines_are_corrected_together(run: Run, corpus: Corpus) -> None:
    twice = beside(run, [*run.baselines, None])
    assert len(twice.differences) == 2 * len(run.differences)
