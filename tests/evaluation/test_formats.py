import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.errors import QuestionSetError
from bot.evaluation.gold import Gold
from bot.evaluation.questions import load_question_set, load_questions
from bot.records import Corpus, Span

BONES = "Bones may ache at night."
TABLE = (
    ("ID", "Question", "Answer", "Document", "Category", "Author"),
    ("1", "Do bones ache?", "A scan", "bones.md", "plain", "x"),
    ("2", "What colour is skin?", "Yellow skin", "", "lay", "y"),
    ("2", "What colour is skin?", "itching", "liver/signs.txt", "lay", "y"),
    ("", "", "", "", "", ""),
    ("3", "Who won?", "", "", "lay", ""),
)
TABLE_GOLD = {
    "1": (Gold("bones.md", (Span(25, 31),)),),
    "2": (Gold("liver/signs.txt", (Span(0, 11),)), Gold("liver/signs.txt", (Span(29, 36),))),
    "3": (),
}


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def workbook(folder: Path, rows: Sequence[Sequence[object]]) -> Path:
    book = Workbook()
    sheet = book.create_sheet(index=0)
    for row in rows:
        sheet.append(list(row))
    book.save(folder / "set.xlsx")
    return folder / "set.xlsx"


def golds(path: Path, corpus: Corpus) -> dict[str, tuple[Gold, ...]]:
    return {question.id: question.answers for question in load_questions(path, corpus)}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_a_csv_file_is_read_whatever_separates_its_columns(
    corpus: Corpus, tmp_path: Path, separator: str, start: bytes
) -> None:
    text = "\r\n".join(separator.join(row) for row in TABLE)
    assert golds(written(tmp_path, "set.csv", start + text.encode()), corpus) == TABLE_GOLD


def test_a_spreadsheet_is_read_like_a_csv_file(corpus: Corpus, tmp_path: Path) -> None:
    rows = [TABLE[0], *((int(row[0]) if row[0] else None, *row[1:]) for row in TABLE[1:])]
    found = load_question_set(workbook(tmp_path, rows), corpus)
    assert {question.id: question.answers for question in found.questions} == TABLE_GOLD
    assert [question.kind for question in found.questions] == ["plain", "lay", "lay"]


def test_it_is_said_how_columns_were_taken(corpus: Corpus, tmp_path: Path) -> None:
    text = "\n".join(",".join(row) for row in TABLE)
    taken, unused, blank = load_question_set(written(tmp_path, "set.csv", text), corpus).notes
    assert '"Category" as kind' in taken
    assert unused == 'set.csv: these columns are not used: "Author".'
    assert "1 of 3 questions have no answer filled in" in blank


def test_a_table_may_give_spans_histories_and_whole_documents(corpus: Corpus, tmp_path: Path) -> None:
    text = 'query,doc,start,end,history\nA?,bones.md,0,5,"One?\nTwo?"\nB?,bones.md,,,\n'
    one, two = load_questions(written(tmp_path, "set.csv", text), corpus)
    assert (one.id, one.history, one.answers) == (
        "row 2",
        ("One?", "Two?"),
        (Gold("bones.md", (Span(0, 5),)),),
    )
    assert two.answers == (Gold("bones.md"),)


def squad(*questions: object, context: object = BONES) -> str:
    return json.dumps({"data": [{"title": "t", "paragraphs": [{"context": context, "qas": questions}]}]})


def test_a_squad_file_is_read(corpus: Corpus, tmp_path: Path) -> None:
    text = squad(
        {
            "id": "a",
            "question": "Ache?",
            "answers": [{"text": "ache", "answer_start": 10}, {"text": "may ache", "answer_start": 6}],
        },
        {"id": "b", "question": "Won?", "is_impossible": True, "answers": []},
    )
    spans = (Span(10, 14), Span(6, 14), Span(54, 58), Span(50, 58))
    assert golds(written(tmp_path, "s.json", text), corpus) == {"a": (Gold("bones.md", spans),), "b": ()}


def beir(folder: Path, qrels: str, queries: Sequence[object] = ({"_id": "q1", "text": "Ache?"},)) -> Path:
    written(folder, "set/queries.jsonl", "".join(json.dumps(query) + "\n" for query in queries))
    written(folder, "set/qrels/test.tsv", qrels)
    return folder / "set"


