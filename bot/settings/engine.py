"""What an operator can set of the search engine, with the defaults that ship."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from bot.settings.setting import Setting

# What OpenSearch allows in the name of an index, short enough for the digests that follow.
_PREFIX = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")
_SECONDS = "a number from 0.05 to 600"


def _filled(value: str) -> str:
    if not value.strip():
        raise ValueError(value)
    return value


def _prefix(value: str) -> str:
    if not _PREFIX.fullmatch(value):
        raise ValueError(value)
    return value


@dataclass(frozen=True, slots=True)
class Engine:
    """Where passages are looked up, and how a cluster is reached that they are looked up in.

    What the addresses may be is checked where they are used, without repeating them: a password may stand in
    one by mistake.
    """

    engine: Annotated[
        Literal["embedded", "opensearch"],
        Setting("where passages are looked up: in this process, or in a cluster", "embedded or opensearch"),
    ] = "embedded"
    opensearch_urls: Annotated[
        tuple[str, ...],
        Setting(
            "the nodes of the cluster, every one",
            "addresses such as https://search.example.org:9200",
            option="opensearch_url",
            metavar="URL",
        ),
    ] = ()
    opensearch_user: Annotated[
        str | None, Setting("the user that the cluster knows", "a name", check=_filled)
    ] = None
    opensearch_password: Annotated[
        str | None, Setting("the user's password", "a password", check=_filled, secret=True)
    ] = field(default=None, repr=False)
    opensearch_password_file: Annotated[
        Path | None, Setting("a file with the password, which goes before it", "a file", metavar="FILE")
    ] = None
    opensearch_ca: Annotated[
        Path | None,
        Setting("certificates to trust for https, instead of the usual ones", "a file", metavar="FILE"),
    ] = None
    opensearch_prefix: Annotated[
        str,
        Setting(
            "what the names of its indices begin with, one for each library",
            "up to 41 small letters, digits and hyphens",
            check=_prefix,
        ),
    ] = "passages"
    opensearch_shards: Annotated[
        int, Setting("shards of an index that is made", "a whole number from 1 to 1000", least=1, most=1000)
    ] = 3
    opensearch_depth: Annotated[
        int,
        Setting(
            "candidates that are asked for at first", "a whole number from 1 to 10000", least=1, most=10_000
        ),
    ] = 300
    opensearch_patience: Annotated[
        float,
        Setting("seconds that a node may take before another is asked too", _SECONDS, least=0.05, most=600),
    ] = 0.8
    opensearch_timeout: Annotated[
        float, Setting("seconds that the other one may take", _SECONDS, least=0.05, most=600)
    ] = 10.0
