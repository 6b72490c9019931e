"""What holds of both engines: the same best, the same scores, the same answers, to the bit."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.assistant import Assistant
from bot.engines import ClusterSettings
from bot.index.field import Field, SearchedField
from bot.index.fields import Fields
from bot.meaning import BUILT_IN
from bot.opening import Opening
from bot.records import Answer
from tests.cluster.conftest import engine_answers

ASKED = (
    "how do I mend a saw?",
    "signs of rust on the lathe",
    "what does a new drill cost",
    "the plane and dull teeth, and a clamp with worn jaws",
    "oil",
    "price",
    "bicycles",
    "wy does my chisle squeak",
)
TERMS = ("saw", "rust", "oil", "sign", "price", "squeak", "new", "a", "dull", "teeth", "vise", "nowhere")


@pytest.fixture(params=["embedded", "opensearch"])
def assistant(request: pytest.FixtureRequest, folder: Path) -> Iterator[Assistant]:
    # Asked for only where it is needed: the engine in this process is tested without a cluster too.
    cluster = request.getfixturevalue("cluster") if request.param == "opensearch" else None
    yield Opening(folder, encoder=None, cluster=cluster).assistant()


@pytest.fixture
def in_memory(folder: Path) -> Fields:
    return Assistant.open(folder, encoder=None).retriever.fields


def answers(assistant: Assistant) -> list[Answer]:
    return [replace(assistant.ask(question), milliseconds=0.0) for question in ASKED]


def searched(fields: Fields) -> tuple[SearchedField, SearchedField]:
    return fields.by_all, fields.by_heading


def scored(fields: Fields) -> tuple[Field, Field, Field]:
    return fields.by_all, fields.by_heading, fields.by_body


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    weights=some.dictionaries(some.sampled_from(TERMS), some.sampled_from((0.25, 1.0, 1.5)), max_size=6),
    count=some.integers(min_value=0, max_value=200),
)
def test_the_best_are_those_with_the_best_scores(
    assistant: Assistant, weights: dict[str, float], count: int
) -> None:
    fields = assistant.retriever.fields
    everything = np.arange(fields.size)
    for field in searched(fields):
        scores = field.scores(weights, everything)
        matching = np.flatnonzero(scores > 0)
        expected = matching[np.argsort(-scores[matching], kind="stable")][:count]
        assert field.best(weights, count).tolist() == expected.tolist()


def test_scores_and_statistics_are_the_same_to_the_bit(assistant: Assistant, in_memory: Fields) -> None:
    places = np.arange(0, in_memory.size, 3)
    weights = {term: 1.0 + at / 7 for at, term in enumerate(TERMS)}
    for field, other in zip(scored(assistant.retriever.fields), scored(in_memory), strict=True):
        assert np.array_equal(field.scores(weights, places), other.scores(weights, places))
        for term in TERMS:
            assert field.idf(term) == other.idf(term)
            assert field.frequency(term) == other.frequency(term)
            assert np.array_equal(field.holds(term, places), other.holds(term, places))


def test_nothing_known_finds_nothing(assistant: Assistant) -> None:
    for field in searched(assistant.retriever.fields):
        assert field.best({"nowhere": 1.0}, 5).size == 0
        assert field.best({}, 5).size == 0


def test_the_engine_answers(assistant: Assistant) -> None:
    assert engine_answers(assistant)


@pytest.mark.parametrize("meaning", [False, True])
def test_answers_are_those_of_the_engine_in_memory(
    folder: Path, cluster: ClusterSettings, meaning: bool
) -> None:
    encoder = BUILT_IN if meaning else None
    expected = answers(Assistant.open(folder, encoder=encoder))
    # Of one candidate at first, more have to be asked for.
    few = replace(cluster, depth=1)
    assert answers(Opening(folder, encoder=encoder, cluster=few).assistant()) == expected
