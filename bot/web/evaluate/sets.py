"""Files of an evaluator in, question sets on the shelf out: what is uploaded is checked before it is kept."""

import filecmp
import re
import secrets
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from bot.errors import OutputError, QuestionSetError
from bot.evaluation.formats.kinds import READERS
from bot.evaluation.questions import QuestionSet, load_question_set
from bot.evaluation.quoting import quoted
from bot.evaluation.rows import PACKED
from bot.files import write_atomically
from bot.records import Corpus
from bot.web.evaluate.judged_set import plain_set
from bot.web.evaluate.unpacking import unpacked

# The folder of the runs stands among the sets.
RUNS = "runs"
LISTED = tuple(READERS)
PACKING = (PACKED, ".zip")
UPLOADED = (*LISTED, *PACKING)
# File systems end at 255 bytes; a number and an ending must still fit.
LONGEST_NAME = 60
# Each that is checked may take a process's memory and, while its answers are looked for, a core.
CHECKED_AT_ONCE = 2
_UNUSUAL = re.compile(r"[^\w.\- ]+")


class Sets:
    """The question sets in a folder: what the operator put there and what was uploaded."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._naming = threading.Lock()
        self._checking = threading.BoundedSemaphore(CHECKED_AT_ONCE)

    def names(self) -> tuple[str, ...]:
        """Every file and folder that may be a question set, in order."""
        return tuple(sorted(path.name for path in self.folder.iterdir() if _may_be_set(path)))

    def path(self, name: str) -> Path:
        """Where a set is. A name is only ever compared with those there are. Raises QuestionSetError."""
        for path in self.folder.iterdir():
            if path.name == name and _may_be_set(path):
                return path
        raise QuestionSetError(f"There is no question set {quoted(name)}; choose one from the list.")

    def load(self, name: str, corpus: Corpus, *, keep_missing: bool = False) -> QuestionSet:
        """The questions of a set, checked against a corpus; raises QuestionSetError with line and remedy.

        With `keep_missing` answers that the corpus does not have are left out.
        """
        return load_question_set(self.path(name), corpus, keep_missing=keep_missing)

    def keep(
        self,
        name: str,
        content: BinaryIO,
        corpus: Corpus,
        *,
        keep_missing: bool = False,
        columns: Mapping[str, str] | None = None,
    ) -> str:
        """Checks an uploaded file and puts it on the shelf; the name that it has there.

        A table whose `columns` were named becomes JSON Lines, which need no such names. Raises
        QuestionSetError for a file that is no question set for the corpus, OutputError.
        """
        clean = _clean(name)
        try:
            with self._turn(), self._aside() as aside:
                found = aside / clean
                with found.open("xb") as file:
                    shutil.copyfileobj(content, file)
                if found.suffix.lower() in PACKING:
                    found = unpacked(found)
                asked = load_question_set(found, corpus, keep_missing=keep_missing, columns=columns)
                if columns:
                    found = found.with_suffix(".jsonl")
                    documents = {document.id: document for document in corpus.documents}
                    write_atomically(found, "".join(plain_set(asked.questions, documents)))
                with self._naming:
                    return self._shelved(found)
        except OSError as error:
            reason = error.strerror or "the system gave no reason"
            raise OutputError(f"{quoted(clean)} cannot be kept ({reason}); ask the operator.") from error

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Raises OutputError where others are being checked: whoever waited would keep patients waiting."""
        if not self._checking.acquire(blocking=False):
            raise OutputError("Other files are being checked just now; send this one again in a minute.")
        try:
            yield
        finally:
            self._checking.release()

    @contextmanager
    def _aside(self) -> Iterator[Path]:
        aside = self.folder / f".upload-{secrets.token_hex(8)}"
        aside.mkdir()
        try:
            yield aside
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def put_back(self, name: str, move: Callable[[Path], None]) -> str:
        """Has a set moved to a free name; the name."""
        with self._naming:
            place = next(place for place in self._places(Path(name)) if not place.exists())
            move(place)
        return place.name

    def _shelved(self, found: Path) -> str:
        """Moves a checked set to a free name; the same file again stays where it is."""
        place = next(place for place in self._places(found) if not place.exists() or _same(found, place))
        if not place.exists():
            found.rename(place)
        return place.name

    def _places(self, found: Path) -> Iterator[Path]:
        """Where a set of this name may lie, with a number where the name is taken."""
        for number in count(1):
            name = found.name if number == 1 else f"{found.stem}-{number}{found.suffix}"
            if name != RUNS:
                yield self.folder / name


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)


def _may_be_set(path: Path) -> bool:
    # A name that is not printable may not even be text, and cannot be shown.
    if path.name.startswith(".") or path.name == RUNS or not path.name.isprintable():
        return False
    return path.is_dir() or path.suffix.lower() in (*LISTED, PACKED)


def _clean(name: str) -> str:
    """A file name without folders and odd signs; raises QuestionSetError for a kind that is not read."""
    last = PurePosixPath(name.replace("\\", "/")).name
    suffix = PurePosixPath(last).suffix.lower()
    if suffix == PACKED:
        return f"{_clean(PurePosixPath(last).stem)}{suffix}"
    if suffix not in UPLOADED:
        kinds = ", ".join(UPLOADED)
        raise QuestionSetError(f"{quoted(last)} is of a kind that cannot be read; choose a file of {kinds}.")
    stem = _UNUSUAL.sub("_", PurePosixPath(last).stem).strip(". ")[:LONGEST_NAME].encode("ascii", "ignore")
    return f"{stem.decode().strip('. ') or 'questions'}{suffix}"
