"""Texts in, vectors out, each computed once: kept on disk by content, beside the documents.

A restart or an unchanged document computes nothing; a changed one computes its own passages.
"""

import logging
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import numpy as np
from numpy.typing import NDArray

from bot.errors import OutputError
from bot.files import replacing_bytes
from bot.meaning.encoder import Encoder
from bot.meaning.texts import KEY_BYTES

_LOG = logging.getLogger(__name__)
# So many digits tell encoders apart.
_NAME_DIGITS = 16
# What has been computed is kept every so many vectors, so that a killed run goes on where it was.
KEPT_EVERY = 5000
# Half precision changes the fifth decimal of a likeness, and halves the file.
_KEPT_AS = np.float16
Kept = NDArray[np.float16]


class VectorStore:
    """The vectors of one encoder, in a file of one folder; without one they last as long as the process."""

    def __init__(self, encoder: Encoder, folder: Path | None) -> None:
        self.encoder = encoder
        self._file = None if folder is None else folder / f"vectors-{encoder.digest[:_NAME_DIGITS]}.npz"
        self._unfiled: dict[bytes, Kept] = {}

    def vectors(
        self,
        texts: Mapping[bytes, str],
        *,
        progress: bool = False,
        done: Callable[[float], None] | None = None,
        enough: Callable[[], bool] = lambda: False,
    ) -> Kept:
        """A row for each text, in the order of their keys.

        `done` is told at once and now and then which share there is by now. It ends early
        once `enough` says so: what was computed is kept, and the rows that are not there are zeros.
        """
        known = self._read()
        wanted = [key for key in texts if key not in known]
        missing = len(wanted)
        tell = done or (lambda _: None)
        tell(1 - missing / max(len(texts), 1))
        with closing(self._computed(texts, wanted, progress=progress)) as computed:
            while missing and not enough():
                key, known[key] = next(computed)
                missing -= 1
                tell(1 - missing / len(texts))
                if (len(wanted) - missing) % KEPT_EVERY == 0:
                    self._keep(known)
        if missing < len(wanted) or len(known) > len(texts):
            self._keep({key: known[key] for key in texts if key in known})
        return _rows([known.get(key) for key in texts])

    def _computed(
        self, texts: Mapping[bytes, str], wanted: Collection[bytes], *, progress: bool
    ) -> Generator[tuple[bytes, Kept], None, None]:
        found = self.encoder.passages([texts[key] for key in wanted], progress=progress)
        yield from ((key, vector.astype(_KEPT_AS)) for key, vector in zip(wanted, found, strict=True))

    def _read(self) -> dict[bytes, Kept]:
        """What is kept; nothing where the file is missing or damaged, for all of it can be computed again."""
        if self._file is None:
            return dict(self._unfiled)
        if not self._file.is_file():
            return {}
        try:
            keys, rows = _unpacked(self._file)
            self._check(keys, rows)
        except (OSError, ValueError, KeyError, EOFError, NotImplementedError, MemoryError, BadZipFile):
            _LOG.warning("%s is damaged; the vectors are computed anew.", self._file)
            return {}
        return {key.tobytes(): row for key, row in zip(keys, rows, strict=True)}

    def _check(self, keys: NDArray[Any], rows: NDArray[Any]) -> None:
        """Raises ValueError for what cannot be vectors of this encoder under keys of ours."""
        fits = (
            keys.dtype == np.uint8
            and rows.dtype == _KEPT_AS
            and keys.shape == (len(rows), KEY_BYTES)
            and rows.shape == (len(keys), self.encoder.width)
        )
        if not fits or not np.isfinite(rows).all():
            raise ValueError("these are no vectors of this encoder")

    def _keep(self, known: Mapping[bytes, Kept]) -> None:
        if self._file is None:
            self._unfiled = dict(known)
            return
        if not known:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            keys = np.frombuffer(b"".join(known), dtype=np.uint8).reshape(len(known), KEY_BYTES)
            with replacing_bytes(self._file) as file:
                np.savez(file, keys=keys, vectors=np.stack(list(known.values())))
        except (OSError, OutputError) as error:
            _LOG.warning("The vectors cannot be kept and are computed again at the next start: %s", error)
            self._file, self._unfiled = None, dict(known)


def _unpacked(path: Path) -> tuple[NDArray[Any], NDArray[Any]]:
    """Keys and vectors of a file. Raises ValueError where it was packed, which might unpack to anything."""
    with path.open("rb") as file, ZipFile(file) as packed:
        if any(entry.file_size > entry.compress_size for entry in packed.infolist()):
            raise ValueError("it was packed, not by this program")
        with packed.open("keys.npy") as keys, packed.open("vectors.npy") as vectors:
            return np.load(keys, allow_pickle=False), np.load(vectors, allow_pickle=False)


def _rows(found: Sequence[Kept | None]) -> Kept:
    """The vectors below each other, zeros for those that are not there."""
    width = next((len(vector) for vector in found if vector is not None), 0)
    nothing = np.zeros(width, dtype=_KEPT_AS)
    rows = [nothing if vector is None else vector for vector in found]
    return np.stack(rows) if rows else np.zeros((0, 0), dtype=_KEPT_AS)
