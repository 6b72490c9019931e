"""A folder in, a corpus out: every document that can be read, and a sentence on every one that cannot."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.errors import CorpusError
from bot.files import store_folder
from bot.library.folder import Source, file_of, sources
from bot.library.kept import KeptReadings
from bot.library.reading import FORMATS, Reading, printable
from bot.library.readings import readings
from bot.progress import bar
from bot.records import Corpus, Document, Problem

_REASONS_SHOWN = 3


def read_corpus(folder: Path, *, progress: bool = False) -> Corpus:
    """Reads every document under a folder. Raises CorpusError where there is nothing to serve."""
    problems: list[Problem] = []
    files = tuple(sources(folder, problems))
    kept = KeptReadings(store_folder(folder))
    documents: list[Document] = []
    found = readings(files, kept)
    for file, reading in bar(found, doing="Reading", unit="file", total=len(files), shown=progress):
        if reading.document is None:
            problems.append(refusal(file, reading))
        else:
            documents.append(reading.document)
    kept.drop_others()
    problems.sort(key=lambda problem: problem.file)
    if not documents:
        raise CorpusError(nothing_readable(folder, problems))
    documents.sort(key=lambda document: document.id)
    return Corpus(tuple(documents), digest_of(documents), tuple(problems))


def read_again(folder: Path, doc: str) -> Document | None:
    """One document of a folder as its file is now; None where it is gone or cannot be read."""
    path = file_of(folder, doc)
    if path is None:
        return None
    found = readings((Source(path, doc),), KeptReadings(store_folder(folder)))
    return next((reading.document for _, reading in found), None)


def refusal(file: Source, reading: Reading) -> Problem:
    """What is told of a file that was left out."""
    return Problem(file.doc, f"{printable(file.doc)} was left out: {reading.refusal}.")


def nothing_readable(folder: Path, problems: Sequence[Problem]) -> str:
    """What is told of a folder without a document that can be read."""
    name = printable(str(folder))
    if not problems:
        return f"The folder {name} holds no documents; put {FORMATS} files into it."
    reasons = " ".join(problem.sentence for problem in problems[:_REASONS_SHOWN])
    more = len(problems) - _REASONS_SHOWN
    rest = f" The same goes for {more} more." if more > 0 else ""
    return f"Nothing in the folder {name} can be read: {reasons}{rest}"


def digest_of(documents: Iterable[Document]) -> str:
    """What `Corpus.digest` is with these documents, in order."""
    digest = hashlib.sha256()
    for document in documents:
        digest.update(f"{document.id}\0{document.digest}\n".encode())
    return digest.hexdigest()
