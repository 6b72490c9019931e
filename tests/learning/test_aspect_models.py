import pytest

from bot.aspects.linear_model import LinearModel
from bot.learning.aspect_models import Example, Fit, fit_table


def test_a_text_without_a_feature_that_is_kept_counts_by_the_intercept_alone() -> None:
    pytest.importorskip("sklearn")
    words = {"signs": "symptoms", "drugs": "treatment", "germs": "causes"}
    told = [Example(frozenset({word}), aspect) for word, aspect in words.items()] * 3
    table = fit_table([*told, Example(frozenset({"once"}), "treatment")], Fit(1.0, 2, 0.0))
    assert set(LinearModel.from_table(table).rows) == set(words)
