"""How a cluster is reached: options, environment and file in, settings out."""

import argparse
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import SettingsError

EMBEDDED, OPENSEARCH = "embedded", "opensearch"
# Neither may stand on a command line, which everybody on the machine can read.
USER, PASSWORD, PASSWORD_FILE = (f"BOT_OPENSEARCH_{name}" for name in ("USER", "PASSWORD", "PASSWORD_FILE"))
_PREFIX = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """A cluster of OpenSearch, and how it is asked.

    `urls` are of all its nodes, so that one that hangs can be told from the others. Indices are named by
    `prefix`, one for each library; they have so many `shards` when they are made. A search asks for `depth`
    candidates at first. A node that has not answered within `patience` seconds is looked at, and another is
    asked, which has `timeout` seconds.
    """

    urls: tuple[str, ...]
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: Path | None = None
    prefix: str = "passages"
    shards: int = 3
    depth: int = 300
    patience: float = 0.8
    timeout: float = 10.0

    def __post_init__(self) -> None:
        """Raises SettingsError for what cannot be used."""
        for url in self.urls:
            _check_url(url)
        if not self.urls:
            raise SettingsError("--engine opensearch needs --opensearch-url, once for each node.")
        if not _PREFIX.fullmatch(self.prefix):
            raise SettingsError("--opensearch-prefix is of small letters, digits and hyphens.")
        if (self.user is None) != (self.password is None):
            raise SettingsError(f"OpenSearch needs both {USER} and {PASSWORD} (or {PASSWORD_FILE}), or none.")
        if self.ca is not None and not self.ca.is_file():
            raise SettingsError(f"The file of certificates {self.ca} is not there; check --opensearch-ca.")
        if min(self.patience, self.timeout) <= 0 or min(self.shards, self.depth) < 1:
            raise SettingsError("The times, shards and depth of --opensearch-... are numbers over 0.")


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that say which engine is asked, and how."""
    group = parser.add_argument_group("search engine")
    group.add_argument(
        "--engine",
        choices=(EMBEDDED, OPENSEARCH),
        default=EMBEDDED,
        help=f"where passages are looked up: in this process, or in a cluster ({EMBEDDED})",
    )
    group.add_argument(
        "--opensearch-url",
        action="append",
        default=[],
        metavar="URL",
        help=f"a node of the cluster; once for each. User and password: {USER}, {PASSWORD} (or"
        f" {PASSWORD_FILE}) in the environment",
    )
    group.add_argument("--opensearch-ca", type=Path, metavar="FILE", help="certificates to trust for https")
    usual = ClusterSettings(("http://localhost",))
    named = (
        ("prefix", str, "NAME", "what the names of its indices begin with, one for each library"),
        ("shards", int, "N", "shards of an index that is made"),
        ("depth", int, "N", "candidates that are asked for at first"),
        ("patience", float, "SECONDS", "so long a node may take before another is asked"),
        ("timeout", float, "SECONDS", "so long that one may take"),
    )
    for name, kind, metavar, told in named:
        default = getattr(usual, name)
        group.add_argument(
            f"--opensearch-{name}", type=kind, default=default, metavar=metavar, help=f"{told} ({default})"
        )


def chosen(options: argparse.Namespace) -> ClusterSettings | None:
    """The cluster to ask, None for the engine in this process. Raises SettingsError."""
    if options.engine == EMBEDDED:
        if options.opensearch_url:
            raise SettingsError("--opensearch-url is given, but not --engine opensearch; give both.")
        return None
    return ClusterSettings(
        tuple(options.opensearch_url),
        user=os.environ.get(USER),
        password=_password(),
        ca=options.opensearch_ca,
        prefix=options.opensearch_prefix,
        shards=options.opensearch_shards,
        depth=options.opensearch_depth,
        patience=options.opensearch_patience,
        timeout=options.opensearch_timeout,
    )


def _password() -> str | None:
    place = os.environ.get(PASSWORD_FILE)
    if place is None:
        return os.environ.get(PASSWORD)
    try:
        return Path(place).read_text("utf-8").rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise SettingsError(f"The file that {PASSWORD_FILE} names cannot be read; check it.") from error


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    else:
        if parts.username is not None or parts.password is not None:
            # It is not repeated: what is written there may be a password.
            raise SettingsError(f"An --opensearch-url holds a user or password; give {USER} and {PASSWORD}.")
        usable = usable and parts.path in ("", "/") and not parts.query and not parts.fragment
    if not usable:
        raise SettingsError("--opensearch-url is for example https://search.example.org:9200, and no more.")
