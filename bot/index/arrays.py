"""Arrays by name in a folder, written by file and read by memory map; checksums tell what is damaged."""

import errno
import math
import mmap
import os
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import DTypeLike, NDArray

_SUFFIX = ".npy"
_READ_BYTES = 1 << 20
# Where arrays stand in a file: the type of each, its shape, and its first byte, a multiple of so many.
Layout = Mapping[str, tuple[str, tuple[int, ...], int]]
_ALIGNED = 64
# Makes room for an array of this name, type and shape: in memory, or in a file. What it holds is not known.
Room = Callable[[str, DTypeLike, tuple[int, ...]], NDArray[Any]]


def in_memory(_: str, dtype: DTypeLike, shape: tuple[int, ...]) -> NDArray[Any]:
    """Room for an array in memory."""
    return np.empty(shape, dtype=dtype)


def placed(name: str, array: NDArray[Any], room: Room) -> NDArray[Any]:
    """An array where there is room for it."""
    place = room(name, array.dtype, array.shape)
    place[...] = array
    return place


class ArrayFolder:
    """A folder that arrays are put into, each a file of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def room(self, name: str, dtype: DTypeLike, shape: tuple[int, ...]) -> NDArray[Any]:
        """An array of this name on disk, to be filled. Raises OSError where there is no room for it."""
        if 0 in shape:
            # An empty file cannot be mapped.
            self.put(name, np.empty(shape, dtype=dtype))
            return np.empty(shape, dtype=dtype)
        array = np.lib.format.open_memmap(self._place(name), mode="w+", dtype=np.dtype(dtype), shape=shape)
        _claim(self._place(name))
        return array

    def within(self, prefix: str) -> Room:
        """What makes room for arrays under names that begin with a prefix."""
        return lambda name, dtype, shape: self.room(f"{prefix}.{name}", dtype, shape)

    def put(self, name: str, array: NDArray[Any]) -> None:
        """Write an array."""
        np.save(self._place(name), array, allow_pickle=False)

    def put_all(self, prefix: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Write arrays under names that begin with a prefix."""
        for name, array in arrays.items():
            self.put(f"{prefix}.{name}", array)

    def get(self, name: str) -> NDArray[Any]:
        """An array, mapped. Raises OSError and ValueError where there is none."""
        # A plain view of the map: its own class makes every slice cost ten times as much.
        return np.asarray(np.load(self._place(name), mmap_mode="r", allow_pickle=False))

    def get_all(self, prefix: str) -> Mapping[str, NDArray[Any]]:
        """The arrays whose names begin with a prefix."""
        places = self.path.glob(f"{prefix}.*{_SUFFIX}")
        names = sorted(place.name.removeprefix(f"{prefix}.").removesuffix(_SUFFIX) for place in places)
        return {name: self.get(f"{prefix}.{name}") for name in names}

    def _place(self, name: str) -> Path:
        return self.path / f"{name}{_SUFFIX}"


def _claim(path: Path) -> None:
    """Have the room that a file needs kept for it: to write where there is none would end the process.

    Raises OSError where the disk is full.
    """
    if not hasattr(os, "posix_fallocate"):
        return
    try:
        with path.open("r+b") as file:
            os.posix_fallocate(file.fileno(), 0, path.stat().st_size)
    except OSError as error:
        # Some file systems cannot tell.
        if error.errno not in {errno.EOPNOTSUPP, errno.EINVAL}:
            raise


def let_go(*arrays: NDArray[Any]) -> None:
    """Give the memory back that mapped arrays take; what is looked at again comes from the file."""
    for array in arrays:
        held: Any = array
        while held is not None and not isinstance(held, mmap.mmap):
            held = getattr(held, "base", None)
        if held is not None and hasattr(mmap, "MADV_DONTNEED"):
            held.madvise(mmap.MADV_DONTNEED)


def write_behind(file: BinaryIO, arrays: Mapping[str, NDArray[Any]]) -> Layout:
    """Write arrays at the end of a file that holds others: a file for each may be too many to have open."""
    layout = {}
    for name, array in arrays.items():
        file.write(bytes(-file.tell() % _ALIGNED))
        layout[name] = (array.dtype.str, array.shape, file.tell())
        file.write(array.tobytes())
    return layout


def laid_out(whole: NDArray[np.uint8], layout: Layout) -> Mapping[str, NDArray[Any]]:
    """The arrays in the bytes of a file."""
    found = {}
    for name, (of, shape, start) in layout.items():
        dtype = np.dtype(of)
        end = start + dtype.itemsize * math.prod(shape)
        found[name] = whole[start:end].view(dtype).reshape(shape)
    return found


def checksums(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and CRC-32 of every file of a folder, by name; each is on the disk once this returns."""
    found = {}
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            os.fsync(file.fileno())
            found[path.name] = (path.stat().st_size, checksum(path))
    return found


def checksum(path: Path) -> int:
    """The CRC-32 of a file."""
    total = 0
    with path.open("rb") as file:
        while piece := file.read(_READ_BYTES):
            total = zlib.crc32(piece, total)
    return total
