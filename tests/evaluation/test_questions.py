import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import QuestionSetError
from bot.evaluation.gold import Gold
from bot.evaluation.questions import load_question_set, load_questions
from bot.records import Corpus, Span

Write = Callable[..., Path]
GOOD = {"id": "q1", "question": "Do bones ache?"}


def answer(**fields: object) -> dict[str, object]:
    return {**GOOD, "answers": [fields]}


def test_a_question_without_history_kind_and_answers_is_complete(corpus: Corpus, file_of: Write) -> None:
    (question,) = load_questions(file_of(GOOD), corpus)
    assert (question.kind, question.history, question.answers) == ("all", (), ())
    assert not question.answerable


def test_a_byte_order_mark_blank_lines_and_windows_line_ends_are_no_trouble(
    corpus: Corpus, tmp_path: Path
) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(GOOD).encode() + b"\r\n\r\n")
    assert [question.id for question in load_questions(path, corpus)] == ["q1"]


@pytest.mark.parametrize(
    ("entry", "gold"),
    [
        ({"doc": "bones.md", "start": 0, "end": 5}, Gold("bones.md", (Span(0, 5),))),
        ({"doc": "bones.md", "text": "A scan"}, Gold("bones.md", (Span(25, 31),))),
        ({"doc": "bones.md", "text": "Bones may", "start": 44, "end": 53}, Gold("bones.md", (Span(44, 53),))),
        ({"doc": "bones.md", "text": "Bones may"}, Gold("bones.md", (Span(0, 9), Span(44, 53)))),
        ({"doc": "liver/signs.txt", "text": "café"}, Gold("liver/signs.txt", (Span(38, 42),))),
        ({"doc": "bones.md", "grade": 2}, Gold("bones.md", grade=2)),
        ({"doc": "bones.md", "grade": 1}, Gold("bones.md", grade=1, relevant=False)),
    ],
)
def test_an_answer_is_words_a_span_or_a_graded_document(
    corpus: Corpus, file_of: Write, entry: dict[str, object], gold: Gold
) -> None:
    (question,) = load_questions(file_of(answer(**entry)), corpus)
    assert question.answers == (gold,)


MALFORMED = [
    ("{", "line 1: it is not valid JSON"),
    ("[1]", "line 1: it is not an object"),
    ("[" * 100_000, "nested too deeply"),
    ('{"id": "a", "id": "b", "question": "c"}', 'the field "id" is given twice'),
    ('{"id": "a", "question": "b", "answers": [{"doc": "bones.md", "start": NaN}]}', "NaN is no number"),
    ('{"id": "a", "question": "\\uD83e bones"}', "it has half of a character"),
    ({"question": "a"}, 'the field "id" is missing'),
    ({"id": "q1"}, 'the field "question" is missing'),
    ({"id": 1.5, "question": "a"}, 'the field "id" must be a text in quotation marks, not "1.5"'),
    ({"id": "q1", "question": "  "}, 'the field "question" is empty'),
    ({"id": "q1", "question": ["a"]}, 'the field "question" must be a text'),
    ({**GOOD, "kind": 3}, 'the field "kind" must be a text'),
    ({**GOOD, "history": "a"}, 'the field "history" must be a list'),
    ({**GOOD, "history": ["a", 1]}, 'the field "history" must list texts only'),
    ({**GOOD, "answers": {}}, 'the field "answers" must be a list'),
    ({**GOOD, "answers": ["a"]}, 'entry 1 of "answers" is not an object'),
    (answer(text="a"), 'entry 1 of "answers": the field "doc" is missing'),
    (answer(doc="bones.md"), "give one of the three"),
    (answer(doc="bones.md", text="Bones", grade=2), "give one of the three"),
    (answer(doc="bones.md", text="Bones", page=2), 'the field "page" is not known'),
    (answer(doc="bones.md", text="Bones", start=1, end=6), "does not stand at 1 to 6"),
    (answer(doc="bones.md", text="Bones", start=0), 'the field "end" is missing'),
    (answer(doc="bones.md", start=0, end=5, grade=2), "give one of the three"),
    (answer(doc="bones.md", start=1), 'the field "end" is missing'),
    (answer(doc="bones.md", start=1, end=True), 'the field "end" must be a whole number'),
    (answer(doc="bones.md", start=1, end=2.5), 'the field "end" must be a whole number'),
    (answer(doc="bones.md", start=5, end=5), "the span 5 to 5 is not inside"),
    (answer(doc="bones.md", start=-1, end=5), "the span -1 to 5 is not inside"),
    (answer(doc="bones.md", start=1, end=500), "which has 68 characters"),
    (answer(doc="bones.md", grade=4), "the grade 4 is outside 0 to 3"),
    (answer(doc="bone.md", text="Bones"), 'did you mean "bones.md"?'),
    (answer(doc="zzz", text="Bones"), "give its path inside the corpus folder"),
    (answer(doc="bones.md", text="A scam shows them"), 'the nearest is "A scan shows them" at 25'),
    (answer(doc="bones.md", text="qqqqzzzz"), "nothing there is like it"),
]


