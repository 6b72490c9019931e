import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.learning.collected import Asked, collect
from bot.learning.made import HEADINGS, TITLES
from bot.learning.sets import TrainingSet
from bot.ranking.features import CIRCUMSTANCES, FEATURES
from tests.learning.conftest import BONES

SetOf = Callable[..., TrainingSet]
QUESTION = {"id": "q", "question": "What does a bone scan show?"}
ANSWERS = {"answers": [{"doc": "bones.md", "text": "A bone scan shows where a tumour has grown."}]}
WATER = BONES.index("Drink")

pytestmark = pytest.mark.usefixtures("corpus_folder")


@pytest.fixture
def asked(tmp_path: Path, set_of: SetOf) -> Callable[..., tuple[Asked, ...]]:
    """What is collected of questions that are written to a file."""

    def collected(*questions: dict[str, object], **given: object) -> tuple[Asked, ...]:
        (tmp_path / "set.jsonl").write_text("".join(json.dumps(question) + "\n" for question in questions))
        (one,) = collect([set_of(**given)], encoder=None)
        return one.asked

    return collected


def test_the_passage_with_the_answer_is_right_and_every_candidate_has_a_row(
    asked: Callable[..., tuple[Asked, ...]],
) -> None:
    (one,) = asked(QUESTION | ANSWERS)
    assert one.places[one.right].tolist() == [0]
    assert one.rows.shape == (len(one.places), len(FEATURES))
    assert one.circumstances.shape == (len(CIRCUMSTANCES),)
    assert one.answerable


def test_without_a_word_on_what_was_looked_at_all_candidates_are_judged(
    asked: Callable[..., tuple[Asked, ...]],
) -> None:
    (one,) = asked(QUESTION | ANSWERS)
    assert one.judged.all()


@pytest.mark.parametrize(
    ("shown", "judged"),
    [
        ([], []),
        ([{"doc": "bones.md", "start": WATER}], [1]),
        ([{"doc": "bones.md", "start": WATER + 1}], []),
        ([{"doc": "chemo.md", "start": WATER}], []),
    ],
)
def test_only_candidates_that_somebody_looked_at_are_judged(
    asked: Callable[..., tuple[Asked, ...]], shown: list[dict[str, object]], judged: list[int]
) -> None:
    looked_at, other = asked(QUESTION | {"shown": shown}, QUESTION | {"id": "other"})
    assert looked_at.places[looked_at.judged].tolist() == judged
    assert other.judged.all()


@pytest.mark.parametrize(
    ("question", "of_set", "near"),
    [
        (ANSWERS, False, True),
        ({"kind": "near"}, None, True),
        ({"kind": "near"}, False, True),
        ({"kind": "far"}, True, False),
        ({"kind": "none"}, True, False),
        ({"kind": "letter"}, True, True),
        ({}, False, False),
        ({}, None, None),
    ],
)
def test_whether_anything_is_near_is_told_by_answer_then_kind_then_set(
    asked: Callable[..., tuple[Asked, ...]],
    question: dict[str, object],
    of_set: bool | None,
    near: bool | None,
) -> None:
    (one,) = asked(QUESTION | question, near=of_set)
    assert one.near is near


@pytest.mark.parametrize(("most", "taken"), [(0, "0123"), (1, "0"), (2, "02"), (3, "012"), (9, "0123")])
def test_the_most_questions_of_a_set_are_evenly_spread(
    asked: Callable[..., tuple[Asked, ...]], most: int, taken: str
) -> None:
    questions = [{"id": str(at), "question": f"What does scan {at} show?"} for at in range(4)]
    assert [one.query.message.split()[3] for one in asked(*questions, most=most)] == list(taken)


def test_a_question_that_cannot_be_looked_up_is_left_out(asked: Callable[..., tuple[Asked, ...]]) -> None:
    assert len(asked(QUESTION, {"id": "empty", "question": "?!"})) == 1


@pytest.mark.parametrize("kind", [TITLES, HEADINGS])
def test_a_made_question_has_a_right_candidate_and_all_are_judged(set_of: SetOf, kind: str) -> None:
    (one,) = collect([set_of(kind)], encoder=None)
    assert len(one.asked) == 2
    assert all(asked.right.any() and asked.judged.all() for asked in one.asked)


def test_sets_of_one_corpus_are_collected_each_by_itself(set_of: SetOf) -> None:
    titles, headings = collect([set_of(TITLES, home="a"), set_of(HEADINGS, home="b")], encoder=None)
    assert (titles.of.home, headings.of.home) == ("a", "b")
    assert np.array_equal(titles.asked[0].places, headings.asked[0].places)
