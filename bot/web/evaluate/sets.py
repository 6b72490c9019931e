"""Files of an evaluator in, question sets on the shelf out: what is uploaded is checked before it is kept."""

import filecmp
import re
import secrets
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from bot.errors import OutputError, QuestionSetError
from bot.evaluation.questions import QuestionSet, load_question_set
from bot.evaluation.quoting import quoted
from bot.records import Corpus
from bot.web.evaluate.unpacking import unpacked

# The folder of the runs stands among the sets.
RUNS = "runs"
UPLOADED = (".jsonl", ".ndjson", ".csv", ".tsv", ".xlsx", ".json", ".zip")
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

    def load(self, name: str, corpus: Corpus) -> QuestionSet:
        """The questions of a set, checked against a corpus; raises QuestionSetError with line and remedy."""
        return load_question_set(self.path(name), corpus)

    def keep(self, name: str, content: BinaryIO, corpus: Corpus) -> str:
        """Checks an uploaded file and puts it on the shelf; the name that it has there.

        Raises QuestionSetError for a file that is no question set for the corpus, OutputError.
        """
        clean = _clean(name)
        try:
            with self._turn(), self._aside() as aside:
                found = aside / clean
                with found.open("xb") as file:
                    shutil.copyfileobj(content, file)
                if found.suffix.lower() == ".zip":
                    found = unpacked(found)
                load_question_set(found, corpus)
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

    def _shelved(self, found: Path) -> str:
        """Moves a checked set to a free name; the same file again stays where it is."""
        number = 1
        while True:
            name = found.name if number == 1 else f"{found.stem}-{number}{found.suffix}"
            place = self.folder / name
            if not place.exists() and name != RUNS:
                found.rename(place)
                return name
            if found.is_file() and place.is_file() and filecmp.cmp(found, place, shallow=False):
                return name
            number += 1


def _may_be_set(path: Path) -> bool:
    # A name that is not printable may not even be text, and cannot be shown.
    if path.name.startswith(".") or path.name == RUNS or not path.name.isprintable():
        return False
    return path.is_dir() or path.suffix.lower() in UPLOADED[:-1]


def _clean(name: str) -> str:
    """A file name without folders and odd signs; raises QuestionSetError for a kind that is not read."""
    last = PurePosixPath(name.replace("\\", "/")).name
    suffix = PurePosixPath(last).suffix.lower()
    if suffix not in UPLOADED:
        kinds = ", ".join(UPLOADED)
        raise QuestionSetError(f"{quoted(last)} is of a kind that cannot be read; choose a file of {kinds}.")
    stem = _UNUSUAL.sub("_", PurePosixPath(last).stem).strip(". ")[:LONGEST_NAME].encode("ascii", "ignore")
    return f"{stem.decode().strip('. ') or 'questions'}{suffix}"
