"""A folder in, its documents' files out, none of them outside the folder."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from bot.errors import CorpusError
from bot.library.reading import FORMATS, printable
from bot.records import Problem

# The words for which a corpus has others, beside its documents.
VOCABULARY_FILE = "vocabulary.tsv"
_VOCABULARY = ".tsv"


@dataclass(frozen=True, slots=True)
class Source:
    """A file, and the id of the document that it becomes: its path inside the folder."""

    path: Path
    doc: str


def file_of(folder: Path, doc: str) -> Path | None:
    """The file of a document; None where it is gone or has become a link out of the folder."""
    path = folder / doc
    return path if _stays_inside(path, folder.resolve()) else None


def sources(folder: Path, problems: list[Problem]) -> Iterator[Source]:
    """The files of a folder and those below it, in order; closed ones are noted. Raises CorpusError."""
    found = files(folder, problems)
    return (
        Source(Path(entry.path), above + entry.name)
        for above, entries in found
        for entry in sorted(entries, key=attrgetter("name"))
    )


def files(folder: Path, problems: list[Problem]) -> Iterator[tuple[str, list["os.DirEntry[str]"]]]:
    """The same as they are listed: those of a folder at a time, with what goes before their names in ids."""
    name = printable(str(folder))
    if not folder.exists():
        raise CorpusError(f"The folder {name} does not exist; name a folder that holds {FORMATS} files.")
    if not folder.is_dir():
        raise CorpusError(f"{name} is not a folder; name the folder that holds the documents.")

    def note(error: OSError) -> None:
        place = Path(error.filename)
        reason = f"cannot be read ({error.strerror or 'no reason given'}); check its permissions."
        if place == folder:
            raise CorpusError(f"The folder {name} {reason}")
        inner = place.relative_to(folder).as_posix()
        problems.append(Problem(inner, f"The folder {printable(inner)} {reason}"))

    return _entries(folder, note)


def _entries(folder: Path, note: Callable[[OSError], None]) -> Iterator[tuple[str, list["os.DirEntry[str]"]]]:
    """What is no folder in a folder and in those below it; a link is followed to a file inside alone."""
    root = folder.resolve()
    waiting = [(str(folder), "")]
    while waiting:
        place, above = waiting.pop()
        try:
            entries = list(os.scandir(place))
        except OSError as error:
            note(error)
            continue
        below: list[tuple[str, str]] = []
        own: list[os.DirEntry[str]] = []
        # A library has so many that each call in here is a hundredth of a start.
        for entry in entries:
            name = entry.name
            if name.startswith("."):
                continue
            if entry.is_file(follow_symlinks=False):
                # Where no link leads, there is nothing to be looked up.
                inside = True
            elif entry.is_dir(follow_symlinks=False):
                below.append((entry.path, f"{above}{name}/"))
                continue
            else:
                inside = _stays_inside(Path(entry.path), root)
            if inside and not name.lower().endswith(_VOCABULARY):
                own.append(entry)
        waiting += sorted(below, reverse=True)
        yield above, own


def _stays_inside(path: Path, root: Path) -> bool:
    """Whether a path is no link out of the folder and names something that can be read to its end."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return target.is_relative_to(root) and target.is_file()
