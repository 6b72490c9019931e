from collections.abc import Callable, Mapping

import numpy as np
import pytest

from bot.answering.judge import Calibration, calibrations, judged
from bot.errors import BotError
from bot.learning.calibrations import MODELS, as_table, fit_calibrations, judged_first, ranked
from bot.learning.collected import Asked, Collected
from bot.ranking.features import CIRCUMSTANCES, FEATURES
from bot.ranking.ranker import Ranker

AskedOf = Callable[..., Asked]
CollectedOf = Callable[..., Collected]
# What is best by words comes first.
RANKER = Ranker(np.outer([name == "words" for name in FEATURES], [1.0] + [0.0] * (len(CIRCUMSTANCES) - 1)))


@pytest.fixture
def models(asked_of: AskedOf, collected_of: CollectedOf) -> Mapping[str, Calibration]:
    """Fitted to questions: where much is placed they are answered, where some is something is near."""
    pytest.importorskip("sklearn")
    much = [asked_of((value, 0.1), 0, near=True) for value in (0.9, 0.95, 1.0)]
    some = [asked_of((value, 0.1), near=True) for value in (0.5, 0.55, 0.6)]
    little = [asked_of((value, 0.1), near=False) for value in (0.12, 0.15, 0.2)]
    unsaid = [asked_of((0.12, 0.1)), asked_of((1.0, 0.1), 0)]
    return fit_calibrations([collected_of(*(much + some + little) * 4, *unsaid)], RANKER)


@pytest.mark.parametrize("name", MODELS)
def test_what_is_so_is_likelier_than_what_is_not(
    asked_of: AskedOf, models: Mapping[str, Calibration], name: str
) -> None:
    yes, no = (judged_first(asked_of((placed, 0.1)), RANKER)[0] for placed in (0.98, 0.13))
    assert models[name].probability(no) < 0.5 < models[name].probability(yes)


def test_something_near_is_likelier_than_an_answer_where_little_is_placed(
    asked_of: AskedOf, models: Mapping[str, Calibration]
) -> None:
    found = judged(ranked(asked_of((0.55, 0.1)), RANKER), models)
    assert found.answered < found.near


def test_models_survive_being_written_and_read(models: Mapping[str, Calibration]) -> None:
    read = calibrations(as_table(models))
    assert list(read) == list(MODELS)
    for name in MODELS:
        assert read[name].intercept == pytest.approx(models[name].intercept, abs=5e-4)
        assert read[name].coefficients == pytest.approx(models[name].coefficients, abs=5e-4)


def test_what_one_model_lacks_is_written_as_nothing() -> None:
    one, other = Calibration(1.0, {"placed": 0.25}), Calibration(-2.0, {"lead": 0.5})
    read = calibrations(as_table({"answered": one, "near": other}))
    assert read["answered"] == Calibration(1.0, {"placed": 0.25, "lead": 0.0})
    assert read["near"] == Calibration(-2.0, {"placed": 0.0, "lead": 0.5})


def test_a_ranking_is_best_first_with_ties_as_they_stand(asked_of: AskedOf) -> None:
    ranking = ranked(asked_of((0.2, 0.8, 0.2, 0.4)), RANKER)
    assert ranking.order == (1, 3, 0, 2)
    assert [hit.passage.index for hit in ranking.hits] == [1, 3, 0, 2]
    assert [ranking.signals.evidence.at(at)["placed"] for at in ranking.order] == [0.8, 0.4, 0.2, 0.2]


@pytest.mark.parametrize(
    ("right", "hit"), [((0,), True), ((2,), True), ((3,), False), ((2, 3), True), ((), False)]
)
def test_a_right_passage_counts_among_the_first_three(
    asked_of: AskedOf, right: tuple[int, ...], hit: bool
) -> None:
    assert judged_first(asked_of((0.9, 0.7, 0.5, 0.3), *right), RANKER)[1] is hit


def test_a_right_passage_that_is_not_shown_is_no_answer(asked_of: AskedOf, collected_of: CollectedOf) -> None:
    pytest.importorskip("sklearn")
    shown = asked_of((0.9, 0.1, 0.1, 0.1), 0, near=True)
    missed = asked_of((0.3, 0.2, 0.2, 0.1), 3, near=False)
    model = fit_calibrations([collected_of(*[shown, missed] * 5)], RANKER)["answered"]
    here, there = (model.probability(judged_first(asked, RANKER)[0]) for asked in (shown, missed))
    assert there < 0.5 < here


def test_sets_without_a_question_of_the_other_kind_are_an_error_that_says_so(
    asked_of: AskedOf, collected_of: CollectedOf
) -> None:
    pytest.importorskip("sklearn")
    with pytest.raises(BotError):
        fit_calibrations([collected_of(*[asked_of((0.9, 0.1), 0, near=True)] * 3)], RANKER)
