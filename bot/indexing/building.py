"""A folder in, its index on disk out: as it was kept, brought up to what changed, or made."""

import logging
from collections.abc import Collection
from pathlib import Path

from bot.analysis import Analyser
from bot.errors import CorpusError, OutputError
from bot.files import alone, store_folder
from bot.indexing.kept import KeptIndex, current, has_index, spare_folder
from bot.indexing.making import Making, Request
from bot.library.look import Look, look_at

_LOG = logging.getLogger(__name__)
# A folder of so many files is a library, of which an index is kept unasked: to read it takes half a minute.
LIBRARY = 1000
LONGEST_WAIT_SECONDS = 600.0


def indexed(folder: Path, *, progress: bool = False, make: bool = False) -> KeptIndex | None:
    """The index of a folder as it is now; one that was made before is brought up to what has changed.

    Where there was none it is made of a library, or of anything if it is to `make` one. None without one,
    and where it cannot be kept: the folder can be read all the same. Raises CorpusError where there is
    nothing to serve.

    One that is to be made is believed only after every byte of it was checked; raises OutputError where
    it cannot be.
    """
    store = store_folder(folder)
    if store is None:
        return None
    look = look_at(folder)
    if not (make or has_index(store) or len(look) >= LIBRARY):
        return None
    kept = KeptIndex.open(store, Analyser(), whole=make)
    if kept is not None and kept.is_of(look):
        return kept
    try:
        return build(Request(folder, look), store, progress=progress)
    except OutputError as error:
        if make:
            raise
        _LOG.warning("The index cannot be kept: %s", error)
        return None


def renewed(index: KeptIndex, folder: Path, look: Look, held: Collection[str]) -> KeptIndex:
    """The index brought up to another look of the folder, its passages looked up where they were.

    Raises CorpusError, OutputError and EngineError.
    """
    made = build(Request(folder, look, held), index.store, before=index)
    return made if index.elsewhere is None else index.elsewhere.over(made)


def build(
    request: Request, store: Path, *, before: KeptIndex | None = None, progress: bool = False
) -> KeptIndex:
    """The index of what was requested, kept in a store; raises CorpusError and OutputError.

    What stayed is taken over from the one in the store or, where that is gone, from the one that was there
    `before`. Where another process is making one it is waited for, and if it is of the same then it is this
    one too.
    """
    try:
        store.mkdir(parents=True, exist_ok=True)
        with alone(store / "index", wait=LONGEST_WAIT_SECONDS):
            return _built(request, store, before, progress=progress)
    except OSError as error:
        reason = error.strerror or "not all could be written"
        raise OutputError(f"No index can be made in {store} ({reason}); is its disk full?") from error


def _built(request: Request, store: Path, before: KeptIndex | None, *, progress: bool) -> KeptIndex:
    """The same by whoever has the store for himself, so that nobody removes what is being opened."""
    analyser = Analyser()
    # What is damaged would be taken over, and be believed from then on.
    kept = KeptIndex.open(store, analyser, whole=True)
    if kept is not None and kept.is_of(request.look):
        return kept
    if kept is None and before is not None and current(store) == before.folder:
        before = None
    with spare_folder(store) as beside:
        made = Making(request, store, beside, kept or before)
        made.read(progress=progress)
        if kept is not None and made.is_as_before:
            return kept.confirmed(*made.told)
        made.write()
    kept = KeptIndex.open(store, analyser)
    if kept is None:
        raise CorpusError(f"The index in {store} was damaged as it was written; check the disk.")
    return kept
