from dataclasses import replace

import pytest

from bot.errors import SettingsError
from bot.evaluation.judging import Judged, Violation
from bot.evaluation.metrics import figures, figures_by_kind, parse_floor, shortfalls

FIRST = Judged(
    id="a",
    kind="plain",
    answerable=True,
    outcome="answered",
    found_at=(1,),
    shown=2,
    shown_hits=1,
    shown_characters=100,
    violations=(),
    confidence=0.9,
    milliseconds=2.0,
)
FOURTH = replace(FIRST, id="b", kind="lay", outcome="related", found_at=(None, 4), shown_hits=0)
LOST = replace(FIRST, id="c", found_at=(11,), outcome="none", shown=0, shown_hits=0)
AWAY = replace(FIRST, id="d", kind="lay", answerable=False, found_at=(), outcome="none", shown_hits=0)
WRONG = replace(
    AWAY, id="e", outcome="answered", violations=(Violation("bones.md", 0, 5, "its text differs"),)
)
RECORDS = (FIRST, FOURTH, LOST, AWAY, WRONG)


@pytest.mark.parametrize(
    ("measure", "value", "n"),
    [
        ("hit@1", 1 / 3, 3),
        ("hit@3", 1 / 3, 3),
        ("hit@5", 2 / 3, 3),
        ("MRR@10", (1 + 1 / 4 + 0) / 3, 3),
        ("answered", 1 / 3, 3),
        ("helped", 1 / 3, 3),
        ("wrongly-refused", 2 / 3, 3),
        ("refused", 1 / 2, 2),
        ("misled", 1 / 2, 2),
        ("verbatim", 4 / 5, 5),
    ],
)
def test_figures_agree_with_the_hand(measure: str, value: float, n: int) -> None:
    found = {figure.measure: figure for figure in figures(RECORDS)}[measure]
    assert found.value == pytest.approx(value)
    assert found.n == n


def test_every_kind_has_its_own_row_after_all() -> None:
    table = figures_by_kind(RECORDS)
    assert list(table) == ["all", "lay", "plain"]
    assert [figure.n for figure in table["lay"] if figure.measure == "hit@1"] == [1]


def test_questions_without_a_kind_count_in_all_only() -> None:
    table = figures_by_kind([replace(FIRST, kind="all"), LOST])
    assert [(kind, row[0].n) for kind, row in table.items()] == [("all", 2), ("plain", 1)]


def test_a_single_kind_needs_no_row_of_its_own() -> None:
    assert list(figures_by_kind([FIRST, LOST])) == ["all"]


def test_rank_measures_apply_to_nothing_where_the_ranking_was_left_out() -> None:
    (figure, *_) = figures([replace(FIRST, found_at=None)])
    assert (figure.value, figure.n) == (None, 0)


def test_a_gate_names_what_fell_short() -> None:
    floors = [parse_floor(text) for text in ("HIT@5=0.6", "mrr@10=0.5", "verbatim=1", "wrongly-answered=0.4")]
    assert [short.measure for short in shortfalls(RECORDS, floors)] == [
        "MRR@10",
        "verbatim",
        "misled",
    ]


def test_a_gate_on_a_figure_that_applies_to_nothing_falls_short() -> None:
    assert shortfalls([AWAY], [parse_floor("hit@1=0")])


@pytest.mark.parametrize("text", ["hit@1", "hit@1=", "hit@1=x", "hit@1=nan", "hits=1", "=1"])
def test_a_gate_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(SettingsError):
        parse_floor(text)
