"""How a cluster is reached: what an operator set in, checked settings of the cluster out."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import SettingsError
from bot.settings import Engine

# A password may not stand on a command line, which everybody on the machine can read.
USER, PASSWORD, PASSWORD_FILE = (f"BOT_OPENSEARCH_{name}" for name in ("USER", "PASSWORD", "PASSWORD_FILE"))


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
        if (self.user is None) != (self.password is None):
            raise SettingsError(f"OpenSearch needs both {USER} and {PASSWORD} (or {PASSWORD_FILE}), or none.")
        if self.ca is not None and not self.ca.is_file():
            raise SettingsError(f"The file of certificates {self.ca} is not there; check --opensearch-ca.")


def chosen(engine: Engine) -> ClusterSettings | None:
    """The cluster to ask, None for the engine in this process. Raises SettingsError."""
    if engine.engine == "embedded":
        if engine.opensearch_urls:
            raise SettingsError("--opensearch-url is given, but not --engine opensearch; give both.")
        return None
    return ClusterSettings(
        engine.opensearch_urls,
        user=engine.opensearch_user,
        password=_password(engine),
        ca=engine.opensearch_ca,
        prefix=engine.opensearch_prefix,
        shards=engine.opensearch_shards,
        depth=engine.opensearch_depth,
        patience=engine.opensearch_patience,
        timeout=engine.opensearch_timeout,
    )


def _password(engine: Engine) -> str | None:
    place = engine.opensearch_password_file
    if place is None:
        return engine.opensearch_password
    try:
        return place.read_text("utf-8").rstrip("\r\n")
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
