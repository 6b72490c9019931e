"""A folder in, its index on disk out; of one that there was before, all that stayed is taken over."""

import json
import logging
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.analysis import Analyser
from bot.errors import CorpusError, OutputError
from bot.files import alone, store_folder, write_atomically
from bot.index.analysed import Analysed, many_titles
from bot.index.arrays import ArrayFolder, let_go
from bot.index.fields import engines, neighbours, totals
from bot.index.joining import joined, stretches
from bot.indexing.kept import SHELF, KeptIndex, begun, finished, has_index
from bot.indexing.parts import Parts
from bot.library.corpus import digest_of, nothing_readable, refusal
from bot.library.folder import Source, sources
from bot.library.kept import KeptReadings
from bot.library.look import Look, look_at
from bot.library.readings import readings
from bot.library.shelf import document_of, encoded_document, head_of
from bot.passages import cuts_of
from bot.records import Corpus, Document, Problem, languages

_LOG = logging.getLogger(__name__)
# A folder of so many files is a library, of which an index is kept unasked: to read it takes half a minute.
LIBRARY = 1000
LONGEST_WAIT_SECONDS = 600.0
_SECONDS_BEFORE_PROGRESS = 2.0
# So much of a file that is written or read is held in memory.
_AT_HAND_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Request:
    """What an index is to be made of: the folder and what its files look like.

    Documents that are `held` stay as they were before: somebody is writing them.
    """

    folder: Path
    look: Look
    held: Collection[str] = ()


def indexed(folder: Path, *, progress: bool = False, make: bool = False) -> KeptIndex | None:
    """The index of a folder as it is now; one that was made before is brought up to what has changed.

    Where there was none it is made of a library, or of anything if it is to `make` one. None without one,
    and where it cannot be kept: the folder can be read all the same. Raises CorpusError where there is
    nothing to serve.
    """
    store = store_folder(folder)
    if store is None:
        return None
    look = look_at(folder)
    if not (make or has_index(store) or len(look) >= LIBRARY):
        return None
    kept = KeptIndex.open(store, Analyser())
    if kept is not None and kept.look == look:
        return kept
    try:
        return build(Request(folder, look), store, before=kept, progress=progress)
    except OutputError as error:
        _LOG.warning("The index cannot be kept: %s", error)
        return None


def renewed(index: KeptIndex, folder: Path, look: Look, held: Collection[str]) -> KeptIndex:
    """The index brought up to another look of the folder, its passages looked up where they were.

    Raises CorpusError, OutputError and EngineError.
    """
    made = build(Request(folder, look, held), index.store, before=index)
    return made if index.elsewhere is None else index.elsewhere.over(made)


def build(request: Request, store: Path, *, before: KeptIndex | None, progress: bool = False) -> KeptIndex:
    """The index of what was requested, kept in a store; raises CorpusError and OutputError.

    Where another process is making one it is waited for, and if it is of the same then it is this one too.
    """
    store.mkdir(parents=True, exist_ok=True)
    analyser = Analyser()
    with alone(store / "index", wait=LONGEST_WAIT_SECONDS):
        kept = KeptIndex.open(store, analyser)
        if kept is not None and kept.look == request.look:
            return kept
        with tempfile.TemporaryDirectory(dir=store, prefix=".index-") as beside:
            made = _Making(request, store, Path(beside), kept or before)
            made.read(progress=progress)
            made.write()
    kept = KeptIndex.open(store, analyser)
    if kept is None:
        raise CorpusError(f"The index in {store} was damaged as it was written; check the disk.")
    return kept


@dataclass(slots=True)
class _Entry:
    """A document: what is known of it beside its text, its bytes, and where it was analysed."""

    head: Document
    content: NDArray[np.uint8]
    part: int
    place: int


