"""The options that say which engine is asked: what cannot be used is said in one sentence."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.cluster.client import Cluster
from bot.engines import ClusterSettings, chosen
from bot.errors import EngineError, SettingsError
from bot.settings import configured
from bot.settings.options import add_settings, typed

URL = ("--engine", "opensearch", "--opensearch-url", "https://one.example.org:9200")


def given(*arguments: str) -> ClusterSettings | None:
    parser = argparse.ArgumentParser()
    add_settings(parser)
    return chosen(configured(typed(parser.parse_args(arguments))).engine)


def test_usually_the_engine_is_in_this_process() -> None:
    assert given() is None


def test_a_password_comes_from_the_environment_or_a_file_and_is_never_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BOT_OPENSEARCH_USER", "reader")
    monkeypatch.setenv("BOT_OPENSEARCH_PASSWORD", "not this one")
    (tmp_path / "secret").write_text("pass over\n", encoding="utf-8")
    monkeypatch.setenv("BOT_OPENSEARCH_PASSWORD_FILE", str(tmp_path / "secret"))
    settings = given(*URL, "--opensearch-depth", "50")
    assert settings is not None
    assert (settings.user, settings.password, settings.depth) == ("reader", "pass over", 50)
    assert "pass over" not in repr(settings)
    assert "not this one" not in repr(configured({}))


def test_a_password_is_no_option() -> None:
    parser = argparse.ArgumentParser()
    add_settings(parser)
    assert "--opensearch-password " not in parser.format_help().replace("\n", " ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--engine", "opensearch"), "needs --opensearch-url"),
        (("--opensearch-url", "http://a:9200"), "not --engine opensearch"),
        ((*URL[:3], "search.example.org"), "is for example https"),
        ((*URL[:3], "http://a:9200/path"), "is for example https"),
        ((*URL[:3], "http://a:port"), "is for example https"),
        ((*URL, "--opensearch-ca", "/no/such/file"), "check --opensearch-ca"),
        ((*URL, "--opensearch-prefix", "A b"), "small letters"),
        ((*URL, "--opensearch-patience", "0"), "a number from 0.05"),
    ],
)
def test_what_cannot_be_used_is_said(arguments: Sequence[str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        given(*arguments)


def test_a_password_in_a_url_is_refused_and_not_repeated() -> None:
    with pytest.raises(SettingsError) as raised:
        given(*URL[:3], "http://reader:hush@a:9200")
    assert "BOT_OPENSEARCH_PASSWORD" in str(raised.value)
    assert "hush" not in str(raised.value)


def test_a_user_needs_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_OPENSEARCH_USER", "reader")
    with pytest.raises(SettingsError, match="needs both"):
        given(*URL)


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opensearchpy", None)
    settings = given(*URL)
    assert settings is not None
    with pytest.raises(SettingsError, match=r"pip install .*requirements-opensearch\.lock"):
        Cluster(settings)


def test_no_node_at_all_is_an_error() -> None:
    pytest.importorskip("opensearchpy")
    settings = given("--engine", "opensearch", "--opensearch-url", "http://127.0.0.1:9")
    assert settings is not None
    cluster = Cluster(settings)
    assert not cluster.answers()
    with pytest.raises(EngineError, match="no node answers"):
        cluster.search("any", {})
