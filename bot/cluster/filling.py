"""The passages of a corpus into an index of a cluster; killed, it goes on where it was."""

import json
import logging
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot.cluster.client import Cluster, RefusedError
from bot.cluster.layout import LAYOUT, Searched, body_of, documents, filled
from bot.errors import EngineError
from bot.index.lexicon import Lexicon
from bot.progress import bar

_LOG = logging.getLogger(__name__)
# Passages that are sent at once, by so many at a time.
AT_ONCE, _SENDERS = 2000, 2
# A node that was lost, or hangs, is missed by its cluster within this; a request may wait for that.
PATIENCE_SECONDS, _SECONDS_BETWEEN_TRIES = 300.0, 1.0
_EXISTS, _CONFLICT, _MISSING = 400, 409, 404


@dataclass(frozen=True, slots=True)
class Content:
    """What an index is to hold: the fields that are searched, of the passages of the corpus `digest`."""

    digest: str
    size: int
    lexicon: Lexicon
    fields: Mapping[str, Searched]

    @property
    def meta(self) -> dict[str, Any]:
        """What an index says of itself before it is whole."""
        with_terms = {name: filled(field) for name, field in self.fields.items()}
        return {
            "layout": LAYOUT,
            "corpus": self.digest,
            "passages": self.size,
            "filled": with_terms,
            "whole": False,
            "begun": time.time(),
        }


def told(cluster: Cluster, index: str) -> Mapping[str, Any] | None:
    """What an index says of itself, None where there is none."""
    try:
        # What the node that is asked knows by itself: it need not wait for another.
        found = cluster.call("GET", f"/{index}/_mapping", timeout=cluster.settings.timeout, local="true")
    except RefusedError as error:
        if error.status == _MISSING:
            return None
        raise
    meta: Mapping[str, Any] = next(iter(found.values()))["mappings"].get("_meta", {})
    return meta


def fill(cluster: Cluster, index: str, content: Content, *, progress: bool = False) -> None:
    """Make an index, or go on with it, until it is whole. Raises EngineError."""
    places = range(content.size)
    _begin(cluster, index, content)
    with bar(places, doing="Into the cluster", unit="passage", total=len(places), shown=progress) as sent:
        missing = list(_missing(cluster, index, content.size))
        sent.update(content.size - sum(last - first for first, last in missing))
        with ThreadPoolExecutor(_SENDERS) as senders:
            waiting: set[Future[int]] = set()
            for first, last in missing:
                if len(waiting) > _SENDERS:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    sent.update(sum(future.result() for future in done))
                waiting.add(senders.submit(_send, cluster, index, _lines(content, first, last), last - first))
            sent.update(sum(future.result() for future in waiting))
    _finish(cluster, index, content)


def count(cluster: Cluster, index: str) -> int:
    """How many passages an index has, as far as they can be searched."""
    found = cluster.search(index, {"size": 0, "track_total_hits": True})
    return int(found["hits"]["total"]["value"])


def _begin(cluster: Cluster, index: str, content: Content) -> None:
    """Have the index there with all copies of its shards, so that no node's end loses what is sent."""
    _make(cluster, index, content)
    if not _has_all_shards(cluster, index):
        _LOG.warning("A part of the unfinished index %s is lost: it is made anew.", index)
        cluster.call("DELETE", f"/{index}")
        _make(cluster, index, content)
        if not _has_all_shards(cluster, index):
            raise EngineError(f"The cluster finds no place for {index}; see to its nodes and try again.")


def _make(cluster: Cluster, index: str, content: Content) -> None:
    body = body_of(content.fields, content.meta, cluster.settings.shards)
    try:
        cluster.call("PUT", f"/{index}", body)
    except RefusedError as error:
        # It was begun before, or another process begins it.
        if error.status != _EXISTS or told(cluster, index) is None:
            raise EngineError(f"The cluster makes no index {index}: {error}") from error


def _has_all_shards(cluster: Cluster, index: str) -> bool:
    """Whether an index has its shards; their copies are waited for, but not for long."""
    with suppress(RefusedError):
        # Refused where it takes longer.
        cluster.call("GET", f"/_cluster/health/{index}?wait_for_status=green&timeout=30s")
    return bool(cluster.call("GET", f"/_cluster/health/{index}")["status"] != "red")


def _missing(cluster: Cluster, index: str, size: int) -> Iterator[tuple[int, int]]:
    """The ranges of places, as they are sent, that are not there as a whole."""
    cluster.call("POST", f"/{index}/_refresh")
    ranges = {"histogram": {"field": "place", "interval": AT_ONCE, "min_doc_count": 1}}
    found = cluster.call("POST", f"/{index}/_search", {"size": 0, "aggs": {"sent": ranges}})
    there = {int(one["key"]): one["doc_count"] for one in found["aggregations"]["sent"]["buckets"]}
    for first in range(0, size, AT_ONCE):
        last = min(first + AT_ONCE, size)
        if there.get(first, 0) < last - first:
            yield first, last


def _lines(content: Content, first: int, last: int) -> list[str]:
    """Two lines for each passage: what is to be done, and what it is."""
    lines = []
    for made in documents(content.fields, content.lexicon, first, last):
        # What is there already is refused, so that nothing is ever written over.
        lines += [f'{{"create":{{"_id":"{made["place"]}"}}}}', json.dumps(made)]
    return lines


def _send(cluster: Cluster, index: str, lines: list[str], passages: int) -> int:
    """Send passages, again those that the cluster had no room or no shard for; how many there were."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            answer = cluster.call("POST", f"/{index}/_bulk", "\n".join(lines) + "\n")
            lines = _unsent(lines, [item["create"] for item in answer["items"]])
        except EngineError:
            if time.monotonic() > until:
                raise
        if not lines:
            return passages
        if time.monotonic() > until:
            raise EngineError(f"The cluster does not take passages into {index}; see to it and try again.")
        time.sleep(_SECONDS_BETWEEN_TRIES)


def _unsent(lines: list[str], items: list[Mapping[str, Any]]) -> list[str]:
    left = []
    for at, item in enumerate(items):
        status = item["status"]
        if status >= 500 or status == 429:
            left += lines[2 * at : 2 * at + 2]
        elif status >= 400 and status != _CONFLICT:
            raise EngineError(f"The cluster refuses a passage: {item['error'].get('reason', status)}")
    return left


def _finish(cluster: Cluster, index: str, content: Content) -> None:
    """Check it, say that it is whole, and let nothing be written any more."""
    cluster.call("POST", f"/{index}/_refresh")
    there = count(cluster, index)
    if there != content.size:
        raise EngineError(
            f"{index} has {there} passages, but the corpus {content.digest} has {content.size};"
            " run this again, and it is completed."
        )
    cluster.call("POST", f"/{index}/_flush")
    if _removed(cluster, index):
        # Terms of what was removed would count in Lucene's idf.
        merge = {"only_expunge_deletes": "true"}
        cluster.call("POST", f"/{index}/_forcemerge", **merge, timeout=PATIENCE_SECONDS)
    meta = {**(told(cluster, index) or {}), "whole": True}
    cluster.call("PUT", f"/{index}/_settings", {"index": {"blocks.write": True}})
    cluster.call("PUT", f"/{index}/_mapping", {"_meta": meta})


def _removed(cluster: Cluster, index: str) -> int:
    found = cluster.call("GET", f"/{index}/_stats/docs")
    return int(found["_all"]["total"]["docs"]["deleted"])
