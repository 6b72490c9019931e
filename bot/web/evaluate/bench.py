"""All that the evaluators' page stands on, wired once at the start."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from bot.errors import OutputError, QuestionSetError, SettingsError
from bot.evaluation.quoting import quoted
from bot.evaluation.slices import sliced_set
from bot.files import write_atomically
from bot.library import VOCABULARY_FILE
from bot.serving import Served
from bot.web.evaluate.access import Access
from bot.web.evaluate.comparing import Entrant
from bot.web.evaluate.judgements import Judgement, Judgements
from bot.web.evaluate.refused import Refused
from bot.web.evaluate.results import Results
from bot.web.evaluate.runs import RunRecord, Runs, RunState, new_id
from bot.web.evaluate.sets import RUNS, Sets
from bot.web.evaluate.trash import Deleted, Trash
from bot.web.evaluate.verdicts import VerdictLog
from bot.web.evaluate.worker import Progress, Worker

# Where judgements from the chat go unless the evaluator chose a set.
JUDGEMENTS = "judgements.jsonl"
_CHOICE = ".judged-into"
_VERDICTS = ".verdicts.jsonl"
_SET_NAME = re.compile(r"\w[\w.\- ]{0,60}\.jsonl", re.ASCII)
LONGEST_LABEL = 80
DEEPEST = 100
MOST_COMPARED = 5
MOST_OFFERED = 30
NO_RUN = "There is no such run; go back to the list of runs."


@dataclass(frozen=True, slots=True)
class Standing:
    """A run with how far it is; one that nobody carries out any more was interrupted."""

    record: RunRecord
    progress: Progress | None

    @property
    def state(self) -> RunState | Literal["interrupted"]:
        """What became of it so far."""
        if self.record.state in ("waiting", "running") and self.progress is None:
            return "interrupted"
        return self.record.state

    @property
    def under_way(self) -> bool:
        """Whether there is something to wait for."""
        return self.state in ("waiting", "running")


class Bench:
    """Sets, runs and judgements in one folder, over the documents that are served.

    These may change at any time: each run and each page is over one state of them.
    """

    def __init__(self, served: Served, folder: Path, *, vocabulary: Path, access: Access) -> None:
        self.access = access
        self.served = served
        self.folder = folder
        self.sets = Sets(folder)
        self.runs = Runs(folder / RUNS)
        self.results = Results(self.runs, served, vocabulary)
        self.worker = Worker(self.results.carry_out)
        self.verdicts = VerdictLog(folder / _VERDICTS)
        self.trash = Trash(folder)
        self._judgements = Judgements(served)

    @classmethod
    def open(cls, served: Served, folder: Path, *, corpus: Path, access: Access) -> "Bench":
        """The bench in a folder, which is made; raises SettingsError for one that cannot be used."""
        if folder.resolve().is_relative_to(corpus.resolve()):
            raise SettingsError(
                f"The evaluations cannot be kept in {folder}: what lies in the corpus folder is quoted to"
                " patients; name another folder with --evaluations."
            )
        try:
            (folder / RUNS).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or "the system gave no reason"
            raise SettingsError(
                f"The folder {folder} cannot be made ({reason}); name another with --evaluations."
            ) from error
        return cls(served, folder, vocabulary=corpus / VOCABULARY_FILE, access=access)

    def standing(self, run: str) -> Standing | None:
        """A run and how far it is; None if there is no such run."""
        progress = self.worker.progress(run)
        record = self.runs.find(run)
        return None if record is None else Standing(record, progress)

    def standings(self) -> tuple[Standing, ...]:
        """Every run, the newest first."""
        return tuple(Standing(record, self.worker.progress(record.id)) for record in self.runs.all())

    def standing_of(self, run: str) -> Standing:
        """A run; raises Refused where there is none."""
        found = self.standing(run)
        if found is None:
            raise Refused(404, NO_RUN)
        return found

    def finished(self, run: str) -> RunRecord:
        """A run that came to its end; raises Refused for another."""
        standing = self.standing_of(run)
        if standing.state != "done":
            raise Refused(409, "This run has not come to its end; wait for it or take it up again.")
        return standing.record

    def begin(
        self, name: str, *, label: str, slices: bool, depth: int, keep_missing: bool = False
    ) -> RunRecord:
        """Checks a set and lines a run over it up; raises QuestionSetError, OutputError.

        With `keep_missing` answers that the documents do not have are left out.
        """
        corpus = self.served.assistant.corpus
        asked = self.sets.load(name, corpus, keep_missing=keep_missing)
        if slices:
            asked = sliced_set(asked)
        run = new_id()
        record = RunRecord(
            id=run,
            label=_printable(label)[:LONGEST_LABEL].strip() or name,
            asked=name,
            slices=slices,
            depth=min(max(depth, 0), DEEPEST),
            corpus=corpus.digest,
            questions=asked.digest,
            count=len(asked.questions),
            began=f"{run[:4]}-{run[4:6]}-{run[6:8]} {run[9:11]}:{run[11:13]} UTC",
            notes=asked.notes,
            keep_missing=keep_missing,
        )
        self.runs.add(record, self.sets.path(name))
        return self.take_up(record)

    def take_up(self, record: RunRecord) -> RunRecord:
        """Lines up a new run, or one that ended early, to go on where it stopped; raises OutputError."""
        if self.runs.is_held(record.id):
            raise OutputError("Another server on the same folder is at this run; wait until it has ended.")
        waiting = replace(record, state="waiting", said="")
        self.runs.save(waiting)
        if not self.worker.add(record.id, record.count):
            self.runs.save(replace(record, state="cancelled"))
            raise OutputError("Too many runs wait already; start this one again when some have ended.")
        return waiting

    def cancel(self, record: RunRecord) -> None:
        """Ends a run that waits or is under way; raises OutputError."""
        if self.worker.cancel(record.id):
            self.runs.save(replace(record, state="cancelled"))

    def comparable(self, record: RunRecord) -> tuple[RunRecord, ...]:
        """The latest other finished runs, those over the same questions and documents first."""
        others = [other for other in self.runs.all() if other.id != record.id and other.state == "done"]
        nearness = {other.id: self.nearness(record, other) for other in others}
        # The order of time stays within each.
        return tuple(sorted(others, key=lambda other: nearness[other.id]))[:MOST_OFFERED]

    @staticmethod
    def nearness(record: RunRecord, other: RunRecord) -> int:
        """0 for runs over the same questions and documents, 1 for those over the same set, else 2."""
        if (other.questions, other.corpus) == (record.questions, record.corpus):
            return 0
        return 1 if (other.asked, other.slices) == (record.asked, record.slices) else 2

    def entrant(self, record: RunRecord) -> Entrant:
        """A finished run as it is compared; raises QuestionSetError."""
        return Entrant(record, self.results.questions(record), self.results.documents(record))

    def delete_set(self, name: str) -> Deleted:
        """Throws a set into the trash; runs have their own copy. Raises QuestionSetError, OutputError."""
        return self.trash.throw(self.sets.path(name), "set", name)

    def delete_run(self, run: str) -> Deleted:
        """Throws a run, even a damaged one, into the trash.

        Raises Refused where there is none, QuestionSetError for one under way, and OutputError.
        """
        record = self.runs.listed(run)
        if record is None:
            raise Refused(404, NO_RUN)
        if self.worker.progress(record.id) is not None:
            raise QuestionSetError("This run is under way; stop it first.")
        self.results.forget(record.id)
        return self.trash.throw(self.runs.folder(record.id), "run", record.label)

    def put_back(self, deleted: Deleted) -> str:
        """Takes something out of the trash; the name that it has now. Raises OutputError."""
        if deleted.kind == "run":
            self.trash.put_back(deleted, self.runs.folder(deleted.path))
            return deleted.path
        return self.sets.put_back(deleted.path, lambda place: self.trash.put_back(deleted, place))

    @property
    def judged_into(self) -> str:
        """The question set that judgements from the chat go to."""
        try:
            name = (self.folder / _CHOICE).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return JUDGEMENTS
        return name if _SET_NAME.fullmatch(name) else JUDGEMENTS

    def judge_into(self, name: str) -> None:
        """Chooses the set for judgements, which need not be there yet; raises QuestionSetError."""
        if not _SET_NAME.fullmatch(name):
            raise QuestionSetError(
                f"{quoted(name)} cannot name a set for judgements; use letters and digits,"
                " and end it in .jsonl."
            )
        write_atomically(self.folder / _CHOICE, f"{name}\n")

    def judge(self, judgement: Judgement) -> str:
        """Keeps a judgement and says what was done; raises QuestionSetError, OutputError."""
        return self._judgements.add(judgement, self.folder / self.judged_into)

    def close(self) -> None:
        """Ends the run under way, to be taken up after the next start."""
        self.worker.close()


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())
