from pathlib import Path

import pytest

from bot.answering.judge import Calibration, Judgement, calibrations
from bot.assistant import Assistant
from bot.records import Outcome
from bot.settings import Settings

GOUT = "# Gout\n\n## Signs\n\nGout makes a toe swell and hurt at night.\n"
DRUG = "# Colchicine\n\n## What is colchicine for?\n\nColchicine calms the swelling of gout.\n"


@pytest.mark.parametrize(
    ("answered", "near", "outcome"),
    [(0.9, 0.9, "answered"), (0.2, 0.9, "related"), (0.2, 0.1, "none"), (0.9, 0.0, "answered")],
)
def test_the_outcome_follows_the_thresholds(answered: float, near: float, outcome: Outcome) -> None:
    assert Judgement((answered,), answered, near).outcome(Settings()) == outcome


def test_a_table_holds_both_models() -> None:
    models = calibrations("evidence\tanswered\tnear\nintercept\t0\t1\nplaced\t2\t-1\n")
    assert models == {
        "answered": Calibration(0.0, {"placed": 2.0}),
        "near": Calibration(1.0, {"placed": -1.0}),
    }
    assert models["answered"].probability({"placed": 0.0}) == 0.5


@pytest.mark.parametrize("encoder", [True, False], ids=["with the encoder", "by words alone"])
def test_what_is_there_is_likelier_than_what_is_not(tmp_path: Path, encoder: bool) -> None:
    (tmp_path / "gout.md").write_text(GOUT, encoding="utf-8")
    (tmp_path / "drug.md").write_text(DRUG, encoding="utf-8")
    assistant = Assistant.open(tmp_path) if encoder else Assistant.open(tmp_path, encoder=None)
    there, absent = "What is colchicine for?", "How much does a train ticket to Rome cost?"
    assert assistant.ask(there).confidence > assistant.ask(absent).confidence
