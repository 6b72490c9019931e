from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.assistant import Assistant
from bot.ranking.features import CIRCUMSTANCES, FEATURES, LIKENESS, features
from bot.ranking.ranker import WITH_ENCODER, WORDS_ALONE, Ranker, shipped


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("corpus")
    (folder / "scan.md").write_text("# Bone scans\n\nA bone scan shows where a tumour has grown.\n")
    (folder / "chemo.md").write_text("# Chemotherapy\n\nChemotherapy is given in cycles.\n")
    return Assistant.open(folder)


@pytest.mark.parametrize("name", [WITH_ENCODER, WORDS_ALONE])
def test_the_tables_that_ship_have_every_feature_and_survive_being_written(name: str) -> None:
    ranker = shipped(name)
    assert ranker.coefficients.shape == (len(FEATURES), len(CIRCUMSTANCES))
    assert np.allclose(Ranker.from_table(ranker.table()).coefficients, ranker.coefficients, atol=5e-4)


def test_by_words_alone_no_likeness_counts() -> None:
    places = [FEATURES.index(name) for name in LIKENESS]
    assert not shipped(WORDS_ALONE).coefficients[places].any()


def test_what_the_features_add_is_the_score(assistant: Assistant) -> None:
    ranking = assistant.retriever.ranking(assistant.query("What does a bone scan show?"))
    for rank, hit in enumerate(ranking.hits):
        assert sum(ranking.shares(rank).values()) == pytest.approx(hit.score)


def test_features_are_relative_to_the_best_candidate(assistant: Assistant) -> None:
    _, signals = assistant.retriever.signals(assistant.query("What does a bone scan show?"))
    table = dict(zip(FEATURES, features(signals).T, strict=True))
    assert table["words"].max() == 1.0
    assert table["like_message"].max() == 0.0


def test_without_an_encoder_likenesses_are_nothing(assistant: Assistant) -> None:
    _, signals = assistant.retriever.signals(assistant.query("What does a bone scan show?"))
    table = dict(zip(FEATURES, features(replace(signals, likeness=None)).T, strict=True))
    assert not any(table[name].any() for name in LIKENESS)
