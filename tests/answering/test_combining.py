from bot.answering.combining import combined
from bot.records import Answer, Document, Outcome, Passage, Quote

DOCUMENT = Document("a.md", "A", "some text" * 10, (), "")


def quote(place: int) -> Quote:
    passage = Passage(place, "a.md", place * 10, place * 10 + 9, "some text", (), ())
    return Quote(passage, DOCUMENT, 1.0, ())


def answer(question: str, outcome: Outcome, *places: int) -> Answer:
    return Answer(question, outcome, quotes=tuple(map(quote, places)), suggestions=("Else?",))


WHOLE = answer("Both?", "related", 9)


def test_each_question_has_its_own_quotes_and_a_shared_one_is_quoted_once() -> None:
    found = combined(WHOLE, [answer("One?", "answered", 1, 2, 3), answer("Two?", "related", 2, 4)], [])
    assert [one.passage.index for one in found.quotes] == [1, 2, 4]
    assert [(part.question, part.outcome, part.quotes) for part in found.parts] == [
        ("One?", "answered", (0, 1)),
        ("Two?", "related", (1, 2)),
    ]


def test_the_outcome_is_the_best_and_what_is_left_is_named() -> None:
    answered = combined(WHOLE, [answer("One?", "none"), answer("Two?", "answered", 1)], ["Three?"])
    assert (answered.outcome, answered.left) == ("answered", ("Three?",))
    assert combined(WHOLE, [answer("One?", "none"), answer("Two?", "none")], []).outcome == "none"
