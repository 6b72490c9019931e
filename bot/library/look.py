"""A folder in, what its files look like from outside: enough to tell that one has changed."""

import os
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from bot.library.folder import VOCABULARY_FILE, files


class Stamp(NamedTuple):
    """One file: its size in bytes, when its content and when anything about it changed (ns), and its inode.

    The latter two tell a file of the same size that was put in another's place with its time, and one whose
    permissions were mended. A start makes and compares one for every file: as tuples, in half the time.
    """

    size: int
    modified: int
    changed: int
    inode: int

    def rests(self, earlier: "Stamp | None") -> bool:
        """Whether nobody has been writing since: some network shares give new inodes to files at rest."""
        return earlier is not None and (self.size, self.modified) == (earlier.size, earlier.modified)


# The stamp of every file that a corpus is made of, by its path in the folder with forward slashes.
Look = Mapping[str, Stamp]


def look_at(folder: Path) -> Look:
    """Every file that would be read, and the vocabulary. Raises CorpusError without such a folder."""
    found = {}
    listed: Iterable[tuple[str, os.DirEntry[str] | Path]] = files(folder, [])
    for name, file in chain(listed, [(VOCABULARY_FILE, folder / VOCABULARY_FILE)]):
        try:
            stat = file.stat()
        except OSError:
            # Gone since it was listed, or a vocabulary that there is not.
            continue
        found[name] = Stamp(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
    return found


def differing(one: Look, other: Look) -> frozenset[str]:
    """The files that are not the same in both."""
    return frozenset(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def moving(earlier: Look, now: Look) -> frozenset[str]:
    """The files that came, went or were written between two looks: of such a one, half may be there."""
    stay = {name for name, stamp in now.items() if stamp.rests(earlier.get(name))}
    return frozenset((earlier.keys() | now.keys()) - stay)


def mixed(look: Look, held: Look, names: frozenset[str]) -> Look:
    """A look with some of its files as they were when they were taken up."""
    return {name: stamp for name, stamp in look.items() if name not in names} | {
        name: stamp for name, stamp in held.items() if name in names
    }
