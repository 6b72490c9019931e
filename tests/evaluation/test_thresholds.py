import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import QuestionSetError
from bot.evaluation.judge_table import threshold_lines
from bot.evaluation.judging import Judged
from bot.evaluation.metrics import Figure
from bot.evaluation.page import as_html
from bot.evaluation.questions import load_question_set
from bot.evaluation.report import as_json
from bot.evaluation.scoring import Run, score
from bot.evaluation.thresholds import at, threshold
from bot.records import Corpus
from tests.evaluation.test_metrics import AWAY, FIRST, LOST

Write = Callable[..., Path]


@pytest.fixture
def run(corpus: Corpus, file_of: Write) -> Run:
    line = {"id": "q1", "question": "Ache?", "answers": [{"doc": "bones.md", "text": "A scan"}]}
    ranking = [{"doc": "bones.md", "start": 25, "end": 31}]
    said = {"id": "q1", "outcome": "none", "ranked": ranking, "confidence": 0.3}
    return score(load_question_set(file_of(line), corpus), file_of(said, name="p.jsonl"), corpus)


def of(run: Run, name: str, *pairs: tuple[Judged, float]) -> Run:
    judged = [replace(record, id=f"q{at}", confidence=value) for at, (record, value) in enumerate(pairs)]
    return replace(run, name=name, judged=tuple(judged))


def values(figures: Sequence[Figure]) -> dict[str, float | None]:
    return {figure.measure: figure.value for figure in figures}


def test_it_is_chosen_where_most_are_treated_well_and_reported_on_the_others(run: Run) -> None:
    dev = of(run, "dev", (FIRST, 0.9), (FIRST, 0.6), (LOST, 0.5), (AWAY, 0.2))
    test = of(run, "test", (FIRST, 0.7), (LOST, 0.2), (AWAY, 0.8), (AWAY, 0.1))
    found = threshold(dev, test)
    assert found.value == pytest.approx(0.55)
    assert (found.chosen_on.name, found.chosen_on.well) == ("dev", 1.0)
    assert (found.reported_on.name, found.reported_on.well) == ("test", 0.75)
    assert values(found.reported_on.figures) == {"answered": 0.5, "helped": 0.5, "lost": 0.5, "misled": 0.5}


def test_of_equal_thresholds_the_highest_is_taken(run: Run) -> None:
    dev = of(run, "dev", (FIRST, 0.9), (LOST, 0.1), (FIRST, 0.05))
    assert threshold(dev, dev).value == pytest.approx(0.5)


@pytest.mark.parametrize(("records", "value"), [((FIRST, FIRST), 0.0), ((AWAY, AWAY), 0.900001)])
def test_it_may_be_best_to_answer_all_or_nothing(run: Run, records: tuple[Judged, ...], value: float) -> None:
    dev = of(run, "dev", *zip(records, (0.4, 0.9), strict=True))
    assert threshold(dev, dev).value == pytest.approx(value)


def test_what_got_nothing_still_gets_nothing_below_it() -> None:
    refused, raised, shown = at([LOST, replace(LOST, confidence=0.95), replace(FIRST, confidence=0.1)], 0.92)
    assert (refused.outcome, raised.outcome, shown.outcome) == ("none", "answered", "related")


def test_it_is_in_every_report(run: Run) -> None:
    found = threshold(run, run)
    assert json.loads(as_json(run, threshold=found))["threshold"]["reported_on"]["well"] == 1.0
    assert "A threshold chosen on other questions" in as_html(run, threshold=found)
    assert "treated well" in "\n".join(threshold_lines(found))


def test_without_confidences_there_is_none(run: Run) -> None:
    bare = replace(run, judged=(replace(FIRST, confidence=None),))
    with pytest.raises(QuestionSetError, match="give a confidence and a ranking"):
        threshold(run, bare)