def test_a_beir_folder_is_read(corpus: Corpus, tmp_path: Path) -> None:
    qrels = "query-id\tcorpus-id\tscore\nq1\tbones\t1\nq1\tsigns\t0\n"
    folder = beir(tmp_path, qrels, [{"_id": "q1", "text": "Ache?"}, {"_id": "q2", "text": "Train?"}])
    found = load_question_set(folder, corpus)
    assert [question.id for question in found.questions] == ["q1"]
    assert found.questions[0].answers == (
        Gold("bones.md", grade=1),
        Gold("liver/signs.txt", grade=0, relevant=False),
    )
    assert found.notes == (
        "set: 1 queries belong to other splits and are left out.",
        "Graded documents count as right from grade 1 on (--relevant-from).",
    )


TOPICS = (
    "<top>\n<num> Number: 7\n<title> bone pain\n<desc> Description:\nWhy?\n</top>\n",
    "<top><num>7</num><title>bone\npain</title></top>",
    "7\tbone pain\n",
)


@pytest.mark.parametrize("topics", TOPICS)
def test_trec_topics_with_qrels_are_read(corpus: Corpus, tmp_path: Path, topics: str) -> None:
    written(tmp_path, "t/topics.txt", topics)
    written(tmp_path, "t/qrels.txt", "7 0 bones.md 2\n7 0 signs -2\n")
    (question,) = load_questions(tmp_path / "t", corpus)
    assert (question.id, question.question) == ("7", "bone pain")
    assert [(gold.grade, gold.relevant) for gold in question.answers] == [(2, True), (0, False)]


QUESTION = {"id": "a", "question": "Ache?", "answers": [{"text": "ache", "answer_start": 10}]}
MALFORMED_FILES = [
    ("s.csv", "", "s.csv is empty"),
    ("s.csv", "Question,Answer\n", "holds no questions"),
    ("s.csv", "Frage,Antwort\na,b\n", 'no column is headed "question"'),
    ("s.csv", "question,question\na,b\n", 'the column "question" is there twice'),
    ("s.csv", "question,answer\n,A scan\n", "s.csv, line 2, column 1: the question is missing"),
    ("s.csv", "question,answer\na,A scan,x\n", 's.csv, line 2, column 3: "x" stands under no heading'),
    ("s.csv", 'question,answer\n"a,A scan\n', "s.csv, line 2: its quotation marks do not match"),
    (
        "s.csv",
        "question,answer\na,A scam\n",
        's.csv, line 2, column 2: the answer "A scam" is in no document',
    ),
    ("s.csv", "question,answer\na,A scam shows\n", 'the nearest is "A scan shows" at 25 of "bones.md"'),
    ("s.csv", "question,doc\na,gone.md\n", '"gone.md" is not in the corpus'),
    ("s.csv", "question,start,end\na,1,2\n", "a span needs a document, a start and an end"),
    ("s.csv", "question,doc,start,end\na,bones.md,1,x\n", '"x" is not a whole number'),
    ("s.csv", "id,question\n1,a\n1,b\n", "was given to another question (s.csv, line 2, column 2)"),
    ("s.csv", "question,answer\na,A scan\na,\n", "once without an answer"),
    ("s.csv", b"question\ncaf\xe9\n", "s.csv, line 2: it is not UTF-8"),
    ("s.xlsx", "no workbook", "s.xlsx is no workbook that can be read"),
    ("s.xlsx", b"PK\x05\x06" + b"\0" * 18, "s.xlsx is no workbook that can be read"),
    ("s.json", "{", "s.json: it is not valid JSON"),
    ("s.json", "[]", 's.json has no field "data"'),
    ("s.json", '{"data": 1}', 'the field "data" must be a list'),
    ("s.json", '{"data": []}', "holds no questions"),
    ("s.json", squad(QUESTION, context=None), 'the field "context" is missing'),
    ("s.json", squad(QUESTION, context="Not there."), "does not stand at"),
    ("s.json", squad(QUESTION, context="Bones can ache."), 'the context "Bones can ache." is in no document'),
    ("s.json", squad({**QUESTION, "answers": []}), "there is no answer"),
    ("s.json", squad({**QUESTION, "is_impossible": True}), "a question that is impossible has an answer"),
    ("s.json", squad({**QUESTION, "is_impossible": "no"}), "must be true or false"),
    ("s.json", squad(QUESTION, QUESTION), 'the id "a" was given before'),
]


