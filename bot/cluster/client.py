"""Requests to a cluster in, its answers out; the only module that imports opensearchpy.

Every node is asked by an address of its own. One that cannot be reached, or takes too long, costs its
patience once: all are looked at, and from then on searches go through those that answer. They are kept from
the shards of those that do not, as far as others have copies, for a node that hangs keeps waiting whoever
passes on a search to it. A cluster itself needs half a minute, as it is set up, to notice that.
"""

import itertools
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.engines import ClusterSettings
from bot.errors import EngineError, SettingsError

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

_LOG = logging.getLogger(__name__)
_TRIES, _SECONDS_BETWEEN_TRIES = 4, 0.1
# A node that does not say who it is within this is not asked until it does; they are asked again so often.
_LOOK_SECONDS, _LONG_LOOK_SECONDS, _SECONDS_BETWEEN_LOOKS = 0.5, 2.0, 2.0
# Whoever makes or fills an index can wait; an index is made by all nodes together.
_CALL_SECONDS = 60.0
_BUSY, _FAULTY = 429, 500
Object = Mapping[str, Any]
_SEARCH = {
    "search_type": "dfs_query_then_fetch",
    "allow_partial_search_results": "false",
    "filter_path": "hits.total.value,hits.hits.sort",
}


class RefusedError(EngineError):
    """The cluster answered a request with an error of the client's: `status` is HTTP's."""

    def __init__(self, status: int, told: str) -> None:
        super().__init__(told)
        self.status = status


class _FailedError(Exception):
    """A node could not be reached, took too long or has a fault; another may do better."""


@dataclass(frozen=True, slots=True)
class _Request:
    """What a node is asked."""

    method: str
    path: str
    body: object = None
    params: Object = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Seen:
    """The nodes that answered when they were looked at, and the ids of those that are searched first.

    `ids` are none where all answered.
    """

    answering: tuple[int, ...]
    ids: tuple[str, ...] = ()
    whole: bool = True
    at: float = 0.0


