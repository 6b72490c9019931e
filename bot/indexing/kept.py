"""An index on disk: checked when it is opened, put in place in one step, forgotten when another took over."""

import json
import logging
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
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
from bot.library.look import Look, Stamps
from bot.library.shelf import Shelf, Stretches
from bot.records import Corpus, Problem

_LOG = logging.getLogger(__name__)
# Another layout of the files has another number.
FORMAT = 3
MANIFEST, SHELF, CURRENT = "manifest.json", "shelf.json", "current"
# What the folders of vectors within that of an index begin with.
VECTORS = "meaning-"
# What an index depends on besides the documents.
_PACKAGES = ("reading", "library", "aspects", "index")
MADE_BY = (*_PACKAGES, "passages.py", "nltk_parts.py", "records.py", "analysis.py", "stopwords.txt")
# An index up to this size is checked whole whenever it is opened; of a larger one names and sizes are.
CHECKED_BYTES = 200_000_000
_ENGINES = ("title", "heading", "body", "all", "offer")
# Nothing that is called otherwise is ever removed: an index, and what one is made of.
_MAKING = ".making-"
_OURS = re.compile(rf"[0-9a-f]{{16}}-[0-9a-f]{{8}}|{re.escape(_MAKING)}.+")
# A pointer is no longer than this, whatever was put in its place.
_POINTER_BYTES = 100
# What is raised over files that are damaged, or were never an index.
UNUSABLE = (
    *(OSError, ValueError, LookupError, TypeError),
    *(AttributeError, ArithmeticError, EOFError, RecursionError),
)


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

    The `unsure` files were left out though nothing about them says that they will be the next time. Passages
    may be looked up `elsewhere`; the `fields` then ask there.
    """

    folder: Path
    corpus: Corpus
    shelf: Shelf
    analysed: Analysed
    fields: Fields
    look: Look
    unsure: frozenset[str] = frozenset()
    elsewhere: Elsewhere | None = None

    def answers(self) -> bool:
        """Whether passages can be looked up now: always here, and elsewhere while that has them all."""
        return self.elsewhere is None or self.elsewhere.ready()

    @classmethod
    def open(cls, store: Path | None, analyser: Analyser, *, whole: bool = False) -> Self | None:
        """The index kept in a store; None where there is none that can be used, and the log says why not.

        Every byte is checked of the `whole` of a large one too.
        """
        folder = None if store is None else current(store)
        if folder is None:
            return None
        try:
            return cls._opened(folder, analyser, whole=whole)
        except UNUSABLE as error:
            _LOG.warning("The index in %s cannot be used (%s); it is made anew.", folder, error)
            return None

    @property
    def store(self) -> Path:
        """The folder that it is kept in with whatever else is."""
        return self.folder.parents[1]

    def is_of(self, look: Look) -> bool:
        """Whether it is the index of files that look like this, and nothing is left to be tried again."""
        return not self.unsure and self.look == look

    def confirmed(self, problems: tuple[Problem, ...], look: Look, unsure: frozenset[str]) -> Self:
        """The same index of files that look otherwise though their documents do not. Raises OutputError."""
        told = _told(problems, look, unsure)
        write_atomically(self.folder / MANIFEST, json.dumps({**_manifest(self.folder), **told}))
        return replace(self, corpus=replace(self.corpus, problems=problems), look=look, unsure=unsure)

    @classmethod
    def _opened(cls, folder: Path, analyser: Analyser, *, whole: bool) -> Self:
        manifest = _manifest(folder)
        if manifest["format"] != FORMAT or manifest["made_by"] != version(MADE_BY):
            raise ValueError("another version of the program made it")
        _check(folder, manifest["files"], whole=whole)
        arrays = ArrayFolder(folder)
        analysed = Analysed.from_arrays(arrays.get_all("part"))
        engines = Engines(**{name: Bm25Index.from_arrays(arrays.get_all(name)) for name in _ENGINES})
        pairs, totals = Neighbours(arrays.get("neighbours")), arrays.get("totals")
        problems = tuple(Problem(**problem) for problem in manifest["problems"])
        shelf = _shelf(folder)
        corpus = Corpus(shelf, manifest["corpus"], problems)
        look = Stamps.from_json(manifest["look"])
        fields = Fields(analysed, engines, pairs, totals, analyser)
        return cls(folder, corpus, shelf, analysed, fields, look, frozenset(manifest["unsure"]))


def _shelf(folder: Path) -> Shelf:
    arrays = ArrayFolder(folder)
    ids, spoken = json.loads((folder / SHELF).read_text("utf-8"))
    documents, heads = (
        Stretches(arrays.get(name), arrays.get(f"{name}.starts")) for name in ("documents", "heads")
    )
    return Shelf((ids, spoken), documents, heads)


def current(store: Path) -> Path | None:
    """The folder of the index that counts; None where there is none."""
    pointer = _place(store) / CURRENT
    try:
        # Something else in its place might be read without end.
        if not has_index(store) or pointer.stat().st_size > _POINTER_BYTES:
            return None
        name = pointer.read_text("utf-8").strip()
    except (OSError, ValueError):
        return None
    # Whatever is written there, it leads nowhere else.
    folder = _place(store) / name
    return folder if _OURS.fullmatch(name) and folder.is_dir() and not folder.is_symlink() else None


def has_index(store: Path) -> bool:
    """Whether an index was made here, be it one that cannot be used any more."""
    return not _place(store).is_symlink() and (_place(store) / CURRENT).is_file()


@contextmanager
def spare_folder(store: Path) -> Iterator[Path]:
    """A folder for what an index is made of, until it is; what killed runs left behind is removed before.

    Only one index is made at a time, whoever makes it sees to that. Raises OutputError.
    """
    place = _place(store)
    if place.is_symlink():
        # Through a link, something elsewhere would be written to, and removed.
        raise OutputError(f"{place} is a link; remove it, so that the index can be kept there.")
    place.mkdir(parents=True, exist_ok=True)
    _forget(place, but=current(store))
    with tempfile.TemporaryDirectory(dir=place, prefix=_MAKING) as folder:
        yield Path(folder)


def begun(store: Path, digest: str) -> Path:
    """A new folder for an index."""
    folder = _place(store) / f"{digest[:16]}-{secrets.token_hex(4)}"
    folder.mkdir()
    return folder


def finished(folder: Path, corpus: Corpus, look: Look, unsure: frozenset[str]) -> None:
    """Put an index that lies in a new folder in the place of the one that counted. Raises OutputError."""
    manifest = {
        "format": FORMAT,
        "made_by": version(MADE_BY),
        "corpus": corpus.digest,
        "files": checksums(folder),
        **_told(corpus.problems, look, unsure),
    }
    write_atomically(folder / MANIFEST, json.dumps(manifest))
    write_atomically(folder.parent / CURRENT, folder.name + "\n")
    _forget(folder.parent, but=folder)


def damage(folder: Path) -> str | None:
    """What is wrong with the folder of an index and the vectors in it, if anything is: every byte is read."""
    for place in (folder, *sorted(folder.glob(f"{VECTORS}*"))):
        try:
            check_files(place, whole=True)
        except UNUSABLE as error:
            return f"{place}: {error}"
    return None


def check_files(folder: Path, *, whole: bool = False) -> None:
    """Raises one of UNUSABLE where the files of a folder are not those that its manifest tells of."""
    _check(folder, _manifest(folder)["files"], whole=whole)


def _check(folder: Path, files: Mapping[str, tuple[int, int]], *, whole: bool) -> None:
    found = {path.name: path for path in folder.iterdir() if _is_ordinary(path) and path.name != MANIFEST}
    sizes = {name: path.stat().st_size for name, path in found.items()}
    if sizes != {name: size for name, (size, _) in files.items()}:
        raise ValueError("files are missing or have another size")
    if whole or sum(sizes.values()) <= CHECKED_BYTES:
        for name, (_, told) in files.items():
            if checksum(found[name]) != told:
                raise ValueError(f"{name} is damaged")


def _forget(place: Path, *, but: Path | None) -> None:
    """Remove what no index counts on any more; who still has one open keeps it until it is closed."""
    for folder in place.iterdir():
        if _OURS.fullmatch(folder.name) and folder != but and not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)


def _manifest(folder: Path) -> dict[str, Any]:
    """What the manifest of a folder says, whatever that is. Raises one of UNUSABLE."""
    if not _is_ordinary(folder / MANIFEST):
        raise ValueError("there is no manifest")
    return dict(json.loads((folder / MANIFEST).read_text("utf-8")))


def _told(problems: tuple[Problem, ...], look: Look, unsure: frozenset[str]) -> Mapping[str, Any]:
    """What a manifest tells of the files in the folder of the documents."""
    return {
        "problems": [asdict(problem) for problem in problems],
        "look": Stamps.of(look).json(),
        "unsure": sorted(unsure),
    }


def _is_ordinary(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _place(store: Path) -> Path:
    return store / "index"
