"""Our figures, intervals and tests beside those of statsmodels and scipy, on values drawn by chance."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from scipy.stats import binomtest, bootstrap, permutation_test
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from bot.evaluation.compare import compare, holm, randomisation_p
from bot.evaluation.intervals import DIFFERENCE, interval_of_mean, wilson
from bot.evaluation.judging import Judged
from bot.evaluation.latency import latency
from bot.evaluation.metrics import MEASURES, figures
from bot.evaluation.reading_cost import Amount
from bot.evaluation.wording_overlap import exact_match, word_f1
from tests.evaluation.test_metrics import AWAY, FIRST, FOURTH, LOST


@pytest.mark.parametrize(("right", "n"), [(0, 7), (7, 7), (58, 80), (1, 3), (431, 1000)])
def test_a_shares_interval_is_statsmodels_wilson_interval(right: int, n: int) -> None:
    low, high = proportion_confint(right, n, method="wilson")
    found = wilson(right / n, n)
    assert (found.low, found.high) == pytest.approx((max(low, 0.0), min(high, 1.0)), abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_holm_is_statsmodels_holm(seed: int) -> None:
    p_values = np.random.default_rng(seed).random(20) ** 3
    theirs = multipletests(p_values, method="holm")[1]
    assert holm(p_values.tolist()) == pytest.approx(theirs.tolist())


@pytest.mark.parametrize(("wins", "losses"), [(10, 22), (34, 1), (0, 6), (5, 5), (250, 190)])
def test_a_difference_of_right_and_wrong_is_scipys_exact_binomial_test(wins: int, losses: int) -> None:
    differences = [1.0] * wins + [-1.0] * losses + [0.0] * 40
    theirs = binomtest(wins, wins + losses).pvalue
    assert randomisation_p(differences) == pytest.approx(theirs, rel=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_a_few_differences_are_scipys_exact_permutation_test(seed: int) -> None:
    differences = np.random.default_rng(seed).normal(0.3, 1, size=11)
    theirs = permutation_test((differences,), np.mean, permutation_type="samples", n_resamples=np.inf)
    assert randomisation_p(differences.tolist()) == pytest.approx(theirs.pvalue)


def test_all_signs_tried_by_hand_give_the_same() -> None:
    differences = [0.5, -0.25, 0.125, 1.0]
    sums = [
        abs(sum(sign * size for sign, size in zip(signs, differences, strict=True)))
        for signs in product((1, -1), repeat=4)
    ]
    assert randomisation_p(differences) == pytest.approx(np.mean([one >= 1.375 for one in sums]))


@pytest.mark.parametrize("seed", range(3))
def test_many_differences_come_near_scipys_permutation_test(seed: int) -> None:
    differences = np.random.default_rng(seed).normal(0.15, 1, size=200)
    theirs = permutation_test(
        (differences,), np.mean, permutation_type="samples", n_resamples=20_000, random_state=1
    )
    assert randomisation_p(differences.tolist()) == pytest.approx(theirs.pvalue, rel=0.25, abs=0.002)


@pytest.mark.parametrize("seed", range(3))
def test_the_interval_of_a_mean_comes_near_scipys_bootstrap(seed: int) -> None:
    values = np.random.default_rng(seed).normal(0.1, 0.3, size=300).clip(-1, 1)
    theirs = bootstrap((values,), np.mean, method="percentile", n_resamples=5000, random_state=1)
    found = interval_of_mean(values.tolist(), [f"q{at}" for at in range(300)], DIFFERENCE)
    assert found is not None
    low, high = theirs.confidence_interval
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.006)


def drawn(seed: int, count: int = 50) -> list[Judged]:
    random = np.random.default_rng(seed)
    kinds = (FIRST, FOURTH, LOST, AWAY, replace(AWAY, outcome="answered"))
    reading = tuple(Amount(30 * place, 200 * place) for place in range(1, 6))
    return [
        replace(
            kinds[random.integers(len(kinds))],
            id=f"q{at}",
            read=reading,
            read_shown=Amount(55, 400),
            milliseconds=float(random.integers(1, 90)),
            word_f1=float(random.random()),
        )
        for at in range(count)
    ]


@pytest.mark.parametrize("seed", range(5))
def test_every_mean_is_numpys_over_the_questions_it_applies_to(seed: int) -> None:
    records = drawn(seed)
    for measure, figure in zip(MEASURES, figures(records), strict=True):
        values = [value for record in records if (value := measure.of(record)) is not None]
        assert figure.n == len(values)
        assert figure.value == (pytest.approx(np.mean(values)) if values else None), measure.name


@pytest.mark.parametrize("seed", range(5))
def test_helped_lost_and_misled_are_counted_over_those_they_can_befall(seed: int) -> None:
    records = drawn(seed)
    found = {figure.measure: figure.value for figure in figures(records)}
    answerable = [record for record in records if record.answerable]
    others = [record for record in records if not record.answerable]
    assert found["helped"] == np.mean([record.shown_hits > 0 for record in answerable])
    assert found["lost"] == np.mean([record.outcome == "none" for record in answerable])
    assert found["misled"] == np.mean([record.outcome == "answered" for record in others])


def test_hits_a_hundred_words_are_hits_over_what_was_read() -> None:
    records = drawn(1)
    found = {figure.measure: figure for figure in figures(records)}
    answerable = [record for record in records if record.answerable]
    hits = sum(record.rank is not None and record.rank <= 3 for record in answerable)
    price = found["hit@3"].price
    assert price is not None
    assert (price.words, price.characters) == (90, 600)
    assert price.hits_a_hundred_words == pytest.approx(100 * hits / (90 * len(answerable)))
    shown = found["helped"].price
    assert shown is not None
    assert (shown.words, shown.characters) == (55, 400)
    assert found["MRR@10"].price is None


def test_latencies_are_numpys_percentiles() -> None:
    records = drawn(2)
    found = latency(records)
    assert found is not None
    times = [record.milliseconds for record in records if record.milliseconds is not None]
    assert [found.p50, found.p95, found.p99] == pytest.approx(np.percentile(times, [50, 95, 99]).tolist())


def test_a_paired_difference_has_the_means_of_both_and_their_difference() -> None:
    one, other = (
        drawn(3),
        [replace(record, found_at=(1,)) if record.answerable else record for record in drawn(3)],
    )
    found = {difference.measure: difference for difference in compare({"one": one, "other": other})}["MRR@10"]
    values = [
        1 / record.rank if record.rank and record.rank <= 10 else 0.0 for record in one if record.answerable
    ]
    assert (found.before, found.after) == pytest.approx((np.mean(values), 1.0))
    assert found.mean == pytest.approx(1 - np.mean(values))


@pytest.mark.parametrize(
    ("given", "golds", "f1", "exact"),
    [
        ("The red heron.", ["a red heron"], 1.0, 1.0),
        ("red heron wades", ["heron", "red crane"], 0.5, 0.0),
        ("", ["heron"], 0.0, 0.0),
        ("heron heron", ["heron"], 2 / 3, 0.0),
    ],
)
def test_words_are_compared_as_squad_does(given: str, golds: list[str], f1: float, exact: float) -> None:
    assert word_f1(given, golds) == pytest.approx(f1)
    assert exact_match(given, golds) == exact
