"""A folder in, a corpus out: every document that can be read, and a sentence on every one that cannot."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from bot.errors import CorpusError
from bot.files import store_folder
from bot.library.folder import source, sources
from bot.library.kept import KeptReadings
from bot.library.reading import FORMATS, Reading, printable
from bot.library.readings import readings
from bot.passages import passages
from bot.records import Corpus, Document, Problem

# Reading that takes longer than this shows a progress bar.
_SECONDS_BEFORE_PROGRESS = 2.0
_REASONS_SHOWN = 3

One = TypeVar("One")


def read_corpus(folder: Path, *, progress: bool = False) -> Corpus:
    """Reads every document under a folder. Raises CorpusError where there is nothing to serve."""
    problems: list[Problem] = []
    files = tuple(sources(folder, problems))
    kept = KeptReadings(store_folder(folder))
    read: list[tuple[Document, Reading]] = []
    for file, reading in _with_progress(readings(files, kept), total=len(files), shown=progress):
        if reading.document is None:
            problems.append(Problem(file.doc, f"{printable(file.doc)} was left out: {reading.refusal}."))
        else:
            read.append((reading.document, reading))
    kept.drop_others()
    if not read:
        raise CorpusError(_nothing_readable(folder, problems))
    read.sort(key=lambda one: one[0].id)
    documents = tuple(document for document, _ in read)
    return Corpus(
        documents,
        _digest(documents),
        tuple(sorted(problems, key=lambda problem: problem.file)),
        passages((document, reading.cuts) for document, reading in read),
    )


def read_again(folder: Path, doc: str) -> Document | None:
    """One document of a folder as its file is now; None where it is gone or cannot be read."""
    file = source(folder, doc)
    if file is None:
        return None
    found = readings((file,), KeptReadings(store_folder(folder)))
    return next((reading.document for _, reading in found), None)


def _with_progress(found: Iterator[One], *, total: int, shown: bool) -> Iterable[One]:
    if not shown:
        return found
    from tqdm import tqdm

    return tqdm(
        found,
        desc="Reading",
        total=total,
        unit="file",
        delay=_SECONDS_BEFORE_PROGRESS,
        leave=False,
        disable=None,
    )


def _nothing_readable(folder: Path, problems: Sequence[Problem]) -> str:
    name = printable(str(folder))
    if not problems:
        return f"The folder {name} holds no documents; put {FORMATS} files into it."
    reasons = " ".join(problem.sentence for problem in problems[:_REASONS_SHOWN])
    more = len(problems) - _REASONS_SHOWN
    rest = f" The same goes for {more} more." if more > 0 else ""
    return f"Nothing in the folder {name} can be read: {reasons}{rest}"


def _digest(documents: Sequence[Document]) -> str:
    digest = hashlib.sha256()
    for document in documents:
        digest.update(f"{document.id}\0{document.digest}\n".encode())
    return digest.hexdigest()
