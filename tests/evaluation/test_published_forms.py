"""Sets in the forms in which their publishers give them, each with the documents it carries."""

import gzip
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.errors import QuestionSetError
from bot.evaluation.carried import carried_by, write_documents
from bot.evaluation.gold import Gold
from bot.evaluation.questions import Question, QuestionSet, load_question_set
from bot.library import read_corpus
from tests.evaluation.test_formats import written

CRANFIELD_QUERIES = """.I 001
.W
why do herons stand on one leg
in cold water .
.I 004
.W
what do storks eat .
.I 012
.W
do cranes dance .
"""
CRANFIELD_DOCUMENTS = """.I 1
.T
on the legs of herons .
.A
reed,p.
.B
j. pond sc. 12, 1961, 4.
.W
on the legs of herons .
a heron that stands on one leg keeps the other warm.
.I 2
.T
storks and frogs .
.A
.B
.W
storks eat frogs, mice and large insects.
"""
LIVEQA = """<?xml version="1.0" encoding="UTF-8"?>
<LiveQA2017-Medical-Test-Set-Full>
<NLM-QUESTION qid="TQ1">
  <Original-Question qfile="7.txt">
    <{subject}>Sore beak &amp; wing</{subject}>
    <{message}>\tMy heron has a sore beak
 since spring.</{message}>
  </Original-Question>
  <ReferenceAnswers>
    <RefAnswer aid="TQ1A1">
      <{answer}> Rest the beak &amp; feed soft fish. </{answer}>
      <AnswerURL> https://example.org/beak </AnswerURL>
      <Comment>Good.</Comment>
    </RefAnswer>
    <ReferenceAnswer aid="TQ1A1"><{answer}>See a bird doctor.</{answer}></ReferenceAnswer>
  </ReferenceAnswers>
</NLM-QUESTION>
<NLM-QUESTION qid="TQ2">
  <Original-Question qFile="8.txt"><{subject}></{subject}>
  <{message}>Do cranes sneeze?</{message}></Original-Question>
  <ReferenceAnswers></ReferenceAnswers>
</NLM-QUESTION>
</LiveQA2017-Medical-Test-Set-Full>
"""
LIVEQA_TRAINING = """<?xml version="1.0" encoding="UTF-8"?>
<NLM-QUESTIONS>
<NLM-QUESTION questionid="Q1" fRef="11">
<SUBJECT></SUBJECT><MESSAGE>Where do herons winter?</MESSAGE>
<SUB-QUESTIONS><SUB-QUESTION subqid="Q1-S1"><ANNOTATIONS><FOCUS>heron</FOCUS></ANNOTATIONS>
<ANSWERS><ANSWER answerid="Q1-S1-A1" pairid="1">Most stay by open water.</ANSWER></ANSWERS>
</SUB-QUESTION></SUB-QUESTIONS>
</NLM-QUESTION>
</NLM-QUESTIONS>
"""
TREC_DOCUMENTS = """<DOC>
<DOCNO> BIRD-0001 </DOCNO>
<HEADLINE> Herons &amp; frost </HEADLINE>
<TEXT>
Herons starve in long frosts.

They move to the coast.
</TEXT>
</DOC>
<DOC>
<DOCNO>BIRD/0002</DOCNO>
<TEXT><P>Storks fly south.</P><P>They glide.</P></TEXT>
</DOC>
"""
STORY = "A heron stood in the pond. It caught a frog. The frog was green."


def served(path: Path, folder: Path) -> QuestionSet:
    """The set over the documents that it carries."""
    write_documents(carried_by(path), folder / "documents")
    return load_question_set(path, read_corpus(folder / "documents"))


def by_id(found: QuestionSet) -> Mapping[str, Question]:
    return {question.id: question for question in found.questions}


def test_cranfield_is_read_as_it_lies(tmp_path: Path) -> None:
    folder = tmp_path / "cran"
    written(folder, "cran.qry", CRANFIELD_QUERIES)
    written(folder, "cran.all.1400", CRANFIELD_DOCUMENTS)
    written(folder, "cranqrel", "1 1 2\n2 2  1\n2 1 -1\n3 2 4\n")
    written(folder, "cranqrel.readme", "1 is a complete answer.")
    found = served(folder, tmp_path)
    asked = by_id(found)
    assert list(asked) == ["1", "2", "3"]
    assert asked["1"].question == "why do herons stand on one leg\nin cold water ."
    assert asked["2"].answers == (Gold("2.txt", grade=4), Gold("1.txt", grade=0, relevant=False))
    assert [gold.grade for question in ("1", "3") for gold in asked[question].answers] == [3, 1]
    assert any("1 (a complete answer) to 4" in note for note in found.notes)
    assert any("count the questions from 1" in note for note in found.notes)
    text = (tmp_path / "documents" / "1.txt").read_text()
    assert text == "on the legs of herons .\na heron that stands on one leg keeps the other warm.\n"


