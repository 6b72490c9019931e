"""One cluster for all of these tests; each has indices under a prefix of its own."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.engines import ClusterSettings
from tests.cluster.nodes import Nodes, lacking


def engine_answers(assistant: Assistant) -> bool:
    return assistant.index is None or assistant.index.answers()


@pytest.fixture(scope="session")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    if why := lacking():
        pytest.skip(why)
    pytest.importorskip("opensearchpy")
    started = Nodes.started(tmp_path_factory.mktemp("cluster"))
    yield started
    started.end()


@pytest.fixture
def cluster(nodes: Nodes) -> ClusterSettings:
    """The settings of the cluster, which is whole."""
    return ClusterSettings(tuple(nodes.urls), prefix=f"t{secrets.token_hex(4)}", shards=2, patience=2.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of 60 leaflets on tools and their care, many of them alike."""
    tools = ("saw", "plane", "chisel", "lathe", "drill", "rasp", "mallet", "vise", "clamp", "file")
    ills = ("rust", "dull teeth", "a loose handle", "worn jaws", "a bent blade", "dust")
    place = tmp_path / "leaflets"
    place.mkdir()
    for number, (tool, ill) in enumerate((tool, ill) for tool in tools for ill in ills):
        text = (
            f"# The {tool} and {ill}\n\n## Signs of {ill}\n\nA {tool} with {ill} cuts badly. "
            f"{'It squeaks and squeaks. ' * (number % 7)}\n\n## Mending a {tool}\n\n"
            f"Oil keeps a {tool} from {ill}. {'Rub it well with a dry cloth. ' * (number % 5 + 1)}\n\n"
            f"## Price\n\nA new {tool} costs {number} coins.\n"
        )
        (place / f"{number:02} {tool}.md").write_text(text, encoding="utf-8")
    return place
