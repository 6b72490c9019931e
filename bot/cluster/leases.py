"""Which indices of a cluster somebody holds: a document says so, until a time that is put off again.

Whoever dies lets go once that time has come. An index that nobody holds is removed: one that is whole at
once, unless it is the newest, for a restart asks it again; one that is not after a day, for whoever was
killed over it may go on.
"""

import logging
import secrets
import threading
import time
import weakref
from collections.abc import Callable
from contextlib import suppress

from bot.cluster.client import Cluster, RefusedError
from bot.cluster.filling import told
from bot.errors import EngineError

_LOG = logging.getLogger(__name__)
LEASE_SECONDS, _SECONDS_BETWEEN_RENEWALS = 900.0, 60.0
UNFINISHED_SECONDS = 86_400.0
_MOST_LEASES = 10_000
_MISSING = 404


def leases_of(prefix: str) -> str:
    """The index that the leases are in."""
    return f"{prefix}-leases"


class Lease:
    """Somebody's hold of an index."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        """Raises EngineError."""
        self._cluster, self.index, self._id = cluster, index, secrets.token_hex(8)
        self.renew()

    def renew(self) -> None:
        """Hold it for a while from now on. Raises EngineError."""
        body = {"index": self.index, "until": time.time() + LEASE_SECONDS}
        self._cluster.call("PUT", self._path(), body, refresh="true")

    def end(self) -> None:
        """Let go of it. Raises EngineError where that cannot be said now, so that it ends by itself."""
        self._cluster.mention("DELETE", self._path(), refresh="true")

    def _path(self) -> str:
        return f"/{leases_of(self._cluster.settings.prefix)}/_doc/{self._id}"


def renewing(lease: Lease, holder: object, ended: Callable[[], None]) -> None:
    """Renew a lease as long as its holder is there, beside all else; `ended` is called after that."""
    gone = threading.Event()
    # At the end of the program it lasts until its time has come.
    weakref.finalize(holder, gone.set).atexit = False

    def renew() -> None:
        while not gone.wait(_SECONDS_BETWEEN_RENEWALS):
            try:
                lease.renew()
            except EngineError as error:
                _LOG.warning("The hold of %s is not renewed: %s", lease.index, error)
        # The interpreter begins no thread any more once it ends, and the cluster may have ended before.
        with suppress(RuntimeError, EngineError):
            lease.end()
            ended()

    threading.Thread(target=renew, daemon=True).start()


def remove_unheld(cluster: Cluster) -> list[str]:
    """Remove the indices that nobody holds; their names. Raises EngineError."""
    removed, said = [], {index: told(cluster, index) or {} for index in sorted(_ours(cluster))}
    whole = [index for index, meta in said.items() if meta.get("whole")]
    newest = max(whole, key=lambda index: float(said[index]["begun"]), default=None)
    for index, meta in said.items():
        lasts = 0.0 if meta.get("whole") else UNFINISHED_SECONDS
        young = meta.get("begun", 0) + lasts > time.time()
        if index == newest or young or index in _held(cluster):
            continue
        with suppress(RefusedError):
            cluster.call("DELETE", f"/{index}")
            removed.append(index)
            _LOG.info("Nobody holds %s any more: it is removed.", index)
    return removed


def _ours(cluster: Cluster) -> set[str]:
    prefix = cluster.settings.prefix
    found = cluster.call("GET", f"/{prefix}-*/_alias")
    return {name for name in found if _is_passages(name, prefix)}


def _is_passages(name: str, prefix: str) -> bool:
    """Whether an index of this name is ours, and not another library's whose prefix begins alike."""
    rest = name.removeprefix(f"{prefix}-").split("-")
    return len(rest) == 2 and all(len(part) == 16 and not part.strip("0123456789abcdef") for part in rest)


def _held(cluster: Cluster) -> set[str]:
    """The indices that somebody holds."""
    query = {"size": _MOST_LEASES, "query": {"range": {"until": {"gt": time.time()}}}}
    try:
        found = cluster.call("POST", f"/{leases_of(cluster.settings.prefix)}/_search", query)
    except RefusedError as error:
        if error.status == _MISSING:
            return set()
        raise
    return {hit["_source"]["index"] for hit in found["hits"]["hits"]}
