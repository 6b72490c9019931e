"""Indices in a cluster: named by corpus, whole before they are used, removed when nobody holds them."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.cluster import filling, leases
from bot.cluster.client import Cluster
from bot.cluster.layout import documents, token
from bot.cluster.library import Library, content_of
from bot.engines import ClusterSettings
from bot.errors import EngineError
from bot.indexing.building import indexed
from bot.indexing.kept import KeptIndex
from bot.opening import Opening
from tests.cluster.conftest import engine_answers


@pytest.fixture
def index(folder: Path) -> KeptIndex:
    made = indexed(folder, make=True)
    assert made is not None
    return made


def indices(cluster: Cluster) -> set[str]:
    found = cluster.call("GET", f"/{cluster.settings.prefix}-*/_alias")
    return set(found) - {leases.leases_of(cluster.settings.prefix)}


def change(folder: Path) -> None:
    (folder / "00 saw.md").write_text("# The saw\n\nA saw is sharpened with a file.\n", encoding="utf-8")


def opened(folder: Path, cluster: ClusterSettings) -> Assistant:
    return Opening(folder, encoder=None, cluster=cluster).assistant()


def test_an_index_holds_terms_alone(cluster: ClusterSettings, index: KeptIndex) -> None:
    there = Cluster(cluster)
    library = Library(there, content_of(index))
    (made,) = there.call("GET", f"/{library.name}/_mapping").values()
    assert made["mappings"]["dynamic"] == "strict"
    assert made["mappings"]["_source"] == {"enabled": False}
    assert set(made["mappings"]["properties"]) == {"place", "heading", "all"}
    assert index.corpus.digest[:16] in library.name
    with pytest.raises(EngineError, match="refuses"):
        there.call("POST", f"/{library.name}/_doc", {"place": 1})


def test_a_second_start_sends_nothing(
    cluster: ClusterSettings, index: KeptIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = Cluster(cluster)
    first = Library(there, content_of(index))
    monkeypatch.setattr(filling, "_send", None)
    assert Library(there, content_of(index)).name == first.name


def test_a_killed_run_goes_on_where_it_was(
    cluster: ClusterSettings, index: KeptIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, sent = Cluster(cluster), list[int]()
    monkeypatch.setattr(filling, "AT_ONCE", 16)
    send = filling._send

    def until_killed(there: Cluster, name: str, lines: list[str], passages: int) -> int:
        if len(sent) == 5:
            raise KeyboardInterrupt
        sent.append(passages)
        return send(there, name, lines, passages)

    monkeypatch.setattr(filling, "_send", until_killed)
    with pytest.raises(KeyboardInterrupt):
        Library(there, content_of(index))
    (name,) = indices(there)
    assert not (filling.told(there, name) or {})["whole"]
    sent.clear()

    def counting(there: Cluster, name: str, lines: list[str], passages: int) -> int:
        sent.append(passages)
        return send(there, name, lines, passages)

    monkeypatch.setattr(filling, "_send", counting)
    library = Library(there, content_of(index))
    assert library.name == name
    assert 0 < sum(sent) <= index.fields.size - 4 * 16
    assert library.ready()


def test_who_holds_the_old_corpus_keeps_asking_the_old_index(folder: Path, cluster: ClusterSettings) -> None:
    old = opened(folder, cluster)
    before = replace(old.ask("how do I mend a saw?"), milliseconds=0.0)
    change(folder)
    new = opened(folder, cluster)
    assert len(indices(Cluster(cluster))) == 2
    assert replace(old.ask("how do I mend a saw?"), milliseconds=0.0) == before
    assert new.ask("how is a saw sharpened?").quotes[0].passage.text == "A saw is sharpened with a file."


def test_what_nobody_holds_any_more_is_removed(
    folder: Path, cluster: ClusterSettings, index: KeptIndex
) -> None:
    there = Cluster(cluster)
    held = Library(there, content_of(index))
    change(folder)
    other = indexed(folder)
    assert other is not None
    new = Library(there, content_of(other))
    assert indices(there) == {held.name, new.name}
    del held
    for _ in range(100):
        if indices(there) == {new.name}:
            break
        time.sleep(0.2)
    assert indices(there) == {new.name}
    # The newest stays, for a restart.
    there.call("DELETE", f"/{leases.leases_of(cluster.prefix)}")
    assert leases.remove_unheld(there) == []


def test_another_library_is_let_alone(cluster: ClusterSettings, index: KeptIndex) -> None:
    longer = replace(cluster, prefix=f"{cluster.prefix}-archive")
    kept = Library(Cluster(longer), content_of(index)).name
    Cluster(longer).call("DELETE", f"/{longer.prefix}-leases")
    there = Cluster(cluster)
    assert leases.remove_unheld(there) == []
    assert kept in indices(there)


def test_another_corpus_under_the_name_is_an_error_that_names_both(
    cluster: ClusterSettings, index: KeptIndex
) -> None:
    there = Cluster(cluster)
    library = Library(there, content_of(index))
    meta = dict(filling.told(there, library.name) or {}) | {"corpus": "f00d"}
    there.call("PUT", f"/{library.name}/_mapping", {"_meta": meta})
    assert not library.ready()
    with pytest.raises(EngineError, match=rf"corpus f00d .*{index.corpus.digest}"):
        Library(there, content_of(index))


@pytest.mark.parametrize("how", ["one more", "unknown place"])
def test_passages_that_are_not_the_corpus_s_are_an_error_that_names_both(
    cluster: ClusterSettings, index: KeptIndex, how: str
) -> None:
    there = Cluster(cluster)
    library = Library(there, content_of(index))
    there.call("PUT", f"/{library.name}/_settings", {"index": {"blocks.write": False}})
    strange = {"place": 10**6, "all": " ".join(["saw"] * 9), "heading": ""}
    there.call("PUT", f"/{library.name}/_doc/x", strange, refresh="true")
    with pytest.raises(EngineError, match=rf"corpus {index.corpus.digest} .*{index.corpus.digest}"):
        if how == "one more":
            Library(there, content_of(index))
        else:
            library.field("all").best({index.analysed.terms.number("saw"): 1.0}, 5)


def test_an_index_that_is_gone_is_an_error_and_no_empty_answer(
    folder: Path, cluster: ClusterSettings
) -> None:
    assistant = opened(folder, cluster)
    there = Cluster(cluster)
    (name,) = indices(there)
    there.call("DELETE", f"/{name}")
    assert not engine_answers(assistant)
    with pytest.raises(EngineError, match=f"no index {name}"):
        assistant.ask("how do I mend a saw?")


def test_a_term_that_lucene_would_refuse_stands_there_by_its_digest() -> None:
    assert token("rust") == "rust"
    assert len(token("x" * 40_000)) < 40
    assert token("") != ""


def test_nothing_of_a_document_but_terms_is_sent(index: KeptIndex) -> None:
    content = content_of(index)
    (first,) = documents(content.fields, content.lexicon, 0, 1)
    assert first["place"] == 0
    assert str(first["all"]).split()[:3] == ["the", "saw", "and"]