@pytest.mark.parametrize(("line", "message"), MALFORMED, ids=[message for _, message in MALFORMED])
def test_each_way_to_get_a_line_wrong_has_a_sentence_that_names_the_line(
    corpus: Corpus, file_of: Write, line: object, message: str
) -> None:
    with pytest.raises(QuestionSetError) as caught:
        load_questions(file_of(line), corpus)
    assert str(caught.value).startswith("set.jsonl, line 1")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_repeated_id_names_both_lines(corpus: Corpus, file_of: Write) -> None:
    with pytest.raises(QuestionSetError, match=r'line 2: the id "q1" was given before \(set.jsonl, line 1\)'):
        load_questions(file_of(GOOD, GOOD), corpus)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "holds no questions"),
        (b"\n \n", "holds no questions"),
        (b'{"id": "caf\xe9"}', "line 1: it is not UTF-8"),
        (b"{" + b" " * 2_000_001, "line 1: the line is longer"),
    ],
)
def test_a_file_that_holds_nothing_usable_is_named(
    corpus: Corpus, tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes(content)
    with pytest.raises(QuestionSetError, match=f"^set.jsonl.*{message}"):
        load_questions(path, corpus)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.jsonl", "does not exist"),
        (".", "of a kind that cannot be read"),
        ("set.odt", "of a kind that cannot be read"),
    ],
)
def test_a_path_that_is_no_question_file_is_named(
    corpus: Corpus, tmp_path: Path, name: str, message: str
) -> None:
    (tmp_path / "set.odt").touch()
    with pytest.raises(QuestionSetError, match=message):
        load_questions(tmp_path / name, corpus)


def test_a_message_is_free_of_characters_that_steer_a_terminal(corpus: Corpus, file_of: Write) -> None:
    with pytest.raises(QuestionSetError) as caught:
        load_questions(file_of(answer(doc="\x1b[2J\u202e", text="a")), corpus)
    assert str(caught.value).isprintable()


def test_a_field_that_is_not_used_is_said_once(corpus: Corpus, file_of: Write) -> None:
    found = load_question_set(file_of({**GOOD, "author": "a"}, {**GOOD, "id": "q2", "author": "b"}), corpus)
    assert found.notes[:1] == ('set.jsonl: the field "author" (2 times) is not used.',)


def test_of_very_many_fields_that_are_not_used_some_are_named(corpus: Corpus, file_of: Write) -> None:
    found = load_question_set(file_of({**GOOD, **{f"more {at}": at for at in range(30)}}), corpus)
    assert found.notes[19:21] == (
        'set.jsonl: the field "more 19" (1 times) is not used.',
        "set.jsonl: 10 more fields are not used.",
    )


def test_the_digest_follows_the_questions_and_not_their_file(corpus: Corpus, file_of: Write) -> None:
    one = load_question_set(file_of(answer(doc="bones.md", text="A scan"), name="a.jsonl"), corpus)
    same = load_question_set(file_of("", answer(doc="bones.md", start=25, end=31), name="b.jsonl"), corpus)
    other = load_question_set(file_of(answer(doc="bones.md", start=24, end=31), name="c.jsonl"), corpus)
    assert one.digest == same.digest != other.digest
