"""Documents in, one after the other; what was analysed of them out, some documents at a time, in one file.

Where there is much to do every core helps, each with some documents at a time, so that what is in memory
does not grow with the library.
"""

import os
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context, parent_process
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from bot.analysis import Analyser
from bot.errors import OutputError
from bot.index.analysed import Analysed, analysed
from bot.index.arrays import Layout, laid_out, write_behind
from bot.library.shelf import document_of
from bot.passages import cuts_of
from bot.records import Document

# So many passages are analysed at once, and more than so many by several processes.
PASSAGES_AT_ONCE, PASSAGES_FOR_ONE = 4000, 8000
_MOST_PROCESSES = 8
_ENDED = "A process that analysed documents was ended, perhaps for want of memory; free some and try again."


class Parts:
    """Parts of what was analysed, under one folder; `places` tells in which each document is, and where.

    `common` are the titles that too many documents have.
    """

    def __init__(self, folder: Path, common: frozenset[str] = frozenset()) -> None:
        folder.mkdir(parents=True)
        self._folder, self._common = folder, common
        self._waiting: list[tuple[bytes, Document]] = []
        self._passages, self._seen = 0, 0
        self._running: deque[Future[tuple[Path, Layout]]] = deque()
        self._pool: ProcessPoolExecutor | None = None
        self._count = 0
        # All that was analysed, for files of their own may be more than can be open.
        self._whole = (folder / "parts").open("w+b")
        self._layouts: list[Layout] = []
        self.places: dict[str, tuple[int, int]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._whole.close()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def add(self, document: Document, encoded: bytes) -> None:
        """Take a document, with its bytes as on a shelf, and analyse it with others in time.

        Raises OSError, and OutputError where a process that analysed others was ended.
        """
        self._waiting.append((encoded, document))
        count = len(cuts_of(document))
        self._passages += count
        self._seen += count
        if self._passages >= PASSAGES_AT_ONCE:
            self._analyse()

    def all(self) -> Iterator[Analysed]:
        """What was analysed of all that was taken, part after part; raises what `add` does."""
        if self._waiting:
            self._analyse()
        while self._running:
            self._await_first()
        self._whole.flush()
        if self._layouts:
            whole = np.asarray(np.memmap(self._whole, dtype=np.uint8, mode="r"))
            for layout in self._layouts:
                yield Analysed.from_arrays(laid_out(whole, layout))

    def _analyse(self) -> None:
        number = self._count
        self._count += 1
        self.places |= {document.id: (number, at) for at, (_, document) in enumerate(self._waiting)}
        if self._seen < PASSAGES_FOR_ONE:
            made = analysed([document for _, document in self._waiting], self._common, _analyser())
            self._layouts.append(write_behind(self._whole, made.arrays()))
        else:
            self._submit([encoded for encoded, _ in self._waiting], self._folder / f"part-{number}")
        self._waiting, self._passages = [], 0

    def _submit(self, encoded: list[bytes], place: Path) -> None:
        if self._pool is None:
            count = min(os.cpu_count() or 1, _MOST_PROCESSES)
            # A fork would copy the locks of threads that the child does not have.
            context = get_context("spawn")
            self._pool = ProcessPoolExecutor(count, mp_context=context, initializer=_end_with_parent)
        try:
            self._running.append(self._pool.submit(_analyse_encoded, encoded, self._common, place))
        except BrokenProcessPool as error:
            raise OutputError(_ENDED) from error
        while len(self._running) > 2 * _MOST_PROCESSES or (self._running and self._running[0].done()):
            self._await_first()

    def _await_first(self) -> None:
        try:
            place, layout = self._running.popleft().result()
        except BrokenProcessPool as error:
            raise OutputError(_ENDED) from error
        self._layouts.append(write_behind(self._whole, laid_out(np.fromfile(place, np.uint8), layout)))
        place.unlink()


def _end_with_parent() -> None:
    """Has this process end when the one does that started it, even if that was killed."""
    parent = parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def _analyse_encoded(encoded: list[bytes], common: frozenset[str], place: Path) -> tuple[Path, Layout]:
    """Analyse documents into a file; where that is and how it is laid out."""
    made = analysed([document_of(data) for data in encoded], common, _analyser())
    with place.open("wb") as file:
        return place, write_behind(file, made.arrays())


@cache
def _analyser() -> Analyser:
    return Analyser()