class Cluster:
    """The nodes of a cluster; safe to share between threads."""

    def __init__(self, settings: ClusterSettings) -> None:
        """Raises SettingsError where the package for it is missing."""
        self.settings = settings
        self._nodes = [_node(url, settings) for url in settings.urls]
        self._ids: dict[int, str] = {}
        self._turn = itertools.count()
        self._looking = threading.Lock()
        self._seen = self._look()

    def answers(self) -> bool:
        """Whether some node answers now."""
        self._seen = self._look()
        return bool(self._seen.answering)

    def search(self, index: str, body: Object) -> Object:
        """The answer to a search over all shards. Raises EngineError."""

        def ask(at: int, seen: _Seen, attempt: int) -> Object:
            # Not "_only_nodes": on a busy machine most may seem silent, and the rest lack some shards.
            preferred = {"preference": "_prefer_nodes:" + ",".join(seen.ids)} if seen.ids else {}
            timeout = self.settings.timeout if attempt else self.settings.patience
            request = _Request("POST", f"/{index}/_search", body, _SEARCH | preferred)
            found: Object = self._answer(at, request, timeout)
            return found

        return self._tried(ask)

    def call(
        self, method: str, path: str, body: object = None, *, timeout: float = _CALL_SECONDS, **params: str
    ) -> Object:
        """The answer to any other request. Raises EngineError."""
        request = _Request(method, path, body, params)
        return self._tried(lambda at, _, __: self._answer(at, request, timeout))

    def mention(self, method: str, path: str, **params: str) -> None:
        """Ask what nobody misses the answer to: only raises EngineError, and logs nothing."""
        request = _Request(method, path, params=params)
        self._tried(lambda at, _, __: self._answer(at, request, _CALL_SECONDS), missed=False)

    def _tried(self, ask: Callable[[int, _Seen, int], Object], *, missed: bool = True) -> Object:
        """What one of the nodes says, asked in turns."""
        seen, last, failure = self._present(), -1, _FailedError("no node answers")
        for attempt in range(_TRIES):
            if not seen.answering:
                break
            if attempt > 1:
                time.sleep(_SECONDS_BETWEEN_TRIES)
            at = self._next(seen, but=last)
            try:
                return ask(at, seen, attempt)
            except _FailedError as error:
                last, failure = at, error
                seen = self._seen = self._look()
        if missed:
            _LOG.warning("The search engine cannot be asked: %s", failure)
        raise EngineError(
            f"The search engine cannot be asked at the moment ({failure}); try again, and see to the cluster."
        )

    def _next(self, seen: _Seen, *, but: int) -> int:
        """The node whose turn it is of those that answer, another than the last if there is one."""
        some = [at for at in seen.answering if at != but] or list(seen.answering)
        return some[next(self._turn) % len(some)]

    def _present(self) -> _Seen:
        """What was seen last; after a while nodes that did not answer are looked at again, beside."""
        seen = self._seen
        if not seen.whole and time.monotonic() - seen.at > _SECONDS_BETWEEN_LOOKS:
            if not seen.answering:
                seen = self._seen = self._look()
            elif self._looking.acquire(blocking=False):
                threading.Thread(target=self._look_beside, daemon=True).start()
        return seen

    def _look_beside(self) -> None:
        try:
            # The interpreter begins no thread any more once it ends.
            with suppress(RuntimeError):
                self._seen = self._look()
        finally:
            self._looking.release()

    def _look(self) -> _Seen:
        """Ask all nodes who they are; once more, with patience, where none says it."""
        found = self._who(_LOOK_SECONDS)
        if not any(found):
            found = self._who(_LONG_LOOK_SECONDS)
        self._ids |= {at: known for at, known in enumerate(found) if known is not None}
        answering = tuple(at for at, known in enumerate(found) if known is not None)
        whole = len(answering) == len(self._nodes)
        ids = () if whole or not answering else self._others(answering)
        return _Seen(answering, ids, whole, time.monotonic())

    def _who(self, seconds: float) -> list[str | None]:
        with ThreadPoolExecutor(len(self._nodes)) as pool:
            return list(pool.map(lambda at: self._id_of(at, seconds), range(len(self._nodes))))

    def _id_of(self, at: int, seconds: float) -> str | None:
        try:
            told = self._answer(at, _Request("GET", "/_nodes/_local/http"), seconds)
        except _FailedError:
            return None
        return next(iter(told["nodes"]), None)

    def _others(self, answering: Sequence[int]) -> tuple[str, ...]:
        """The ids of all nodes of the cluster but those that are known not to answer."""
        own = tuple(self._ids[at] for at in answering)
        silent = set(range(len(self._nodes))) - set(answering)
        if not silent <= self._ids.keys():
            return own
        request = _Request("GET", "/_cluster/state/nodes", params={"local": "true"})
        try:
            told = self._answer(answering[0], request, _LOOK_SECONDS)
        except _FailedError:
            return own
        return tuple(sorted(told["nodes"].keys() - {self._ids[at] for at in silent} | set(own)))

    def _answer(self, at: int, request: _Request, timeout: float) -> Object:
        """Ask one node. Raises _FailedError and RefusedError, and EngineError where it is no use to go on."""
        from opensearchpy import exceptions

        try:
            found: Object = self._nodes[at].transport.perform_request(
                request.method,
                request.path,
                params={**request.params, "request_timeout": timeout},
                body=request.body,
            )
        except exceptions.SSLError as error:
            raise EngineError(
                f"The certificate of {self.settings.urls[at]} cannot be trusted; name who signed it with"
                " --opensearch-ca."
            ) from error
        except exceptions.ConnectionError as error:
            raise _FailedError(f"{self.settings.urls[at]} cannot be reached or takes too long") from error
        except (exceptions.AuthenticationException, exceptions.AuthorizationException) as error:
            raise EngineError(
                f"{self.settings.urls[at]} refuses the user or the password, or allows too little."
            ) from error
        except exceptions.TransportError as error:
            status = error.status_code
            if isinstance(status, int) and status != _BUSY and status < _FAULTY:
                raise RefusedError(status, f"The cluster refuses this: {error.error}") from error
            raise _FailedError(f"{self.settings.urls[at]} answers with {status}") from error
        return found


def _node(url: str, settings: ClusterSettings) -> "OpenSearch":
    try:
        from opensearchpy import OpenSearch
    except ImportError as error:
        raise SettingsError(
            "--engine opensearch needs the package opensearch-py: pip install --require-hashes --requirement"
            " requirements-opensearch.lock"
        ) from error
    # It would log every request, with what was asked.
    logging.getLogger("opensearch").setLevel(logging.CRITICAL)
    auth = None if settings.user is None else (settings.user, settings.password)
    secured: dict[str, Any] = {"verify_certs": True} if url.startswith("https:") else {}
    if secured and settings.ca is not None:
        secured["ca_certs"] = str(settings.ca)
    return OpenSearch(hosts=[url], http_auth=auth, max_retries=0, pool_maxsize=16, **secured)
