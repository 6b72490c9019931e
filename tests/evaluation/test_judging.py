import pytest

from bot.errors import QuestionSetError
from bot.evaluation.gold import Gold
from bot.evaluation.hitting import hits
from bot.evaluation.judging import Judged, judge
from bot.evaluation.predictions import Prediction, Ranked, Shown
from bot.evaluation.questions import Question
from bot.records import Corpus, Span

TWO_ANSWERS = (Gold("bones.md", (Span(0, 10),)), Gold("liver/signs.txt", (Span(0, 22),)))


def judged(corpus: Corpus, prediction: Prediction, answers: tuple[Gold, ...] = TWO_ANSWERS) -> Judged:
    documents = {document.id: document for document in corpus.documents}
    question = Question("q1", "?", answers=answers)
    return judge([question], {"q1": prediction}, documents)[0]


@pytest.mark.parametrize(
    ("start", "end", "hit"),
    [
        (0, 10, True),
        (5, 15, True),
        (6, 15, False),
        (0, 100, True),
        (9, 11, True),
        (9, 12, False),
        (10, 20, False),
        (3, 3, False),
        (4, 2, False),
    ],
)
def test_a_hit_shares_at_least_half_of_the_shorter_one(start: int, end: int, hit: bool) -> None:
    assert hits(Ranked("a", start, end), Gold("a", (Span(0, 10),))) is hit


def test_any_occurrence_of_the_gold_words_will_do() -> None:
    assert hits(Ranked("a", 50, 60), Gold("a", (Span(0, 10), Span(50, 60))))


def test_a_whole_document_is_hit_by_any_of_its_passages() -> None:
    assert hits(Ranked("a", 5, 6), Gold("a"))
    assert not hits(Ranked("b", 5, 6), Gold("a"))


def test_each_answer_is_found_at_the_first_passage_that_hits_it(corpus: Corpus) -> None:
    ranking = (Ranked("bones.md", 40, 50), Ranked("bones.md", 0, 10), Ranked("bones.md", 0, 9))
    record = judged(corpus, Prediction("q1", "answered", ranked=ranking))
    assert record.found_at == (2, None)
    assert record.rank == 2


def test_without_a_ranking_there_is_no_place(corpus: Corpus) -> None:
    assert judged(corpus, Prediction("q1", "answered")).found_at is None


def test_an_answer_that_is_not_relevant_makes_no_question_answerable(corpus: Corpus) -> None:
    record = judged(corpus, Prediction("q1", "none"), (Gold("bones.md", grade=1, relevant=False),))
    assert not record.answerable


@pytest.mark.parametrize(
    ("shown", "sentences"),
    [
        (Shown("bones.md", 0, 5, "Bones", (Span(0, 5),)), []),
        (Shown("bones.md", 0, 5, "bones"), ["its text is not what the document has at its span"]),
        (Shown("bones.md", 1, 5, "Bones"), ["its text is not what the document has at its span"]),
        (Shown("bones.md", 60, 70, "at night"), ["its span is not inside the document"]),
        (Shown("bones.md", -5, 5, ""), ["its span is not inside the document"]),
        (Shown("gone.md", 0, 5, "Bones"), ["its document is not in the corpus"]),
        (
            Shown("bones.md", 0, 5, "Bones", (Span(0, 6), Span(3, 3))),
            [
                "the highlight 0 to 6 is not inside the passage",
                "the highlight 3 to 3 is not inside the passage",
            ],
        ),
    ],
)
def test_a_quotation_that_is_not_the_sources_own_words_is_a_violation(
    corpus: Corpus, shown: Shown, sentences: list[str]
) -> None:
    record = judged(corpus, Prediction("q1", "answered", (shown,)))
    assert [violation.sentence for violation in record.violations] == sentences


@pytest.mark.parametrize(
    ("predictions", "message"),
    [
        ({}, r'"q1" has no prediction \(2 of 2'),
        ({"q1": Prediction("q1", "none")}, r'"q2" has no prediction \(1 of 2'),
        ({name: Prediction(name, "none") for name in ("q1", "q2", "q3")}, '"q3" belongs to no question'),
        (
            {"q1": Prediction("q1", "none"), "q2": Prediction("q2", "none", ranked=())},
            '"q1" has no ranking while others have one',
        ),
    ],
)
def test_predictions_that_do_not_match_the_set_are_refused(
    predictions: dict[str, Prediction], message: str
) -> None:
    with pytest.raises(QuestionSetError, match=message):
        judge([Question("q1", "?"), Question("q2", "?")], predictions, {})
