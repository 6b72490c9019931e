"""A few patients for a few seconds, and overload: the long form is python -m tests.hold.load."""

import asyncio
import sys
from collections.abc import Iterator

import pytest

from tests.hold.load import conversing, make_corpus, served, told

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
PATIENTS, SECONDS = 8, 5.0
# More than are thought about and wait: some are sent away.
TOO_MANY = 120


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    corpus = tmp_path_factory.mktemp("load") / "corpus"
    make_corpus(corpus)
    with served(corpus, "--encoder", "none") as port_and_process:
        yield port_and_process


def test_no_answer_fails_and_none_is_of_another_conversation(server: tuple[int, int]) -> None:
    run = asyncio.run(conversing(*server, patients=PATIENTS, seconds=SECONDS, think=0.2))
    assert len(run.seconds) > PATIENTS
    assert not run.failed, told(run)
    assert not run.crossed, told(run)


def test_who_is_too_many_is_told_when_to_come_again_and_comes(server: tuple[int, int]) -> None:
    run = asyncio.run(conversing(*server, patients=TOO_MANY, seconds=SECONDS, think=0))
    assert run.shed
    assert not run.failed, told(run)
    assert not run.crossed, told(run)
