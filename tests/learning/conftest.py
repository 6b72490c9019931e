"""A tiny corpus with a table of training sets for it, and questions made up without any corpus."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from bot.learning.collected import Asked, Collected
from bot.learning.sets import TrainingSet
from bot.meaning import Likeness
from bot.queries import Query
from bot.ranking.evidence import Evidence
from bot.ranking.features import Signals, circumstances, features
from bot.records import Understood

BONES = (
    "# Bone scans\n\nA bone scan shows where a tumour has grown.\n\n"
    "## Before the scan\n\nDrink plenty of water.\n\n## After the scan\n\nThe tracer leaves within a day.\n"
)
CHEMO = (
    "# Chemotherapy\n\nChemotherapy is given in cycles.\n\n## After the scan\n\nThe next cycle is planned.\n"
)
OTHERS = ("evidence", "likeness", "topic", "aimed", "message_words")
COLUMNS = [field.name for field in fields(Signals) if field.name not in OTHERS]


@pytest.fixture
def corpus_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "bones.md").write_text(BONES, encoding="utf-8", newline="")
    (folder / "chemo.md").write_text(CHEMO, encoding="utf-8", newline="")
    return folder


@pytest.fixture
def set_of(tmp_path: Path) -> Callable[..., TrainingSet]:
    """A training set over the tiny corpus; what is not given is what the table takes by itself."""

    def made(questions: str = "set.jsonl", **given: object) -> TrainingSet:
        usual: dict[str, object] = {"home": "bones", "weight": 1.0, "most": 0, "near": None, "fit": True}
        values = usual | {"corpus": tmp_path / "corpus", "questions": tmp_path / questions} | given
        return TrainingSet(**values)  # type: ignore[arg-type]

    return made


@pytest.fixture
def asked_of() -> Callable[..., Asked]:
    """A question whose candidates differ in one value, of a signal and of the evidence that they are placed.

    `right` are the places of right candidates; `alike` are their likenesses where there is an encoder.
    """
    return _asked


@pytest.fixture
def collected_of(set_of: Callable[..., TrainingSet]) -> Callable[..., Collected]:
    """Questions as they are collected of a set of one home."""

    def made(*asked: Asked, **given: object) -> Collected:
        return Collected(set_of(**given), asked)

    return made


def _asked(
    values: Sequence[float],
    *right: int,
    feature: str = "words",
    alike: Sequence[float] | None = None,
    judged: Sequence[bool] | None = None,
    near: bool | None = None,
) -> Asked:
    signals = _signals(values, feature, alike)
    return Asked(
        query=Query({}, frozenset(), {}, {}, (), (), (), (), (), None, Understood(), "made up"),
        places=np.arange(len(values)),
        signals=signals,
        rows=features(signals),
        circumstances=circumstances(signals),
        right=np.isin(np.arange(len(values)), right),
        judged=np.ones(len(values), dtype=bool) if judged is None else np.array(judged),
        answerable=bool(right),
        near=near,
    )


def _signals(values: Sequence[float], feature: str, alike: Sequence[float] | None) -> Signals:
    columns = {name: np.zeros(len(values)) for name in COLUMNS} | {feature: np.array(values)}
    stands, none = np.array(values, dtype=float), np.zeros(len(values))
    evidence = Evidence(stands, stands, none, none, none, none, none)
    likeness = None if alike is None else Likeness(*[np.array(alike)] * 5)
    return Signals(**columns, evidence=evidence, likeness=likeness, topic=0.0, aimed=0.0, message_words=5)
