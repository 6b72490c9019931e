"""Sets as their publishers give them, and all that is wrong with one told at once."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import OutputError, QuestionSetError
from bot.evaluation.carried import carried_by, write_documents
from bot.evaluation.gold import Gold
from bot.evaluation.questions import load_question_set, load_questions
from bot.library import read_corpus
from bot.records import Corpus, Span
from tests.evaluation.test_formats import written

Write = Callable[..., Path]
CONTEXTS = ("Herons stand still in shallow water.  They eat fish.", "A heronry is a place where herons nest.")


def heron(identity: object, text: str, start: int) -> dict[str, object]:
    return {"id": identity, "question": "What?", "answers": [{"text": text, "answer_start": start}]}


def squad(*questions: object) -> dict[str, object]:
    paragraphs = [{"context": CONTEXTS[0], "qas": questions}, {"context": CONTEXTS[1], "qas": []}]
    return {"version": "1", "data": [{"title": "Herons/Grey", "paragraphs": paragraphs}]}


def test_a_set_on_one_long_line_with_whole_numbers_as_ids_is_read(corpus: Corpus, tmp_path: Path) -> None:
    value = squad(heron(262, "fish", 47)) | {"licence": "x" * 2_100_000}
    path = written(tmp_path, "covid.json", json.dumps(value))
    assert write_documents(carried_by(path), tmp_path / "docs") == 1
    (question,) = load_questions(path, read_corpus(tmp_path / "docs"))
    (gold,) = question.answers
    assert (question.id, question.article, gold.doc) == ("262", "Herons/Grey", "Herons%2FGrey.txt")
    assert "".join(CONTEXTS[0][span.start : span.end] for span in gold.spans) == "fish"


def test_a_beir_folder_brings_its_documents(tmp_path: Path) -> None:
    lines = [
        {"_id": "med/10.1", "title": "Herons", "text": "Herons eat fish."},
        {"_id": 7, "title": "", "text": "Storks eat frogs."},
        {"_id": "empty", "title": "", "text": ""},
    ]
    folder = tmp_path / "set"
    written(folder, "corpus.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    written(folder, "queries.jsonl", json.dumps({"_id": "q1", "text": "What do herons eat?"}) + "\n")
    written(folder, "qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\tmed/10.1\t1\nq1\t7\t0\n")
    assert write_documents(carried_by(folder), tmp_path / "docs") == 2
    (question,) = load_questions(folder, read_corpus(tmp_path / "docs"))
    assert [(gold.doc, gold.relevant) for gold in question.answers] == [
        ("med%2F10.1.txt", True),
        ("7.txt", False),
    ]


def test_a_document_in_a_folder_is_named_with_it(corpus: Corpus, tmp_path: Path) -> None:
    written(tmp_path, "t/topics.txt", "7\tskin\n")
    written(tmp_path, "t/qrels.txt", "7 0 liver/signs 1\n")
    assert load_questions(tmp_path / "t", corpus)[0].answers == (Gold("liver/signs.txt", grade=1),)


XML_TOPICS = (
    '<topics task="x"><topic number="7"><query>bone pain</query><question>Why do bones &amp; joints ache?'
    "</question></topic></topics>",
    "<?xml version='1.0'?>\n<topics>\n<topic number='7' type='diagnosis'>\n<note>long</note>"
    "<summary>Why do bones &amp; joints\n ache?</summary></topic></topics>",
    '<topics><topic number="7">Why do bones &amp; joints ache?</topic></topics>',
)


@pytest.mark.parametrize("topics", XML_TOPICS)
@pytest.mark.parametrize("packed", [True, False])
def test_topics_in_xml_are_read_packed_or_not(
    corpus: Corpus, tmp_path: Path, topics: str, packed: bool
) -> None:
    qrels = b"7 0 bones 2\n"
    ending = ".gz" if packed else ""
    written(tmp_path, f"t/topics.xml{ending}", gzip.compress(topics.encode()) if packed else topics)
    written(tmp_path, f"t/qrels.txt{ending}", gzip.compress(qrels) if packed else qrels)
    (question,) = load_questions(tmp_path / "t", corpus)
    assert (question.id, question.question) == ("7", "Why do bones & joints ache?")


def test_a_topic_without_a_number_is_named(corpus: Corpus, tmp_path: Path) -> None:
    written(tmp_path, "t/topics.xml", "<topics>\n<topic><query>pain</query></topic></topics>")
    written(tmp_path, "t/qrels.txt", "7 0 bones 2\n")
    with pytest.raises(QuestionSetError, match=r"topics\.xml, line 2: the topic needs a number"):
        load_questions(tmp_path / "t", corpus)


def test_a_packed_set_is_read_and_a_damaged_one_named(corpus: Corpus, tmp_path: Path) -> None:
    line = json.dumps({"id": "q1", "question": "Ache?"}).encode()
    assert load_questions(written(tmp_path, "s.jsonl.gz", gzip.compress(line)), corpus)[0].id == "q1"
    for content in (line, gzip.compress(line)[:-6]):
        with pytest.raises(QuestionSetError, match="damaged or not packed"):
            load_questions(written(tmp_path, "bad.jsonl.gz", content), corpus)


def test_a_table_without_ids_takes_the_numbers_of_its_rows(corpus: Corpus, tmp_path: Path) -> None:
    text = "question,answer\nA scan?,A scan\nSkin?,Yellow skin\nA scan?,Bones may ache at night\n"
    one, two = load_questions(written(tmp_path, "s.csv", text), corpus)
    assert (one.id, two.id) == ("row 2", "row 3")
    assert one.answers[0] == Gold("bones.md", (Span(25, 31),))
    assert len(one.answers) == 2


def assert_told(caught: pytest.ExceptionInfo[QuestionSetError], *messages: str) -> None:
    head, *lines = str(caught.value).split("\n")
    assert head == f"{len(messages)} things are wrong with the set:"
    for line, message in zip(lines, messages, strict=True):
        assert message in line


def test_all_that_is_wrong_is_told_at_once(corpus: Corpus, file_of: Write) -> None:
    asked = {"id": "a", "question": "Ache?", "answers": [{"doc": "bones.md", "text": "A scan"}]}
    lines = ("{", {"id": "b"}, asked, asked, {**asked, "id": "c", "answers": [{"doc": "gone", "grade": 3}]})
    with pytest.raises(QuestionSetError) as caught:
        load_questions(file_of(*lines), corpus)
    assert_told(caught, "line 1: it is not valid", "line 2: the field", "line 4: the id", "line 5, entry 1")


def test_every_row_of_a_table_that_is_wrong_is_told(corpus: Corpus, tmp_path: Path) -> None:
    text = "question,doc,start,end\n,bones.md,,\nB?,bones.md,1,x\nC?,bones.md,9,3\n"
    with pytest.raises(QuestionSetError) as caught:
        load_questions(written(tmp_path, "s.csv", text), corpus)
    assert_told(caught, "the question is missing", "is not a whole number", "is not inside")


def test_every_bad_judgement_is_told(corpus: Corpus, tmp_path: Path) -> None:
    written(tmp_path, "t/topics.txt", "7\tpain\n")
    written(tmp_path, "t/qrels.txt", "7 bones\n7 0 bones x\n")
    with pytest.raises(QuestionSetError) as caught:
        load_questions(tmp_path / "t", corpus)
    assert_told(caught, "line 1: it has 2 columns", "line 2: the grade")


def test_of_very_many_faults_the_first_are_told_and_the_rest_counted(corpus: Corpus, tmp_path: Path) -> None:
    value = squad(*(heron(number, "fish", 3) for number in range(1014)))
    with pytest.raises(QuestionSetError) as caught:
        load_question_set(written(tmp_path, "s.json", json.dumps(value)), corpus)
    head, *lines = str(caught.value).split("\n")
    assert head.startswith("1014 things")
    assert len(lines) == 1001
    assert lines[-1] == "and 14 more."


def test_documents_of_one_title_get_names_of_their_own(tmp_path: Path) -> None:
    article = {"title": "..", "paragraphs": [{"context": "Herons.", "qas": []}]}
    path = written(tmp_path, "s.json", json.dumps({"data": [article, article, {"paragraphs": []}]}))
    assert write_documents(carried_by(path), tmp_path / "docs") == 2
    assert sorted(found.name for found in (tmp_path / "docs").iterdir()) == ["document 2.txt", "document.txt"]


def test_documents_are_written_into_an_empty_folder_only(tmp_path: Path) -> None:
    path = written(tmp_path, "s.json", json.dumps(squad()))
    with pytest.raises(OutputError, match="is not empty"):
        write_documents(carried_by(path), tmp_path)
    with pytest.raises(OutputError, match="cannot be written"):
        write_documents(carried_by(path), path)
    with pytest.raises(QuestionSetError, match="carries no documents"):
        carried_by(written(tmp_path, "s.csv", "question\n"))
