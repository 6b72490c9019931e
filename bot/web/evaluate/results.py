"""A run on the shelf in, its predictions, report, figures and questions out."""

import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path

from bot.assistant import Assistant
from bot.errors import BotError, OutputError, QuestionSetError
from bot.evaluation.contrast import contrasts
from bot.evaluation.drawing import drawn
from bot.evaluation.metrics import figures
from bot.evaluation.misses import MEANINGS, misses
from bot.evaluation.origin import origin_of
from bot.evaluation.page import as_html, templates
from bot.evaluation.predict import predict, write_predictions
from bot.evaluation.questions import QuestionSet, load_question_set
from bot.evaluation.report import as_json
from bot.evaluation.rows import Row, parsed_json
from bot.evaluation.scoring import Run, score
from bot.evaluation.slices import sliced_set
from bot.evaluation.trec_run import trec_run
from bot.evaluation.unfinished import key_of, resuming
from bot.files import write_atomically
from bot.records import Corpus
from bot.serving import Served
from bot.web.evaluate.kept import KEPT, KeptDocument, KeptQuestion, keep, kept_documents, kept_questions
from bot.web.evaluate.runs import PREDICTIONS, RunRecord, Runs
from bot.web.evaluate.worker import Job, Stopped

REPORT, REPORT_JSON, TREC_RUN, SHOWN = "report.html", "report.json", "trec-run.txt", "shown.html"
# Runs whose questions are held in memory: as many as are compared at once.
MOST_HELD = 5


class Results:
    """Carries runs out, each to its end over the documents that are served when its turn comes."""

    def __init__(self, runs: Runs, served: Served, vocabulary: Path) -> None:
        self._runs = runs
        self._served = served
        self._vocabulary = vocabulary
        self._held: OrderedDict[str, tuple[KeptQuestion, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def carry_out(self, job: Job) -> None:
        """Asks and scores a run, and keeps its state, whatever becomes of it.

        One that another server on the same folder is at is left to that one.
        """
        with ExitStack() as held:
            try:
                held.enter_context(self._runs.alone(job.run))
            except OutputError:
                return
            self._carry_out(job)

    def _carry_out(self, job: Job) -> None:
        record = self._runs.find(job.run)
        if record is None:
            return
        record = replace(record, state="running", said="")
        self._runs.save(record)
        ended = replace(record, state="failed", said="The server met a fault of its own; its log has it.")
        try:
            ended = self._carried_out(record, job)
        except Stopped as stopped:
            ended = replace(record, state="cancelled") if stopped.cancelled else record
        except BotError as error:
            ended = replace(record, state="failed", said=str(error))
        finally:
            self._runs.save(ended)

    def questions(self, record: RunRecord) -> tuple[KeptQuestion, ...]:
        """The questions of a finished run with what became of them, whatever the documents are by now.

        Raises QuestionSetError for a run of an earlier version over other documents than are served.
        """
        with self._lock:
            if record.id in self._held:
                self._held.move_to_end(record.id)
                return self._held[record.id]
        folder = self._runs.folder(record.id)
        if not (folder / KEPT).is_file():
            self._keep_anew(record)
        found = kept_questions(folder)
        with self._lock:
            self._held[record.id] = found
            while len(self._held) > MOST_HELD:
                self._held.popitem(last=False)
        return found

    def documents(self, record: RunRecord) -> Mapping[str, KeptDocument]:
        """The documents that a finished run was over; raises QuestionSetError."""
        return kept_documents(self._runs.folder(record.id))

    def forget(self, run: str) -> None:
        """Drops what is held in memory of a run."""
        with self._lock:
            self._held.pop(run, None)

    def prediction(self, record: RunRecord, place: int) -> Row:
        """What was said to the question at a place from 1; raises QuestionSetError."""
        where = f"{PREDICTIONS}, line {place}"
        with (self._runs.folder(record.id) / PREDICTIONS).open(encoding="utf-8") as file:
            line = next(islice(file, place - 1, None), "")
        value = parsed_json(where, line)
        return Row(where, value if isinstance(value, dict) else {})

    def _keep_anew(self, record: RunRecord) -> None:
        corpus = self._served.assistant.corpus
        if record.corpus != corpus.digest:
            raise QuestionSetError(
                f"The run {record.label} was made by an earlier version over other documents than are served"
                " now; its report and downloads are as they were, but its questions cannot be listed."
            )
        asked = self._asked(record, corpus)
        keep(self._scored(record, asked, corpus, baseline=False), self._runs.folder(record.id))

    def _asked(self, record: RunRecord, corpus: Corpus) -> QuestionSet:
        path = self._runs.questions(record)
        asked = load_question_set(path, corpus, keep_missing=record.keep_missing)
        return sliced_set(asked) if record.slices else asked

    def _carried_out(self, record: RunRecord, job: Job) -> RunRecord:
        assistant, out = self._served.assistant, self._runs.folder(record.id) / PREDICTIONS
        asked = self._asked(record, assistant.corpus)
        # What is measured is what patients get once all is encoded.
        assistant.encode()
        origin = origin_of(assistant.corpus, self._vocabulary, assistant.encoder, assistant.settings)
        with resuming(out, key_of(str(origin), asked.digest, str(record.depth))) as unfinished:
            rest = asked.questions[unfinished.lines :]
            found = predict(assistant, rest, depth=record.depth)
            write_predictions(_counted(found, job, unfinished.lines), unfinished.file, origin=origin)
        run = self._scored(record, asked, assistant.corpus)
        self._write(record, run, assistant)
        values = {figure.measure: figure.value for figure in figures(run.judged)}
        return replace(
            record,
            state="done",
            # A run that was taken up may have been asked anew, over the documents of today.
            corpus=assistant.corpus.digest,
            questions=asked.digest,
            count=len(asked.questions),
            figures=values,
        )

    def _scored(self, record: RunRecord, asked: QuestionSet, corpus: Corpus, *, baseline: bool = True) -> Run:
        run = score(asked, self._runs.folder(record.id) / PREDICTIONS, corpus, baseline=baseline)
        return replace(run, name=record.label)

    def _write(self, record: RunRecord, run: Run, assistant: Assistant) -> None:
        folder, found = self._runs.folder(record.id), misses(run)
        shown = templates("bot.web.evaluate", "bot.evaluation").get_template("shown.html")
        counts = Counter(miss.kind for miss in found)
        address = f"/evaluate/runs/{record.id}/questions"
        write_atomically(
            folder / SHOWN, shown.render(drawn(run), counts=counts, meanings=MEANINGS, address=address)
        )
        keep(run, folder)
        self.forget(record.id)
        beside = contrasts(assistant, run, found)
        write_atomically(folder / REPORT, as_html(run, contrasts=beside))
        write_atomically(folder / REPORT_JSON, as_json(run, contrasts=beside))
        write_atomically(folder / TREC_RUN, "".join(trec_run(run)))


def _counted(predictions: Iterable[dict[str, object]], job: Job, done: int) -> Iterator[dict[str, object]]:
    job.count(done)
    for count, prediction in enumerate(predictions, done + 1):
        yield prediction
        job.count(count)
