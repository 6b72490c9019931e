"""What nobody has judged, or is not in the corpus, is never taken for what the sources do not answer."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import QuestionSetError, SettingsError
from bot.evaluation.formats.columns import parse_columns
from bot.evaluation.gold import Gold
from bot.evaluation.metrics import figures
from bot.evaluation.misses import misses
from bot.evaluation.page import as_html
from bot.evaluation.questions import QuestionSet, load_question_set
from bot.evaluation.report import as_json
from bot.evaluation.risk import risk_curve
from bot.evaluation.scoring import Run, score
from bot.records import Corpus, Span
from tests.evaluation.test_formats import workbook, written

Write = Callable[..., Path]
WITHOUT_GOLD = {"verbatim"}


def answered(asked: QuestionSet, corpus: Corpus, file_of: Write) -> Run:
    """The run of a system that answers everything, wrongly."""
    ranking = [{"doc": "liver/signs.txt", "start": 0, "end": 22}]
    lines = [
        {"id": question.id, "outcome": "answered", "ranked": ranking, "confidence": 0.5, "depth": 10}
        for question in asked.questions
    ]
    return score(asked, file_of(*lines, name="p.jsonl"), corpus)


def counts(run: Run) -> dict[str, int]:
    return {figure.measure: figure.n for figure in figures(run.judged)}


def assert_without_gold(asked: QuestionSet, corpus: Corpus, file_of: Write) -> None:
    assert any("No question of the set has right answers" in note for note in asked.notes)
    run = answered(asked, corpus, file_of)
    assert {name for name, n in counts(run).items() if n} == WITHOUT_GOLD
    assert misses(run) == ()
    assert risk_curve(run.judged) is None
    assert "figures of ranks, answers and refusals are not worked out" in as_html(run)
    assert asked.notes[-1] in json.loads(as_json(run))["notes"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Question"], ["Do bones ache?"], ["Is skin yellow?"]],
        [["No", "Question", "Words of the guide"], [1, "Do bones ache?", "Bones may ache at night."]],
    ],
)
def test_a_spreadsheet_without_a_column_of_answers_is_a_set_without_gold(
    corpus: Corpus, file_of: Write, tmp_path: Path, rows: list[list[object]]
) -> None:
    asked = load_question_set(workbook(tmp_path, rows), corpus)
    assert any("no column is taken for the answers" in note for note in asked.notes)
    assert_without_gold(asked, corpus, file_of)


def test_json_lines_without_answers_are_a_set_without_gold(corpus: Corpus, file_of: Write) -> None:
    lines = [{"id": name, "question": "Do bones ache?"} for name in "ab"]
    assert_without_gold(load_question_set(file_of(*lines), corpus), corpus, file_of)


def test_an_empty_list_of_answers_says_that_there_are_none(corpus: Corpus, file_of: Write) -> None:
    lines = [{"id": "a", "question": "Who won?", "answers": []}, {"id": "b", "question": "Who lost?"}]
    asked = load_question_set(file_of(*lines), corpus)
    assert '1 of 2 questions have no field "answers"' in asked.notes[0]
    assert counts(answered(asked, corpus, file_of))["refused"] == 2


def test_topics_that_nobody_judged_are_left_out_and_counted(
    corpus: Corpus, file_of: Write, tmp_path: Path
) -> None:
    written(tmp_path, "t/topics.txt", "7\tbone pain\n8\tskin\n9\titch\n")
    written(tmp_path, "t/qrels.txt", "7 0 bones.md 2\n9 0 bones.md 0\n")
    asked = load_question_set(tmp_path / "t", corpus)
    assert "1 of 3 questions are not judged; they are left out" in "\n".join(asked.notes)
    assert "1 of 3 questions have only answers of a lower grade" in "\n".join(asked.notes)
    run = answered(asked, corpus, file_of)
    assert {name: counts(run)[name] for name in ("hit@1", "refused", "misled")} == {
        "hit@1": 1,
        "refused": 0,
        "misled": 0,
    }


def test_grades_below_the_least_right_one_say_nothing_of_other_documents(
    corpus: Corpus, file_of: Write
) -> None:
    path = file_of({"id": "a", "question": "Ache?", "answers": [{"doc": "bones.md", "grade": 1}]})
    asked = load_question_set(path, corpus)
    assert "count as right from grade 2 on (--relevant-from)" in asked.notes[0]
    assert_without_gold(asked, corpus, file_of)
    lower = load_question_set(path, corpus, relevant_from=1)
    assert lower.questions[0].answers == (Gold("bones.md", grade=1),)
    assert counts(answered(lower, corpus, file_of))["hit@1"] == 1


def test_a_lower_bound_holds_for_judgements_of_trec_too(corpus: Corpus, tmp_path: Path) -> None:
    written(tmp_path, "t/topics.txt", "7\tbone pain\n")
    written(tmp_path, "t/qrels.txt", "7 0 bones.md 1\n7 0 signs 2\n")
    found = load_question_set(tmp_path / "t", corpus, relevant_from=2)
    assert [gold.relevant for gold in found.questions[0].answers] == [False, True]


@pytest.mark.parametrize("heading", ["Reference answer", "Ground truth", "REFERENCE_ANSWER"])
def test_usual_headings_of_answers_are_known(corpus: Corpus, tmp_path: Path, heading: str) -> None:
    path = written(tmp_path, "s.csv", f"Question,{heading}\nA scan?,A scan\n")
    assert load_question_set(path, corpus).questions[0].answers == (Gold("bones.md", (Span(25, 31),)),)


def test_columns_may_be_named(corpus: Corpus, tmp_path: Path) -> None:
    text = "Question,Asked by patients,What the leaflet says\nx,A scan?,A scan\n"
    named = parse_columns("question=asked by patients, answer=What the leaflet says")
    (question,) = load_question_set(written(tmp_path, "s.csv", text), corpus, columns=named).questions
    assert (question.question, question.answers) == ("A scan?", (Gold("bones.md", (Span(25, 31),)),))


def test_a_heading_may_hold_a_comma() -> None:
    assert parse_columns("answer=Right, or nearly,question=Q") == {
        "answer": "Right, or nearly",
        "question": "Q",
    }


@pytest.mark.parametrize("text", ["", "answer", "answers=x", "answer=", "answer=a,answer=b", "x,answer=a"])
def test_columns_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="names no columns"):
        parse_columns(text)


def test_a_column_that_was_asked_for_and_is_not_there_is_an_error(corpus: Corpus, tmp_path: Path) -> None:
    path = written(tmp_path, "s.csv", "question,notes\na,b\n")
    with pytest.raises(QuestionSetError, match=r'no column is headed "Gold".* there are "question", "notes"'):
        load_question_set(path, corpus, columns={"answer": "Gold"})


def test_a_file_without_columns_has_none_to_be_named(corpus: Corpus, file_of: Write) -> None:
    with pytest.raises(QuestionSetError, match="has no columns"):
        load_question_set(file_of({"id": "a", "question": "b"}), corpus, columns={"answer": "Gold"})


def test_blank_answers_beside_others_are_said_to_count_as_not_answered(
    corpus: Corpus, tmp_path: Path
) -> None:
    path = written(tmp_path, "s.csv", "question,answer\nA?,A scan\nB?,\n")
    found = load_question_set(path, corpus)
    assert "1 of 2 questions have no answer filled in. They count as" in found.notes[-1]
    assert [question.counted for question in found.questions] == [True, True]


MISSING = [
    {"doc": "bones.md", "text": "Nothing of the sort is said."},
    {"doc": "gone.md", "start": 0, "end": 24},
    {"doc": "gone.md", "grade": 3},
]


@pytest.mark.parametrize("answer", MISSING)
def test_a_question_whose_answers_the_corpus_lacks_is_left_out_of_every_figure(
    corpus: Corpus, file_of: Write, answer: dict[str, object]
) -> None:
    lines = [
        {"id": "q1", "question": "Do bones ache?", "answers": [answer]},
        {"id": "q2", "question": "Is skin yellow?", "answers": [{"doc": "liver/signs.txt", "grade": 3}]},
    ]
    asked = load_question_set(file_of(*lines), corpus, keep_missing=True)
    assert "not in the corpus: 1; they are left out of every figure, and with them 1 of 2" in asked.notes[0]
    run = answered(asked, corpus, file_of)
    values = {figure.measure: (figure.value, figure.n) for figure in figures(run.judged)}
    assert (values["hit@1"], values["nDCG@10"], values["refused"]) == ((1.0, 1), (1.0, 1), (None, 0))
    assert misses(run) == ()


def test_of_several_answers_only_the_missing_are_left_out(corpus: Corpus, file_of: Write) -> None:
    answers = [{"doc": "gone.md", "grade": 3}, {"doc": "liver/signs.txt", "grade": 2}]
    path = file_of({"id": "q1", "question": "Is skin yellow?", "answers": answers})
    asked = load_question_set(path, corpus, keep_missing=True)
    assert asked.questions[0].answers == (Gold("liver/signs.txt", grade=2),)
    assert "1; they are left out of every figure. The first" in asked.notes[0]
    ndcg = {figure.measure: figure.value for figure in figures(answered(asked, corpus, file_of).judged)}
    assert ndcg["nDCG@10"] == 1.0


def test_answers_that_are_null_are_not_known_beside_others_that_are(corpus: Corpus, file_of: Write) -> None:
    asked = load_question_set(
        file_of(
            {"id": "known", "question": "Do bones ache?", "answers": [{"doc": "bones.md", "text": "A scan"}]},
            {"id": "none", "question": "Is it cold?", "answers": []},
            {"id": "unknown", "question": "Is it warm?", "answers": None, "verdicts": [{"verdict": "wrong"}]},
        ),
        corpus,
    )
    assert [question.counted for question in asked.questions] == [True, True, False]
    assert asked.notes == (
        "1 of 3 questions are not judged; they are left out of every figure that needs right answers.",
    )
