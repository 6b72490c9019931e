from collections.abc import Callable

import pytest

from bot.learning.collected import Asked, Collected
from bot.learning.rankers import fit_ranker
from bot.ranking.features import CIRCUMSTANCES, FEATURES, LIKENESS
from bot.ranking.ranker import Ranker

AskedOf = Callable[..., Asked]
CollectedOf = Callable[..., Collected]
PLACES = [FEATURES.index(name) for name in LIKENESS]


@pytest.fixture(autouse=True)
def _needs_scipy() -> None:
    pytest.importorskip("scipy")


def first(ranker: Ranker, asked: Asked) -> int:
    return int(ranker.scores(asked.signals).argmax())


@pytest.mark.parametrize("feature", ["words", "title", "told", "same_heading"])
def test_what_right_passages_have_more_of_comes_first(
    asked_of: AskedOf, collected_of: CollectedOf, feature: str
) -> None:
    told = [asked_of((0.2, 0.9, 0.4), 1, feature=feature), asked_of((0.8, 0.1, 0.3), 0, feature=feature)]
    ranker = fit_ranker([collected_of(*told * 3)])
    assert ranker.coefficients.shape == (len(FEATURES), len(CIRCUMSTANCES))
    assert first(ranker, asked_of((0.1, 0.2, 0.7), feature=feature)) == 2


def test_what_right_passages_have_less_of_comes_last(asked_of: AskedOf, collected_of: CollectedOf) -> None:
    ranker = fit_ranker([collected_of(*[asked_of((0.2, 0.9), 0), asked_of((0.8, 0.1), 1)] * 3)])
    assert first(ranker, asked_of((0.9, 0.3))) == 1


@pytest.mark.parametrize("likeness", [True, False])
def test_likeness_counts_only_where_it_is_asked_for(
    asked_of: AskedOf, collected_of: CollectedOf, likeness: bool
) -> None:
    told = [asked_of((0.5, 0.6), 0, alike=(0.9, 0.1)), asked_of((0.6, 0.5), 1, alike=(0.1, 0.9))]
    ranker = fit_ranker([collected_of(*told * 3)], likeness=likeness)
    assert ranker.coefficients[PLACES].any() == likeness


def test_a_candidate_nobody_looked_at_does_not_count_as_wrong(
    asked_of: AskedOf, collected_of: CollectedOf
) -> None:
    seen = asked_of((0.9, 0.1, 0.2), 0)
    unseen = asked_of((0.9, 0.1, 5.0), 0, judged=(True, True, False))
    ranker = fit_ranker([collected_of(seen, *[unseen] * 5)])
    assert first(ranker, asked_of((0.2, 0.9, 0.1))) == 1


def test_a_question_without_a_right_candidate_teaches_nothing(
    asked_of: AskedOf, collected_of: CollectedOf
) -> None:
    told = [asked_of((0.2, 0.9), 1)] * 3
    useless = [asked_of((0.9, 0.2)), asked_of((0.9, 0.2), 0, judged=(False, True))]
    alone, beside = (fit_ranker([collected_of(*asked)]) for asked in (told, told + useless))
    assert alone.coefficients.tolist() == pytest.approx(beside.coefficients)


@pytest.mark.parametrize(("weights", "best"), [((3.0, 2.0), 1), ((2.0, 3.0), 0)])
def test_where_sets_disagree_the_heavier_decides_however_many_questions_it_has(
    asked_of: AskedOf, collected_of: CollectedOf, weights: tuple[float, float], best: int
) -> None:
    more = collected_of(asked_of((0.2, 0.9), 1), weight=weights[0])
    less = collected_of(*[asked_of((0.2, 0.9), 0)] * 4, weight=weights[1])
    assert first(fit_ranker([more, less]), asked_of((0.3, 0.8))) == best
