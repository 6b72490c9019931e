"""The commands over a cluster: how it is reached is given, or set in the environment."""

import json
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.engines import ClusterSettings


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    asked = ("how do I mend a saw?", "what does a new drill cost", "signs of rust on the lathe")
    lines = [json.dumps({"id": str(at), "question": text, "answers": []}) for at, text in enumerate(asked)]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def predictions(out: Path) -> list[dict[str, object]]:
    lines = map(json.loads, out.read_text("utf-8").splitlines())
    return [{name: value for name, value in line.items() if name != "milliseconds"} for line in lines]


def test_predictions_of_several_processes_are_those_of_the_engine_in_this_process(
    folder: Path,
    cluster: ClusterSettings,
    questions: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = ["predict", str(questions), "--corpus", str(folder), "--encoder", "none", "--out"]
    here, there, apart = (tmp_path / f"{name}.jsonl" for name in ("here", "there", "apart"))
    assert main([*asked, str(here)]) == 0
    nodes = [typed for url in cluster.urls for typed in ("--opensearch-url", url)]
    assert main([*asked, str(there), "--engine", "opensearch", *nodes]) == 0
    monkeypatch.setenv("BOT_ENGINE", "opensearch")
    monkeypatch.setenv("BOT_OPENSEARCH_URLS", ",".join(cluster.urls))
    monkeypatch.setenv("BOT_OPENSEARCH_PREFIX", cluster.prefix)
    assert main([*asked, str(apart), "--processes", "2"]) == 0
    assert predictions(here) == predictions(there) == predictions(apart)


def test_an_engine_that_cannot_be_asked_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("opensearchpy")
    monkeypatch.setenv("BOT_ENGINE", "opensearch")
    monkeypatch.setenv("BOT_OPENSEARCH_URLS", "http://127.0.0.1:9")
    assert main(["ask", "how do I mend a saw?", "--corpus", str(folder), "--encoder", "none"]) == 2
    assert "The search engine cannot be asked" in capsys.readouterr().err