@pytest.mark.parametrize("judgements", ["4\t0\t2\t1\n", "4 2 0 0.000000\n"])
def test_other_sets_of_that_form_name_questions_by_their_numbers(tmp_path: Path, judgements: str) -> None:
    folder = tmp_path / "med"
    written(folder, "MED.QRY", CRANFIELD_QUERIES)
    written(folder, "MED.ALL", CRANFIELD_DOCUMENTS)
    written(folder, "MED.REL", judgements)
    asked = by_id(served(folder, tmp_path))
    assert asked["4"].answers == (Gold("2.txt", grade=1),)
    assert not asked["12"].judged


def test_all_broken_judgements_of_that_form_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "cran"
    written(folder, "cran.qry", CRANFIELD_QUERIES)
    written(folder, "cranqrel", "1 1\n1 one 2\n")
    with pytest.raises(QuestionSetError, match=r"(?s)2 things.*line 1: .*line 2: "):
        load_question_set(folder, read_corpus(written(tmp_path, "d/1.txt", "Herons.").parent))


@pytest.mark.parametrize("case", [str.upper, str.capitalize])
def test_liveqas_questions_and_reference_answers_are_read_as_they_lie(
    tmp_path: Path, case: Callable[[str], str]
) -> None:
    names = {name: case(name) for name in ("subject", "message", "answer")}
    path = written(tmp_path, "TREC-2017-LiveQA-Medical-Test.xml", LIVEQA.format(**names))
    asked = by_id(served(path, tmp_path))
    assert asked["TQ1"].question == "Sore beak & wing. My heron has a sore beak since spring."
    assert [gold.doc for gold in asked["TQ1"].answers] == ["TQ1A1.txt", "TQ1A2.txt"]
    assert (tmp_path / "documents" / "TQ1A1.txt").read_text() == "Rest the beak & feed soft fish.\n"
    assert (asked["TQ2"].question, asked["TQ2"].judged) == ("Do cranes sneeze?", False)


def test_liveqas_training_questions_are_read_too(tmp_path: Path) -> None:
    asked = by_id(served(written(tmp_path, "Train-1.xml", LIVEQA_TRAINING), tmp_path))
    assert asked["Q1"].answers == (Gold("Q1A1.txt"),)


def liveqa_folder(folder: Path, qrels: str) -> Path:
    names = {"subject": "Subject", "message": "Message", "answer": "Answer"}
    written(folder, "Test.xml", LIVEQA.format(**names))
    written(folder, "LiveQA-Medical-qrels.txt", qrels)
    return folder


def test_liveqas_judged_answers_are_documents_of_their_own(tmp_path: Path) -> None:
    qrels = "1 3 Rest the beak.\n1 1 Buy a new heron.\n1 4 Rest the beak.\n2 2 Some cranes do.\n"
    found = served(liveqa_folder(tmp_path / "live", qrels), tmp_path)
    asked = by_id(found)
    assert asked["TQ1"].answers == (
        Gold("answer-0001.txt", grade=3),
        Gold("answer-0002.txt", grade=0, relevant=False),
    )
    assert asked["TQ2"].answers == (Gold("answer-0003.txt", grade=1),)
    assert "taken as the grades 0 to 3" in found.notes[0]


def test_medquads_judged_answers_come_from_their_table(tmp_path: Path) -> None:
    folder = liveqa_folder(tmp_path / "live", "1 4-Excellent ADAM_1.txt\n1 2-Related GARD_2_Sec1.txt\n")
    answer = '"Question: Beak?\nURL: x\nAnswer: Rest it."'
    table = f"AnswerID,Answer\r\nADAM_1.txt,{answer}\r\nGARD_2_Sec1.txt,Wings.\r\n"
    written(folder, "All-2479-Answers-retrieved-from-MedQuAD.csv", table)
    asked = by_id(served(folder, tmp_path))
    assert asked["TQ1"].answers == (Gold("ADAM_1.txt", grade=3), Gold("GARD_2_Sec1.txt", grade=1))
    assert "Answer: Rest it." in (tmp_path / "documents" / "ADAM_1.txt").read_text()


