"""A folder in, a corpus out: every document that can be read, and a sentence on every one that cannot."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

from bot.errors import CorpusError, DocumentError
from bot.records import Corpus, Document, Problem

# The module of each format is imported when the first such file is met: a parser costs a start dearly.
_READERS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
}
_VOCABULARY = ".tsv"
_FORMATS = ".txt, .md, .html, .pdf or .docx"
# Reading that takes longer than this shows a progress bar.
_SECONDS_BEFORE_PROGRESS = 2.0
_REASONS_SHOWN = 3

Reader = Callable[[Path, str], Document]


def read_corpus(folder: Path, *, progress: bool = False) -> Corpus:
    """Reads every document under a folder. Raises CorpusError where there is nothing to serve."""
    problems: list[Problem] = []
    documents: list[Document] = []
    files = tuple(_files(folder, problems))
    for path in _with_progress(files, shown=progress):
        doc = path.relative_to(folder).as_posix()
        try:
            documents.append(_read(path, doc))
        except DocumentError as error:
            problems.append(Problem(doc, f"{_printable(doc)} was left out: {error}."))
    if not documents:
        raise CorpusError(_nothing_readable(folder, problems))
    documents.sort(key=lambda document: document.id)
    return Corpus(tuple(documents), digest_of(documents), tuple(problems))


def read_again(folder: Path, doc: str) -> Document | None:
    """One document of a folder as its file is now; None where it is gone or cannot be read."""
    path = folder / doc
    try:
        return _read(path, doc) if _stays_inside(path, folder.resolve()) else None
    except (DocumentError, OSError):
        return None


def corpus_files(folder: Path) -> tuple[Path, ...]:
    """The files that `read_corpus` would read, in order. Raises CorpusError without such a folder."""
    return tuple(_files(folder, []))


def _files(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """The files of a folder and those below it, in order; closed ones are noted. Raises CorpusError."""
    name = _printable(str(folder))
    if not folder.exists():
        raise CorpusError(f"The folder {name} does not exist; name a folder that holds {_FORMATS} files.")
    if not folder.is_dir():
        raise CorpusError(f"{name} is not a folder; name the folder that holds the documents.")

    def note(error: OSError) -> None:
        place = Path(error.filename)
        reason = f"cannot be read ({error.strerror or 'no reason given'}); check its permissions."
        if place == folder:
            raise CorpusError(f"The folder {name} {reason}")
        inner = place.relative_to(folder).as_posix()
        problems.append(Problem(inner, f"The folder {_printable(inner)} {reason}"))

    root = folder.resolve()
    for place, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(folder_name for folder_name in folders if not folder_name.startswith("."))
        for file_name in sorted(names):
            path = Path(place, file_name)
            if (
                not file_name.startswith(".")
                and path.suffix.lower() != _VOCABULARY
                and _stays_inside(path, root)
            ):
                yield path


def _stays_inside(path: Path, root: Path) -> bool:
    """Whether a path is no link out of the folder and names something that can be read to its end."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return target.is_relative_to(root) and target.is_file()


def _read(path: Path, doc: str) -> Document:
    module = _READERS.get(path.suffix.lower())
    if module is None:
        raise DocumentError(f"it is of a kind that cannot be read; save it as {_FORMATS}")
    try:
        doc.encode()
    except UnicodeEncodeError as error:
        raise DocumentError("its name is not valid Unicode; rename it") from error
    reader: Reader = import_module(f"bot.reading.{module}").read
    return reader(path, doc)


def _with_progress(files: Sequence[Path], *, shown: bool) -> Iterable[Path]:
    if not shown:
        return files
    from tqdm import tqdm

    return tqdm(files, desc="Reading", unit="file", delay=_SECONDS_BEFORE_PROGRESS, leave=False)


def _nothing_readable(folder: Path, problems: Sequence[Problem]) -> str:
    name = _printable(str(folder))
    if not problems:
        return f"The folder {name} holds no documents; put {_FORMATS} files into it."
    reasons = " ".join(problem.sentence for problem in problems[:_REASONS_SHOWN])
    more = len(problems) - _REASONS_SHOWN
    rest = f" The same goes for {more} more." if more > 0 else ""
    return f"Nothing in the folder {name} can be read: {reasons}{rest}"


def _printable(name: str) -> str:
    """A file's name without characters that could steer a terminal or break a line."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name)


def digest_of(documents: Iterable[Document]) -> str:
    """What `Corpus.digest` is with these documents, in order."""
    digest = hashlib.sha256()
    for document in documents:
        digest.update(f"{document.id}\0{document.digest}\n".encode())
    return digest.hexdigest()