class _Making:
    """An index in the making; what has no place yet lies in a folder `beside`."""

    def __init__(self, request: Request, store: Path, beside: Path, before: KeptIndex | None) -> None:
        self._request, self._store, self._beside, self._before = request, store, beside, before
        self._problems: list[Problem] = []
        self._parts: list[Analysed] = []
        self._entries: dict[str, _Entry] = {}

    def read(self, *, progress: bool) -> None:
        """Read and analyse what is new, and take over what stayed."""
        before = self._before
        if before is not None:
            self._parts.append(before.analysed)
        files = tuple(sources(self._request.folder, self._problems))
        new = [file for file in files if not self._stays(file.doc)]
        self._read(new, progress=progress)
        if not self._entries:
            raise CorpusError(nothing_readable(self._request.folder, self._problems))
        self._reconsider_titles()

    def write(self) -> None:
        """Put it all together, in the place of the index that there was."""
        ids = sorted(self._entries)
        entries = [self._entries[doc] for doc in ids]
        problems = tuple(sorted(self._problems, key=lambda problem: problem.file))
        corpus = Corpus((), digest_of(entry.head for entry in entries), problems)
        folder = begun(self._store, corpus.digest)
        arrays = ArrayFolder(folder)
        spoken = languages(entry.head for entry in entries)
        write_atomically(folder / SHELF, json.dumps([ids, spoken]))
        _put_stretches(arrays, "documents", [entry.content for entry in entries])
        heads = [np.frombuffer(encoded_document(entry.head), dtype=np.uint8) for entry in entries]
        _put_stretches(arrays, "heads", heads)
        taken = stretches([(entry.part, entry.place) for entry in entries])
        analysed = joined(self._parts, tuple(taken), arrays.within("part"))
        for name, engine in engines(analysed):
            arrays.put_all(name, engine.arrays())
            let_go(*analysed.arrays().values())
        arrays.put("neighbours", neighbours(analysed).pairs)
        arrays.put("totals", totals(analysed))
        finished(folder, corpus, self._request.look)

    def _stays(self, doc: str) -> bool:
        """Whether a file is as it was, or held, so that its document is taken over if there was one."""
        request, before = self._request, self._before
        held = doc in request.held
        if before is None or not (held or request.look.get(doc) == before.look.get(doc)):
            return held
        try:
            place = before.corpus.place_of(doc)
        except KeyError:
            return held
        head, content = before.shelf.heads[place], before.shelf.content(place)
        self._entries[doc] = _Entry(head, content, part=0, place=place)
        return True

    def _read(self, new: Sequence[Source], *, progress: bool) -> None:
        """Read files, and analyse their documents."""
        spool, ends, heads = self._beside / "documents", [0], []
        with Parts(self._beside / "new") as parts:
            with spool.open("wb") as file:
                for document in self._documents(new, progress=progress):
                    content = encoded_document(document)
                    ends.append(ends[-1] + file.write(content))
                    heads.append(head_of(document))
                    parts.add(document, content)
            if heads:
                whole = np.memmap(spool, dtype=np.uint8, mode="r")
                contents = [whole[start:end] for start, end in pairwise(ends)]
                self._take(parts, heads, contents)

    def _documents(self, new: Sequence[Source], *, progress: bool) -> Iterator[Document]:
        """The documents of files as they are read; those that cannot be are noted."""
        from tqdm import tqdm

        found, passages = readings(new, KeptReadings(self._store)), 0
        with tqdm(
            total=len(new),
            desc="Indexing",
            unit="file",
            delay=_SECONDS_BEFORE_PROGRESS,
            leave=False,
            disable=None if progress else True,
        ) as bar:
            for source, reading in found:
                if reading.document is None:
                    self._problems.append(refusal(source, reading))
                else:
                    passages += len(cuts_of(reading.document))
                    yield reading.document
                bar.set_postfix_str(f"{passages} passages", refresh=False)
                bar.update()

    def _take(self, parts: Parts, heads: Sequence[Document], contents: Sequence[NDArray[np.uint8]]) -> None:
        """Take down documents with what was analysed of them."""
        first = len(self._parts)
        self._parts += parts.all()
        for head, content in zip(heads, contents, strict=True):
            part, place = parts.places[head.id]
            self._entries[head.id] = _Entry(head, content, first + part, place)

    def _reconsider_titles(self) -> None:
        """Analyse those anew whose title has become common, or their own, by what came or went."""
        common = many_titles(entry.head.title for entry in self._entries.values())
        others = [
            entry
            for entry in self._entries.values()
            if bool(self._parts[entry.part].own[entry.place]) == (entry.head.title in common)
        ]
        if others:
            with Parts(self._beside / "titles", common) as parts:
                for entry in others:
                    content = entry.content.tobytes()
                    parts.add(document_of(content), content)
                self._take(parts, [entry.head for entry in others], [entry.content for entry in others])


def _put_stretches(arrays: ArrayFolder, name: str, stretched: Sequence[NDArray[np.uint8]]) -> None:
    """Write stretches of bytes one behind the other, and where each starts."""
    starts = np.array([0, *accumulate(map(len, stretched))], dtype=np.int64)
    arrays.put(f"{name}.starts", starts)
    whole = arrays.room(name, np.uint8, (int(starts[-1]),))
    kept = 0
    for stretch, (start, end) in zip(stretched, pairwise(starts.tolist()), strict=True):
        whole[start:end] = stretch
        if end - kept > _AT_HAND_BYTES:
            let_go(whole, stretch)
            kept = end