def test_xml_that_is_something_else_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "s.xml", "<topics></topics>")
    with pytest.raises(QuestionSetError, match="put topics of TREC into a folder"):
        load_question_set(path, read_corpus(written(tmp_path, "d/1.txt", "Herons.").parent))


@pytest.mark.parametrize("packed", [True, False])
def test_a_trec_folder_brings_its_documents(tmp_path: Path, packed: bool) -> None:
    folder = tmp_path / "trec"
    written(
        folder,
        "topics.txt",
        "<top>\n<num> Number: 301\n<title> heron frost\n\n<desc> Description:\nx\n</top>\n",
    )
    written(folder, "qrels.301", "301 0 BIRD-0001 1\n301 0 BIRD/0002 0\n301 1 BIRD-0001 1\n")
    text = TREC_DOCUMENTS.encode()
    written(folder, "docs/birds.gz" if packed else "docs/birds", gzip.compress(text) if packed else text)
    asked = by_id(served(folder, tmp_path))
    assert asked["301"].question == "heron frost"
    assert asked["301"].answers == (
        Gold("BIRD-0001.txt", grade=1),
        Gold("BIRD%2F0002.txt", grade=0, relevant=False),
    )
    text_of = {path.name: path.read_text() for path in (tmp_path / "documents").glob("*.txt")}
    assert (
        text_of["BIRD-0001.txt"]
        == "Herons & frost\n\nHerons starve in long frosts.\n\nThey move to the coast.\n"
    )
    assert text_of["BIRD%2F0002.txt"] == "Storks fly south.\n\nThey glide.\n"


def test_all_broken_topics_are_told_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "trec"
    written(
        folder, "topics.xml", "<topics><topic number='1'></topic>\n<topic><query>x</query></topic></topics>"
    )
    written(folder, "qrels.txt", "1 0 a 1\n")
    with pytest.raises(QuestionSetError, match=r"(?s)2 things.*line 1: the topic needs.*line 2: the topic"):
        load_question_set(folder, read_corpus(written(tmp_path, "d/a.txt", "Herons.").parent))


def beir(folder: Path, qrels: str, *, packed: bool) -> Path:
    files = {
        "corpus.jsonl": json.dumps({"_id": "a/1", "title": "Herons", "text": "Herons wade."}),
        "queries.jsonl": json.dumps({"_id": 3, "text": "Who wades?"}),
    }
    for name, line in files.items():
        data = f"{line}\n".encode()
        written(folder, f"{name}.gz" if packed else name, gzip.compress(data) if packed else data)
    written(folder, qrels, "query-id\tcorpus-id\tscore\n3\ta/1\t2\n")
    return folder


@pytest.mark.parametrize(("qrels", "packed"), [("qrels/test.tsv", True), ("qrels/dev.tsv", False)])
def test_a_beir_folder_is_read_packed_or_with_another_split(tmp_path: Path, qrels: str, packed: bool) -> None:
    found = served(beir(tmp_path / "set", qrels, packed=packed), tmp_path)
    assert by_id(found)["3"].answers == (Gold("a%2F1.txt", grade=2),)


def test_a_beir_folder_with_several_splits_and_no_test_is_named(tmp_path: Path) -> None:
    folder = beir(tmp_path / "set", "qrels/dev.tsv", packed=False)
    written(folder, "qrels/train.tsv", "")
    with pytest.raises(QuestionSetError, match=r"there is no qrels/test\.tsv"):
        served(folder, tmp_path)


def quac_question(name: str, question: str, *answers: str, kept: str | None = None) -> dict[str, object]:
    context = f"{STORY} CANNOTANSWER"
    found: dict[str, object] = {
        "id": name,
        "question": question,
        "followup": "y",
        "yesno": "x",
        "answers": [{"text": text, "answer_start": context.index(text)} for text in answers],
    }
    if kept is not None:
        found["orig_answer"] = {"text": kept, "answer_start": context.index(kept)}
    return found


def test_quacs_dialogues_are_read_with_what_was_asked_before(tmp_path: Path) -> None:
    questions = [
        quac_question("C_0_q#0", "What did it catch?", "It caught a frog.", "a frog"),
        quac_question("C_0_q#1", "Was it hungry?", "CANNOTANSWER", "CANNOTANSWER", "a frog"),
        quac_question("C_0_q#2", "Which colour?", "CANNOTANSWER", "green", kept="green"),
    ]
    paragraph = {"context": f"{STORY} CANNOTANSWER", "id": "C_0", "qas": questions}
    value = {
        "data": [{"title": "Heron", "section_title": "Life", "background": "x", "paragraphs": [paragraph]}]
    }
    asked = by_id(served(written(tmp_path, "val_v0.2.json", json.dumps(value)), tmp_path))
    one, two, three = asked.values()
    assert (one.history, two.history) == ((), ("What did it catch?",))
    assert three.history == ("What did it catch?", "Was it hungry?")
    assert len(one.relevant[0].spans) == 2
    assert two.answers == ()
    assert two.counted
    assert three.answerable
    assert "CANNOTANSWER" not in (tmp_path / "documents" / "Heron.txt").read_text()


