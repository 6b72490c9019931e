"""A folder in, what its files look like from outside: enough to tell that one has changed."""

import os
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, Self

from bot.library.folder import VOCABULARY_FILE, files

# Numbers are kept in so many bits.
_WHOLE, _HALF = 1 << 64, 1 << 63


class Stamp(NamedTuple):
    """One file: its size in bytes, when its content and when anything about it changed (ns), and its inode.

    The latter two tell a file of the same size that was put in another's place with its time, and one whose
    permissions were mended.
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


class Stamps(Look):
    """A look in the order in which files were listed, their stamps in one array.

    A start compares the whole of one with another: listed in the same order, in a hundredth of the time that
    it takes to make an object for each file.
    """

    def __init__(self, names: Sequence[str], numbers: "array[int]") -> None:
        """Raises ValueError where there are not as many numbers as the stamps of all names have."""
        if len(numbers) != len(names) * len(Stamp._fields):
            raise ValueError("there are more names than stamps, or fewer")
        self._names, self._numbers = list(names), numbers

    @classmethod
    def of(cls, look: Look) -> Self:
        """The same look."""
        return look if isinstance(look, cls) else cls(list(look), _numbers(list(look.values())))

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """The look that `json` told of. Raises KeyError, TypeError and ValueError where it is none."""
        names, numbers = told["names"], array("q")
        if not set(map(type, names)) <= {str}:
            raise TypeError("what names files is no text")
        numbers.frombytes(b64decode(told["stamps"], validate=True))
        return cls(names, numbers)

    def json(self) -> Mapping[str, Any]:
        """What is written of it: each number in eight bytes, in this machine's order."""
        return {"names": self._names, "stamps": b64encode(self._numbers).decode("ascii")}

    def __getitem__(self, name: str) -> Stamp:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Stamps) and self._names == other._names:
            return self._numbers == other._numbers
        return super().__eq__(other)

    # No mapping has one, which mypy does not know.
    __hash__ = None  # type: ignore[assignment]

    @cached_property
    def _by_name(self) -> dict[str, Stamp]:
        numbers = iter(self._numbers)
        return dict(zip(self._names, map(Stamp, numbers, numbers, numbers, numbers), strict=True))


def look_at(folder: Path) -> Look:
    """Every file that would be read, and the vocabulary. Raises CorpusError without such a folder."""
    names: list[str] = []
    stamps: list[tuple[int, int, int, int]] = []
    listed: Iterable[tuple[str, Sequence[os.DirEntry[str] | Path]]] = files(folder, [])
    for above, entries in chain(listed, [("", [folder / VOCABULARY_FILE])]):
        for entry in entries:
            try:
                stat = entry.stat()
            except OSError:
                # Gone since it was listed, or a vocabulary that there is not.
                continue
            names.append(above + entry.name)
            stamps.append((stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino))
    return Stamps(names, _numbers(stamps))


def _numbers(stamps: Sequence[Iterable[int]]) -> "array[int]":
    try:
        return array("q", chain.from_iterable(stamps))
    except OverflowError:
        # An inode or a year far off has more bits; those that are left tell as well that it is another.
        return array("q", ((number + _HALF) % _WHOLE - _HALF for stamp in stamps for number in stamp))


def differing(one: Look, other: Look) -> frozenset[str]:
    """The files that are not the same in both."""
    mine, others = dict(one), dict(other)
    return frozenset(name for name in mine.keys() | others.keys() if mine.get(name) != others.get(name))


def moving(earlier: Look, now: Look) -> frozenset[str]:
    """The files that came, went or were written between two looks: of such a one, half may be there."""
    if earlier == now:
        return frozenset()
    before, after = dict(earlier), dict(now)
    stay = {name for name, stamp in after.items() if stamp.rests(before.get(name))}
    return frozenset((before.keys() | after.keys()) - stay)


def mixed(look: Look, held: Look, names: frozenset[str]) -> Look:
    """A look with some of its files as they were when they were taken up."""
    if not names:
        return look
    stay = {name: stamp for name, stamp in look.items() if name not in names or name in held}
    return Stamps.of(stay | {name: stamp for name, stamp in held.items() if name in names})
