"""An index on disk: checked when it is opened, put in place in one step, forgotten when another took over."""

import json
import logging
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol, Self

from bot.analysis import Analyser
from bot.errors import OutputError
from bot.files import write_atomically
from bot.index.analysed import Analysed
from bot.index.arrays import ArrayFolder, checksum, checksums
from bot.index.bm25 import Bm25Index
from bot.index.fields import Engines, Fields
from bot.index.neighbours import Neighbours
from bot.library.kept import version
from bot.library.look import Look, Stamp
from bot.library.shelf import Shelf, Stretches
from bot.records import Corpus, Problem

_LOG = logging.getLogger(__name__)
# Another layout of the files has another number.
FORMAT = 1
MANIFEST, SHELF, CURRENT = "manifest.json", "shelf.json", "current"
# What an index depends on besides the documents.
_PACKAGES = ("reading", "library", "aspects", "index")
_MADE_BY = (*_PACKAGES, "passages.py", "nltk_parts.py", "records.py", "analysis.py", "stopwords.txt")
# An index up to this size is checked whole whenever it is opened; of a larger one names and sizes are.
CHECKED_BYTES = 200_000_000
_ENGINES = ("title", "heading", "body", "all", "offer")


class Elsewhere(Protocol):
    """Another place that the passages of an index are looked up in."""

    def ready(self) -> bool:
        """Whether it answers now, with all of them."""
        ...

    def over(self, index: "KeptIndex") -> "KeptIndex":
        """Another index with its passages looked up in the same place. Raises EngineError."""
        ...


@dataclass(frozen=True, slots=True)
class KeptIndex:
    """An index that lies in a folder of its own, and what the files looked like that it was made of.

    Passages may be looked up `elsewhere`; the `fields` then ask there.
    """

    folder: Path
    corpus: Corpus
    shelf: Shelf
    analysed: Analysed
    fields: Fields
    look: Look
    elsewhere: Elsewhere | None = None

    def answers(self) -> bool:
        """Whether passages can be looked up now: always here, and elsewhere while that has them all."""
        return self.elsewhere is None or self.elsewhere.ready()

    @classmethod
    def open(cls, store: Path | None, analyser: Analyser) -> Self | None:
        """The index kept in a store; None where there is none that can be used, and the log says why not."""
        folder = None if store is None else current(store)
        if folder is None:
            return None
        try:
            return cls._opened(folder, analyser)
        except (OSError, ValueError, KeyError, TypeError) as error:
            _LOG.warning("The index in %s cannot be used (%s); it is made anew.", folder, error)
            return None

    @property
    def store(self) -> Path:
        """The folder that it is kept in with whatever else is."""
        return self.folder.parents[1]

    @classmethod
    def _opened(cls, folder: Path, analyser: Analyser) -> Self:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        if manifest["format"] != FORMAT or manifest["made_by"] != version(_MADE_BY):
            raise ValueError("another version of the program made it")
        check_files(folder, manifest)
        arrays = ArrayFolder(folder)
        analysed = Analysed.from_arrays(arrays.get_all("part"))
        engines = Engines(**{name: Bm25Index.from_arrays(arrays.get_all(name)) for name in _ENGINES})
        pairs, totals = Neighbours(arrays.get("neighbours")), arrays.get("totals")
        problems = tuple(Problem(**problem) for problem in manifest["problems"])
        shelf = _shelf(folder)
        corpus = Corpus(shelf, manifest["corpus"], problems)
        look = {name: Stamp(*stamp) for name, stamp in manifest["look"].items()}
        return cls(folder, corpus, shelf, analysed, Fields(analysed, engines, pairs, totals, analyser), look)


def _shelf(folder: Path) -> Shelf:
    arrays = ArrayFolder(folder)
    ids, spoken = json.loads((folder / SHELF).read_text("utf-8"))
    documents, heads = (
        Stretches(arrays.get(name), arrays.get(f"{name}.starts")) for name in ("documents", "heads")
    )
    return Shelf((ids, spoken), documents, heads)


def current(store: Path) -> Path | None:
    """The folder of the index that counts; None where there is none."""
    try:
        name = (_place(store) / CURRENT).read_text("utf-8").strip()
    except (OSError, ValueError):
        return None
    # Whatever is written there, it leads nowhere else.
    folder = _place(store) / Path(name).name
    return folder if name and folder.is_dir() and not folder.is_symlink() else None


def has_index(store: Path) -> bool:
    """Whether an index was made here, be it one that cannot be used any more."""
    return (_place(store) / CURRENT).is_file()


def begun(store: Path, digest: str) -> Path:
    """A new folder for an index. Raises OutputError."""
    folder = _place(store) / f"{digest[:16]}-{secrets.token_hex(4)}"
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise OutputError(f"{folder} cannot be written ({error.strerror}); choose another place.") from error
    return folder


def finished(folder: Path, corpus: Corpus, look: Look) -> None:
    """Put an index that lies in a new folder in the place of the one that counted. Raises OutputError."""
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "made_by": version(_MADE_BY),
        "corpus": corpus.digest,
        "problems": [asdict(problem) for problem in corpus.problems],
        "look": {name: list(asdict(stamp).values()) for name, stamp in look.items()},
        "files": checksums(folder),
    }
    write_atomically(folder / MANIFEST, json.dumps(manifest))
    write_atomically(folder.parent / CURRENT, folder.name + "\n")
    forget(folder.parent, but=folder)


def forget(place: Path, *, but: Path) -> None:
    """Remove what no index counts on any more; who still has one open keeps it until it is closed."""
    for folder in place.iterdir():
        if folder.is_dir() and not folder.is_symlink() and folder != but:
            shutil.rmtree(folder, ignore_errors=True)


def damaged(folder: Path) -> str | None:
    """The name of a file of an index that is not as it was written, if there is one: all are read."""
    files = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
    return next((name for name, (_, told) in files.items() if checksum(folder / name) != told), None)


def check_files(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Raises ValueError where the files of a folder are not those that its manifest tells of."""
    files = manifest["files"]
    sizes = {path.name: path.stat().st_size for path in folder.iterdir() if path.is_file()}
    sizes.pop(MANIFEST, None)
    if sizes != {name: size for name, (size, _) in files.items()}:
        raise ValueError("files are missing or have another size")
    if sum(sizes.values()) <= CHECKED_BYTES and (name := damaged(folder)):
        raise ValueError(f"{name} is damaged")


def _place(store: Path) -> Path:
    return store / "index"
