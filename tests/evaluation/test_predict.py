import io
import json
from collections.abc import Sequence

from bot.errors import QuestionError
from bot.evaluation.predict import predict, write_predictions
from bot.evaluation.questions import Question
from bot.records import Answer, Hit, Passage, Span, Turn

PASSAGE = Passage(0, "a.md", 0, 2, "ab", (), (Span(0, 2),))


class Parrot:
    """Says how many turns there were before and refuses what has no letters."""

    def ask(self, question: str, history: Sequence[Turn] = (), *, depth: int = 10) -> Answer:
        if not any(map(str.isalpha, question)):
            raise QuestionError("No words.", kind="wordless")
        missing = tuple(turn.question for turn in history)
        return Answer(question, "related", ranked=(Hit(PASSAGE, 1.0),) * depth, missing=missing)

    def replay(self, questions: Sequence[str]) -> tuple[Turn, ...]:
        return tuple(Turn(question, self.ask(question)) for question in questions)


def test_the_conversation_before_a_question_is_replayed() -> None:
    (prediction,) = predict(Parrot(), [Question("q1", "and?", history=("one?", "two?"))])
    assert prediction["missing"] == ["one?", "two?"]


def test_a_question_that_cannot_be_looked_up_gets_no_answer() -> None:
    (prediction,) = predict(Parrot(), [Question("q1", "\N{GRINNING FACE}")])
    assert (prediction["outcome"], prediction["passages"], prediction["ranked"]) == ("none", [], [])


def test_depth_cuts_the_ranking_and_0_leaves_it_out() -> None:
    (two,) = predict(Parrot(), [Question("q1", "a?")], depth=2)
    (none,) = predict(Parrot(), [Question("q1", "a?")], depth=0)
    assert isinstance(two["ranked"], list)
    assert len(two["ranked"]) == 2
    assert "ranked" not in none


def test_predictions_are_written_one_a_line() -> None:
    file = io.StringIO()
    assert write_predictions(predict(Parrot(), [Question("q1", "a?"), Question("q2", "b?")]), file) == 2
    assert [json.loads(line)["id"] for line in file.getvalue().splitlines()] == ["q1", "q2"]
