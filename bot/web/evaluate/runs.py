"""The runs of evaluators on disk: what was asked, how far it came, which figures came out."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from bot.errors import OutputError, QuestionSetError
from bot.evaluation.metrics import EARLIER_NAMES
from bot.evaluation.rows import Row, parsed_json
from bot.files import alone, write_atomically

RunState = Literal["waiting", "running", "done", "cancelled", "failed"]
PREDICTIONS = "predictions.jsonl"
_RECORD = "run.json"
_SET = "set"
_ID = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9]{6}")
# Documents of a collection are not questions, and may be large.
_NOT_COPIED = shutil.ignore_patterns("corpus.jsonl", ".*")


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run: `asked` is the set's file name, `label` what the evaluator calls the run.

    `corpus` and `questions` are digests: runs with the same two are over the same. With `keep_missing`
    answers that the documents do not have are left out. `said` tells why a run failed; `figures` has the
    value of each measure, None where it applies to no question.
    """

    id: str
    label: str
    asked: str
    slices: bool
    depth: int
    corpus: str
    questions: str
    count: int
    began: str
    state: RunState = "waiting"
    said: str = ""
    notes: tuple[str, ...] = ()
    keep_missing: bool = False
    figures: Mapping[str, float | None] = field(default_factory=dict)


def new_id() -> str:
    """A name for a run that sorts by time."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"


class Runs:
    """The folder of runs, each in a folder of its own with all that it depends on and all that it gave."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, record: RunRecord, questions: Path) -> None:
        """Keeps a new run with a copy of its question set; raises OutputError."""
        place = self.folder(record.id) / _SET / questions.name
        try:
            place.parent.mkdir(parents=True)
            if questions.is_dir():
                shutil.copytree(questions, place, ignore=_NOT_COPIED)
            else:
                shutil.copyfile(questions, place)
        except OSError as error:
            reason = error.strerror or "the system gave no reason"
            raise OutputError(f"The run cannot be kept ({reason}); ask the operator.") from error
        self.save(record)

    def save(self, record: RunRecord) -> None:
        """Writes what is known of a run; raises OutputError."""
        write_atomically(self.folder(record.id) / _RECORD, json.dumps(asdict(record), indent=1) + "\n")

    @contextmanager
    def alone(self, run: str) -> Iterator[None]:
        """Keeps every other process from the run; raises OutputError where one is at it already."""
        with alone(self.folder(run) / _RECORD, wait=0.0):
            yield

    def is_held(self, run: str) -> bool:
        """Whether somebody is at the run, this process or another."""
        try:
            with self.alone(run):
                return False
        except OutputError:
            return True

    def find(self, run: str) -> RunRecord | None:
        """The run of this name; None for any other text. Raises QuestionSetError for a damaged record."""
        if not _ID.fullmatch(run) or not (self.folder(run) / _RECORD).is_file():
            return None
        return _record(self.folder(run) / _RECORD)

    def all(self) -> tuple[RunRecord, ...]:
        """Every run, the newest first; a damaged record stands as a failed run that says so."""
        if not self._folder.is_dir():
            return ()
        names = sorted(
            (path.name for path in self._folder.iterdir() if _ID.fullmatch(path.name)), reverse=True
        )
        return tuple(record for name in names if (record := self.listed(name)) is not None)

    def folder(self, run: str) -> Path:
        """Where the files of a run are."""
        return self._folder / run

    def questions(self, record: RunRecord) -> Path:
        """The copy of the question set."""
        return self.folder(record.id) / _SET / record.asked

    def listed(self, run: str) -> RunRecord | None:
        """The run of this name, a damaged record as a failed run that says so; None for any other text."""
        try:
            return self.find(run)
        except QuestionSetError as error:
            nothing = RunRecord(run, "damaged", "", False, 0, "", "", 0, "")
            return replace(nothing, state="failed", said=str(error))


def _record(path: Path) -> RunRecord:
    where = f"{path.parent.name}/{path.name}"
    try:
        value = parsed_json(where, path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionSetError(f"{where} cannot be read; delete the folder or restore it.") from error
    if not isinstance(value, dict):
        raise QuestionSetError(f"{where} is no record of a run; delete the folder or restore it.")
    row = Row(where, value)
    state: RunState = next((known for known in get_args(RunState) if known == row.text("state")), "failed")
    figures = value.get("figures")
    return RunRecord(
        id=path.parent.name,
        label=row.text("label"),
        asked=row.text("asked"),
        slices=value.get("slices") is True,
        depth=row.integer("depth"),
        corpus=row.text("corpus"),
        questions=row.text("questions"),
        count=row.integer("count"),
        began=row.text("began"),
        state=state,
        said=str(value.get("said") or ""),
        notes=row.texts("notes"),
        keep_missing=value.get("keep_missing") is True,
        figures=_figures(figures if isinstance(figures, dict) else {}),
    )


def _figures(values: Mapping[str, object]) -> dict[str, float | None]:
    return {
        EARLIER_NAMES.get(name, name): float(value) if isinstance(value, int | float) else None
        for name, value in values.items()
    }
