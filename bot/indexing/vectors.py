"""The vectors of an index, beside it on disk: opened with it, whole or not at all."""

import json
import logging
import secrets
import shutil
from pathlib import Path

import numpy as np

from bot.errors import OutputError
from bot.files import write_atomically
from bot.index.arrays import ArrayFolder, checksums
from bot.indexing.kept import MANIFEST, UNUSABLE, VECTORS, KeptIndex, check_files
from bot.library.kept import version
from bot.meaning import CorpusVectors, Encoder, Stayed

_LOG = logging.getLogger(__name__)
# Vectors are another program's if what is encoded of a passage, or how they are laid out, is another.
_MADE_BY = tuple(f"meaning/{name}.py" for name in ("encoder", "likeness", "nearest", "texts"))
_NAME_DIGITS = 16


def kept_vectors(index: KeptIndex, encoder: Encoder) -> CorpusVectors | None:
    """The vectors of an index by this encoder; None where they are not there or cannot be used."""
    folder = _place(index, encoder)
    if not folder.is_dir():
        return None
    try:
        check_files(folder)
        return CorpusVectors.from_arrays(ArrayFolder(folder).get_all("vectors"), index.fields, encoder)
    except UNUSABLE as error:
        _LOG.warning("The vectors in %s cannot be used (%s); they are computed anew.", folder, error)
        return None


def keep_vectors(index: KeptIndex, vectors: CorpusVectors) -> None:
    """Put the vectors of an index beside it, where that can be done."""
    folder = _place(index, vectors.encoder)
    beside = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.part")
    try:
        beside.mkdir()
        ArrayFolder(beside).put_all("vectors", vectors.arrays())
        write_atomically(beside / MANIFEST, json.dumps({"files": checksums(beside)}))
        # Those that could not be used are in the way.
        shutil.rmtree(folder, ignore_errors=True)
        beside.rename(folder)
    except (OSError, OutputError) as error:
        # Another process has put them there, or another index has taken this one's place.
        _LOG.info("The vectors are not kept in %s: %s", folder, error)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def stayed(index: KeptIndex, before: KeptIndex, vectors: CorpusVectors | None) -> Stayed | None:
    """Which documents are as they were in the index `before`, and by what its `vectors` knew their texts."""
    if vectors is None:
        return None
    there, places = {doc: place for place, doc in enumerate(before.shelf.ids)}, []
    for own, doc in enumerate(index.shelf.ids):
        place = there.get(doc, -1)
        # Whether a title tells anything hangs on other documents too.
        same = place >= 0 and index.analysed.telling[own] == before.analysed.telling[place]
        same = same and np.array_equal(index.shelf.content(own), before.shelf.content(place))
        places.append(place if same else -1)
    return Stayed(vectors.keys, before.fields.first, np.array(places, dtype=np.intp))


def _place(index: KeptIndex, encoder: Encoder) -> Path:
    return index.folder / f"{VECTORS}{encoder.digest[:_NAME_DIGITS]}-{version(_MADE_BY)[:_NAME_DIGITS]}"
