"""The files of a folder in, those of an index out; what stayed is taken over from the one before."""

import json
import shutil
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.errors import CorpusError, OutputError
from bot.files import write_atomically
from bot.index.analysed import Analysed, many_titles
from bot.index.arrays import ArrayFolder, let_go
from bot.index.fields import engines, neighbours, totals
from bot.index.joining import joined, stretches
from bot.indexing.kept import SHELF, KeptIndex, begun, finished
from bot.indexing.parts import Parts
from bot.library.corpus import digest_of, nothing_readable, refusal
from bot.library.folder import VOCABULARY_FILE, Source, sources
from bot.library.kept import KeptReadings
from bot.library.look import Look, Stamp
from bot.library.reading import format_of
from bot.library.readings import readings
from bot.library.shelf import document_of, encoded_document, head_of
from bot.passages import cuts_of
from bot.progress import bar
from bot.records import Corpus, Document, Problem, languages

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


@dataclass(slots=True)
class _Entry:
    """A document: what is known of it beside its text, its bytes, and where it was analysed."""

    head: Document
    content: NDArray[np.uint8]
    part: int
    place: int


class Making:
    """An index in the making; what has no place yet lies in a folder `beside`."""

    def __init__(self, request: Request, store: Path, beside: Path, before: KeptIndex | None) -> None:
        self._request, self._store, self._beside, self._before = request, store, beside, before
        self._kept = KeptReadings(store)
        self._problems: list[Problem] = []
        self._unsure: set[str] = set()
        # What the files looked like that its documents were made of, or as which they were refused.
        self._look: dict[str, Stamp] = {}
        self._parts: list[Analysed] = []
        self._entries: dict[str, _Entry] = {}

    def read(self, *, progress: bool) -> None:
        """Read and analyse what is new, and take over what stayed."""
        before, request = self._before, self._request
        if before is not None:
            self._parts.append(before.analysed)
        listed = {file.doc: file for file in sources(request.folder, self._problems)}
        # Folders that cannot be read now.
        self._unsure |= {problem.file for problem in self._problems}
        stay = {name for name in request.look.keys() | request.held if self._stays(name)}
        # What is in the look alone has gone since, what is listed alone has come: the next look will tell.
        seen = request.look.keys() - stay
        self._look |= {name: request.look[name] for name in seen & {*listed, VOCABULARY_FILE}}
        self._read([file for name, file in listed.items() if name in seen], progress=progress)
        if not self._entries:
            raise CorpusError(nothing_readable(request.folder, self._problems))
        if before is None:
            self._kept.drop_others()
        else:
            self._kept.drop_where_crowded(listed.values())
        self._reconsider_titles()

    @property
    def is_as_before(self) -> bool:
        """Whether all documents were taken over, and no other was there."""
        before = self._before
        same = before is not None and len(self._entries) == len(before.corpus.documents)
        return same and all(entry.part == 0 for entry in self._entries.values())

    @property
    def told(self) -> tuple[tuple[Problem, ...], Look, frozenset[str]]:
        """The problems, what the files looked like, and which were left out though they may not be again."""
        problems = tuple(sorted(self._problems, key=lambda problem: problem.file))
        # In the order in which the files were listed, in which they will be again.
        names = dict.fromkeys((*self._request.look, *self._look))
        look = {name: self._look[name] for name in names if name in self._look}
        return problems, look, frozenset(self._unsure)

    def write(self) -> None:
        """Put it all together, in the place of the index that there was."""
        ids = sorted(self._entries)
        entries = [self._entries[doc] for doc in ids]
        problems, look, unsure = self.told
        corpus = Corpus((), digest_of(entry.head for entry in entries), problems)
        folder = begun(self._store, corpus.digest)
        try:
            self._fill(ArrayFolder(folder), ids, entries)
            finished(folder, corpus, look, unsure)
        except (OSError, OutputError):
            # On a full disk, what cannot be used should not take the room.
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def _fill(self, arrays: ArrayFolder, ids: Sequence[str], entries: Sequence[_Entry]) -> None:
        """Write the files of an index of some documents."""
        spoken = languages(entry.head for entry in entries)
        write_atomically(arrays.path / SHELF, json.dumps([ids, spoken]))
        _put_stretches(arrays, "documents", [entry.content for entry in entries])
        heads = [np.frombuffer(encoded_document(entry.head), dtype=np.uint8) for entry in entries]
        _put_stretches(arrays, "heads", heads)
        taken = stretches([(entry.part, entry.place) for entry in entries])
        analysed = joined(self._parts, tuple(taken), arrays.within("part"))
        beside = ArrayFolder(self._beside)
        for _ in engines(analysed, lambda name: (beside if name == "text" else arrays).within(name)):
            let_go(*analysed.arrays().values())
        arrays.put("neighbours", neighbours(analysed).pairs)
        arrays.put("totals", totals(analysed))

    def _stays(self, name: str) -> bool:
        """Take over what there was of a file that is as it was, or held; whether there is nothing to read."""
        before, held = self._before, name in self._request.held
        if before is None or not (held or self._request.look.get(name) == before.look.get(name)):
            return held
        stays = self._take_over(name)
        if held:
            self._problems += (problem for problem in before.corpus.problems if problem.file == name)
            self._unsure |= before.unsure & {name}
        if (stays or held) and name in before.look:
            self._look[name] = before.look[name]
        return stays or held

    def _take_over(self, doc: str, content: bytes | None = None) -> bool:
        """Take over a document if it was there before, and had this content."""
        before = self._before
        try:
            place = -1 if before is None else before.corpus.place_of(doc)
        except KeyError:
            place = -1
        if before is None or place < 0:
            return False
        known = before.shelf.content(place)
        if content is not None and known.tobytes() != content:
            return False
        self._entries[doc] = _Entry(before.shelf.heads[place], known, part=0, place=place)
        return True

    def _read(self, new: Sequence[Source], *, progress: bool) -> None:
        """Read files, and analyse their documents."""
        spool, ends, heads = self._beside / "documents", [0], []
        with Parts(self._beside / "new") as parts:
            with spool.open("wb") as file:
                for document in self._documents(new, progress=progress):
                    content = encoded_document(document)
                    if self._take_over(document.id, content):
                        continue
                    ends.append(ends[-1] + file.write(content))
                    heads.append(head_of(document))
                    parts.add(document, content)
            if heads:
                whole = np.asarray(np.memmap(spool, dtype=np.uint8, mode="r"))
                contents = [whole[start:end] for start, end in pairwise(ends)]
                self._take(parts, heads, contents)

    def _documents(self, new: Sequence[Source], *, progress: bool) -> Iterator[Document]:
        """The documents of files as they are read; those that cannot be are noted."""
        found, passages = readings(new, self._kept), 0
        with bar(found, doing="Indexing", unit="file", total=len(new), shown=progress) as counted:
            for source, reading in counted:
                if reading.document is None:
                    self._problems.append(refusal(source, reading))
                    if format_of(source.doc) and not self._kept.holds(source):
                        self._unsure.add(source.doc)
                else:
                    passages += len(cuts_of(reading.document))
                    yield reading.document
                counted.set_postfix_str(f"{passages} passages", refresh=False)

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