@pytest.mark.parametrize(
    ("name", "content", "message"), MALFORMED_FILES, ids=[message for *_, message in MALFORMED_FILES]
)
def test_each_way_to_get_a_file_wrong_has_its_sentence(
    corpus: Corpus, tmp_path: Path, name: str, content: str | bytes, message: str
) -> None:
    with pytest.raises(QuestionSetError) as caught:
        load_questions(written(tmp_path, name, content), corpus)
    assert message in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "set.xlsx is empty"),
        ([["question"], ["a"], [None]], None),
        ([["question", "answer"], ["a", "A scam"]], 'cell B2: the answer "A scam" is in no document'),
        ([["question", "answer"], [None, "A scan"]], "cell A2: the question is missing"),
        ([["question", "answer"], ["a", "#REF!"]], 'cell B2: the formula gives "#REF!"'),
        ([["question", "answer", "mine"], ["a", "A scan", "#REF!"]], None),
        ([["question", "answer"], ["a", "#REF!"], [None, "x"]], "2 things are wrong with the set:"),
    ],
)
def test_a_broken_cell_is_named(
    corpus: Corpus, tmp_path: Path, rows: Sequence[Sequence[object]], message: str | None
) -> None:
    path = workbook(tmp_path, rows)
    if message is None:
        assert len(load_questions(path, corpus)) == 1
        return
    with pytest.raises(QuestionSetError) as caught:
        load_questions(path, corpus)
    assert message in str(caught.value)


@pytest.mark.parametrize(("at", "value"), [(8, 1), (10, 97)], ids=["encrypted", "packed by no known method"])
def test_a_workbook_of_which_a_member_cannot_be_unpacked_is_refused(
    corpus: Corpus, tmp_path: Path, at: int, value: int
) -> None:
    path = workbook(tmp_path, [["question"], ["What is gout?"]])
    data = bytearray(path.read_bytes())
    member = data.rindex(b"PK\x01\x02", 0, data.index(b"[Content_Types].xml", data.index(b"PK\x01\x02")))
    data[member + at] = value
    path.write_bytes(data)
    with pytest.raises(QuestionSetError, match=r"set\.xlsx is no workbook that can be read"):
        load_questions(path, corpus)


@pytest.mark.parametrize(
    ("qrels", "message"),
    [
        ("q1\tbones\n", "test.tsv, line 1: it has 2 columns"),
        ("q1\tbones\tx\n", 'the grade "x" is not a whole number'),
        ("q1\tbones\t1\nq1\tbones\t2\n", '"bones" was judged before'),
        ("q1\tgone\t1\n", '"gone" is not in the corpus'),
        ("q9\tbones\t1\n", 'the question "q9" is judged but not in'),
        ("", "holds no questions"),
    ],
)
def test_a_broken_judgement_is_named(corpus: Corpus, tmp_path: Path, qrels: str, message: str) -> None:
    with pytest.raises(QuestionSetError) as caught:
        load_questions(beir(tmp_path, qrels), corpus)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("topics", "message"),
    [
        (None, '0 files have "topics" in their name'),
        ("7 bone pain\n", "topics.txt, line 1: write the number, a tab and the question"),
        ("\n<top><num>7</num></top>", "topics.txt, line 2: the topic needs <num> and <title>"),
        ("8\tbone pain\n", 'the topic "7" is judged but not in topics.txt'),
    ],
)
def test_a_broken_topic_is_named(corpus: Corpus, tmp_path: Path, topics: str | None, message: str) -> None:
    written(tmp_path, "t/qrels.txt", "7 0 bones.md 2\n")
    if topics is not None:
        written(tmp_path, "t/topics.txt", topics)
    with pytest.raises(QuestionSetError) as caught:
        load_questions(tmp_path / "t", corpus)
    assert message in str(caught.value)