def test_coqas_conversations_are_read(tmp_path: Path) -> None:
    start = STORY.index("a frog")
    story = {
        "source": "x",
        "id": "3abc",
        "story": STORY,
        "questions": [
            {"input_text": "What was caught?", "turn_id": 1},
            {"input_text": "When?", "turn_id": 2},
            {"input_text": "Where?", "turn_id": 3},
        ],
        "answers": [
            {
                "span_start": start,
                "span_end": start + 6,
                "span_text": "a frog",
                "input_text": "a frog",
                "turn_id": 1,
            },
            {"span_start": -1, "span_end": -1, "span_text": "unknown", "input_text": "unknown", "turn_id": 2},
            {"span_start": 4, "span_end": 4000, "span_text": "", "input_text": "x", "turn_id": 3},
        ],
    }
    path = written(tmp_path, "coqa-dev-v1.0.json", json.dumps({"version": "1.0", "data": [story]}))
    with pytest.raises(QuestionSetError, match="the span 4 to 4000 is not inside the story"):
        served(path, tmp_path)
    found = load_question_set(path, read_corpus(tmp_path / "documents"), keep_missing=True)
    asked = by_id(found)
    assert [question.history for question in asked.values()] == [
        (),
        ("What was caught?",),
        ("What was caught?", "When?"),
    ]
    assert asked["3abc/1"].answers[0].doc == "3abc.txt"
    assert asked["3abc/2"].counted
    assert not asked["3abc/3"].counted


def test_bad_spans_are_left_out_of_every_figure_where_that_is_asked_for(tmp_path: Path) -> None:
    def question(name: object, start: int) -> dict[str, object]:
        return {"id": name, "question": "What?", "answers": [{"text": "frog", "answer_start": start}]}

    right = STORY.index("frog")
    value = {
        "data": [
            {"paragraphs": [{"context": STORY, "qas": [question(at, right + at % 2) for at in range(8)]}]}
        ]
    }
    path = written(tmp_path, "s.json", json.dumps(value))
    with pytest.raises(QuestionSetError, match="4 things are wrong"):
        served(path, tmp_path)
    found = load_question_set(path, read_corpus(tmp_path / "documents"), keep_missing=True)
    assert [question.counted for question in found.questions] == [True, False] * 4
    assert "4; they are left out of every figure, and with them 4 of 8 questions" in found.notes[0]


def test_lines_that_cannot_be_read_are_left_out_where_that_is_asked_for(tmp_path: Path) -> None:
    lines = '{"id": 1, "question": "Who wades?", "answers": []}\n{"id": 2}\n{"id": 1, "question": "x"}\n{\n'
    path, corpus = (
        written(tmp_path, "s.jsonl", lines),
        read_corpus(written(tmp_path, "d/1.txt", "Herons.").parent),
    )
    with pytest.raises(QuestionSetError, match="3 things are wrong"):
        load_question_set(path, corpus)
    found = load_question_set(path, corpus, keep_missing=True)
    assert [(question.id, question.question) for question in found.questions] == [("1", "Who wades?")]
    said = "Things wrong with the set: 3; they are left out. The first: s.jsonl, line 2"
    assert any(said in note for note in found.notes)


@pytest.mark.parametrize(
    "copied",
    [
        "stands on one leg keeps",
        "stands on\r\n   one leg keeps",
        "stands\u00a0on one leg keeps",
        "“warm” – and the heron’s",
    ],
)
def test_gold_that_was_copied_across_a_line_or_through_a_word_processor_is_found(
    tmp_path: Path, copied: str
) -> None:
    text = 'A heron that stands on one\nleg keeps the other "warm" - and the heron\'s mate does so too.'
    corpus = read_corpus(written(tmp_path, "d/a.txt", text).parent)
    line = {"id": "q", "question": "x", "answers": [{"doc": "a.txt", "text": copied}]}
    (question,) = load_question_set(written(tmp_path, "s.jsonl", json.dumps(line)), corpus).questions
    (span,) = question.answers[0].spans
    assert " ".join(text[span.start : span.end].split())[:6] in {"stands", '"warm"'}
