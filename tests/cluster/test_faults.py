"""A node killed or hung while questions are asked and passages are sent: nothing fails, nothing changes."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.cluster import filling
from bot.cluster.client import Cluster, _Seen
from bot.cluster.library import Library, content_of
from bot.engines import ClusterSettings
from bot.errors import EngineError
from bot.indexing.building import indexed
from bot.opening import Opening
from bot.records import Answer
from tests.cluster.conftest import engine_answers
from tests.cluster.nodes import Node, Nodes

QUESTION = "how do I mend a saw with dull teeth?"
ASKED = 24


@pytest.fixture
def struck(nodes: Nodes) -> Iterator[Node]:
    """A node that something happens to; it is well again afterwards."""
    node = nodes.nodes[1]
    yield node
    node.go_on()
    if node.process is not None and node.process.poll() is not None:
        nodes.restart(node)
    nodes.await_status("green", nodes=3)


@pytest.fixture
def assistant(folder: Path, cluster: ClusterSettings, nodes: Nodes) -> Assistant:
    made = Opening(folder, encoder=None, cluster=replace(cluster, patience=0.8)).assistant()
    nodes.await_status("green", nodes=3)
    return made


def asked(assistant: Assistant) -> Answer:
    return replace(assistant.ask(QUESTION), milliseconds=0.0)


@pytest.mark.parametrize("strike", [Node.hang, Node.kill])
def test_questions_go_on(assistant: Assistant, struck: Node, strike: Callable[[Node], None]) -> None:
    before = asked(assistant)
    for number in range(ASKED):
        if number == ASKED // 4:
            strike(struck)
        assert asked(assistant) == before
    assert engine_answers(assistant)


def test_passages_go_on_being_sent(
    folder: Path,
    cluster: ClusterSettings,
    struck: Node,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index = indexed(folder, make=True)
    assert index is not None
    monkeypatch.setattr(filling, "AT_ONCE", 8)
    send, sent = filling._send, list[int]()

    def struck_on_the_way(there: Cluster, name: str, lines: list[str], passages: int) -> int:
        sent.append(passages)
        if len(sent) == 6:
            struck.kill()
        return send(there, name, lines, passages)

    monkeypatch.setattr(filling, "_send", struck_on_the_way)
    library = Library(Cluster(cluster), content_of(index))
    assert not struck.process or struck.process.poll() is not None
    assert library.ready()


def test_shards_that_no_answering_node_has_are_asked_of_the_others(
    folder: Path, cluster: ClusterSettings, nodes: Nodes
) -> None:
    index = indexed(folder, make=True)
    assert index is not None
    asked = Cluster(cluster)
    library = Library(asked, content_of(index))
    nodes.await_status("green", nodes=3)
    # Two copies of two shards on three nodes: one at least lacks a shard.
    for at, known in asked._ids.items():
        asked._seen = _Seen((at,), (known,), whole=False, at=time.monotonic())
        assert library.ready()


def test_a_cluster_that_is_away_is_an_error_and_comes_back(
    assistant: Assistant, nodes: Nodes, caplog: pytest.LogCaptureFixture
) -> None:
    before = asked(assistant)
    for node in nodes.nodes:
        node.hang()
    try:
        assert not engine_answers(assistant)
        with pytest.raises(EngineError, match="cannot be asked at the moment"):
            assistant.ask(QUESTION)
        # What was asked is in no log.
        assert "teeth" not in caplog.text
    finally:
        for node in nodes.nodes:
            node.go_on()
    nodes.await_status("green", nodes=3)
    for _ in range(100):
        if engine_answers(assistant):
            break
        threading.Event().wait(0.2)
    assert asked(assistant) == before
