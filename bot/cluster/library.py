"""An index on disk in, the same fields out with the passages looked up in a cluster."""

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial

import numpy as np

from bot.cluster.client import Cluster, RefusedError
from bot.cluster.engine import Asked, Candidates, ClusterField, query
from bot.cluster.filling import Content, count, fill, told
from bot.cluster.layout import LAYOUT, Searched, k1_of, name_of, token
from bot.cluster.leases import Lease, remove_unheld, renewing
from bot.engines import ClusterSettings
from bot.errors import EngineError, OutputError
from bot.index.arrays import ArrayFolder
from bot.index.counted import Counted, Statistics
from bot.index.fields import B_OF, parts
from bot.indexing.kept import KeptIndex

_LOG = logging.getLogger(__name__)
_SEARCHED = ("heading", "all")


class Library:
    """The passages of one corpus in a cluster; its index is held as long as this is there."""

    def __init__(self, cluster: Cluster, content: Content, *, progress: bool = False) -> None:
        """Have the passages there, put them there if they are not. Raises EngineError."""
        self._cluster, self._content = cluster, content
        self.name = name_of(cluster.settings.prefix, content.digest, content.fields)
        lease = Lease(cluster, self.name)
        try:
            self._have(progress=progress)
        except BaseException:
            with suppress(EngineError):
                lease.end()
            raise
        renewing(lease, self, partial(_remove_unheld, cluster))

    def over(self, index: KeptIndex) -> KeptIndex:
        """An index with its passages looked up in the same cluster. Raises EngineError."""
        return _asking(self._cluster, index, progress=False)

    def ready(self) -> bool:
        """Whether the cluster answers now, with all passages of this corpus."""
        try:
            self._check()
        except EngineError:
            return False
        return True

    def field(self, name: str) -> ClusterField:
        """One of the fields that are searched there."""
        searched, with_terms = self._content.fields[name], self._filled[name]
        depth = self._cluster.settings.depth
        asked = Asked(self._find(name), with_terms, k1_of(searched, with_terms), depth)
        return ClusterField(searched.counted.parts, searched.counted.statistics, asked)

    def _have(self, *, progress: bool) -> None:
        meta = told(self._cluster, self.name)
        if meta is None or not meta.get("whole"):
            fill(self._cluster, self.name, self._content, progress=progress)
            _remove_unheld(self._cluster)
        self._filled = self._check()

    def _check(self) -> Mapping[str, int]:
        """Whether the index is that of the corpus; how many texts of each field have terms."""
        meta = told(self._cluster, self.name)
        if meta is None:
            raise EngineError(self._gone())
        there = count(self._cluster, self.name)
        here = (self._content.digest, LAYOUT, self._content.size)
        if (meta.get("corpus"), meta.get("layout"), there) != here:
            raise EngineError(self._foreign(str(meta.get("corpus")), f"has {there} passages"))
        filled: Mapping[str, int] = meta["filled"]
        return filled

    def _find(self, name: str) -> Callable[[Mapping[int, float], int], Candidates]:
        def find(boosts: Mapping[int, float], depth: int) -> Candidates:
            spelled = {token(self._content.lexicon[term]): boost for term, boost in boosts.items()}
            try:
                found = self._cluster.search(self.name, query(name, spelled, depth))
            except RefusedError as error:
                raise EngineError(self._gone()) if error.status == 404 else error from error
            sorts = [hit["sort"] for hit in found.get("hits", {}).get("hits", [])]
            table = np.array(sorts, dtype=np.float64).reshape(-1, 2)
            places = table[:, 1].astype(np.intp)
            if places.size and not 0 <= places.min() <= places.max() < self._content.size:
                raise EngineError(self._strange(int(places.max())))
            return Candidates(places, table[:, 0])

        return find

    def _strange(self, place: int) -> str:
        other = str((told(self._cluster, self.name) or {}).get("corpus"))
        return self._foreign(other, f"gives the passage {place}")

    def _gone(self) -> str:
        return (
            f"The cluster has no index {self.name} for the corpus {self._content.digest} any more; run:"
            " python -m bot index --engine opensearch"
        )

    def _foreign(self, other: str, what: str) -> str:
        content = self._content
        return (
            f"The index {self.name} of the corpus {other} {what}, but the corpus here is {content.digest}"
            f" with {content.size}; remove that index and run: python -m bot index --engine opensearch"
        )


def in_cluster(settings: ClusterSettings, index: KeptIndex | None, *, progress: bool = False) -> KeptIndex:
    """The index with its passages looked up in a cluster.

    Raises EngineError, SettingsError, and OutputError where there is none because it cannot be written.
    """
    if index is None:
        raise OutputError("A cluster needs an index on disk too, but nowhere can be written; change that.")
    return _asking(Cluster(settings), index, progress=progress)


def content_of(index: KeptIndex) -> Content:
    """What of an index is searched in a cluster."""
    counted = _counted(index)
    fields = {name: Searched(counted[name], B_OF[name]) for name in _SEARCHED}
    return Content(index.corpus.digest, index.fields.size, index.analysed.terms, fields)


def _asking(cluster: Cluster, index: KeptIndex, *, progress: bool) -> KeptIndex:
    library = Library(cluster, content_of(index), progress=progress)
    heading, together = (library.field(name) for name in _SEARCHED)
    fields = index.fields.asking(heading=heading, body=_counted(index)["body"], together=together)
    return replace(index, fields=fields, elsewhere=library)


def _counted(index: KeptIndex) -> Mapping[str, Counted]:
    """The fields of the passages without their postings."""
    arrays = ArrayFolder(index.folder)
    return {
        name: Counted(made_of, Statistics.from_arrays(arrays.get_all(name)))
        for name, made_of in parts(index.analysed).items()
    }


def _remove_unheld(cluster: Cluster) -> None:
    """What nobody holds is removed where that can be done; else by who comes next."""
    with suppress(EngineError):
        remove_unheld(cluster)
