"""What evaluators see: sets, runs, questions beside their gold, comparisons, downloads."""

from collections import Counter
from collections.abc import Mapping

from fastapi.responses import FileResponse, HTMLResponse, Response
from markupsafe import Markup

from bot.errors import QuestionSetError
from bot.evaluation.faults import SetFaultsError
from bot.evaluation.metrics import MEASURES
from bot.evaluation.misses import MEANINGS
from bot.evaluation.page import templates
from bot.evaluation.questions import QuestionSet
from bot.web.evaluate import verdicts
from bot.web.evaluate.bench import DEEPEST, MOST_COMPARED, Bench, Standing
from bot.web.evaluate.blank import blank_table
from bot.web.evaluate.comparing import compared
from bot.web.evaluate.incoming import whole_number
from bot.web.evaluate.listing import JUDGED, RIGHT, wanted_of
from bot.web.evaluate.refused import Refused
from bot.web.evaluate.results import REPORT, REPORT_JSON, SHOWN, TREC_RUN
from bot.web.evaluate.review import Review
from bot.web.evaluate.runs import PREDICTIONS
from bot.web.evaluate.sets import UPLOADED
from bot.web.evaluate.trash import DAYS

# What a run gives away: the file, its type, and what it is.
DOWNLOADS = {
    REPORT: ("text/html; charset=utf-8", "Download the report (HTML)"),
    REPORT_JSON: ("application/json", "Download every figure and record (JSON)"),
    PREDICTIONS: ("application/x-ndjson", "Download the predictions (JSON Lines)"),
    TREC_RUN: ("text/plain; charset=utf-8", "Download the rankings (TREC run)"),
}
# Tables to fill in, with their types.
TEMPLATES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# The figures in the list of runs, with what they cost to read.
LISTED = ("hit@1", "hit@3", "helped", "characters", "refused")
# More sentences than these are no list to read.
MOST_LISTED, MOST_FAULTS = 30, 500
# The columns of a table that can be named, the rarer ones by the command line alone.
COLUMNS = {
    "question": "the questions",
    "answer": "the right answers",
    "doc": "the documents' file names",
    "kind": "the kinds",
    "id": "the ids",
    "history": "the earlier questions",
}
OUTCOMES = {
    "answered": "given an answer",
    "related": "told that there is no direct answer, and shown what is near",
    "none": "told that the documents do not answer",
}


class Pages:
    """The templates, each filled with what it shows."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._review = Review(bench)
        self._templates = templates("bot.web.evaluate", "bot.evaluation")

    def page(self, name: str, status: int = 200, **values: object) -> HTMLResponse:
        """One page."""
        return HTMLResponse(self._templates.get_template(f"{name}.html").render(values), status)

    def refused(self, error: Exception, status: int) -> HTMLResponse:
        """What is not done, and why: every sentence that there is on it."""
        sentences = error.sentences if isinstance(error, SetFaultsError) else (str(error),)
        told, more = sentences[:MOST_FAULTS], len(sentences[MOST_FAULTS:])
        return self.page("refused", status, sentences=told, more=more, count=len(sentences))

    def home(self) -> HTMLResponse:
        """The sets, the runs, what was deleted, and where judgements go."""
        names = self._bench.sets.names()
        return self.page(
            "home",
            sets=names,
            uploaded=",".join(UPLOADED),
            judgeable=sorted({name for name in names if name.endswith(".jsonl")} | {self._bench.judged_into}),
            judged_into=self._bench.judged_into,
            standings=self._bench.standings(),
            listed=LISTED,
            deleted=self._bench.trash.all(),
            days=DAYS,
            columns=COLUMNS,
        )

    def set(self, name: str) -> HTMLResponse:
        """What is in a set, what of it does not fit the documents, and the form that starts a run."""
        corpus, faults = self._bench.served.assistant.corpus, tuple[str, ...]()
        try:
            asked = self._bench.sets.load(name, corpus)
        except SetFaultsError as error:
            faults = error.sentences
            asked = self._without_missing(name)
        kinds = Counter(question.kind for question in asked.questions)
        return self.page(
            "set",
            asked=asked,
            kinds=kinds,
            deepest=DEEPEST,
            faults=faults[:MOST_FAULTS],
            more=len(faults[MOST_FAULTS:]),
            answerable=sum(question.answerable for question in asked.questions),
            unjudged=sum(not question.counted for question in asked.questions),
        )

    def _without_missing(self, name: str) -> QuestionSet:
        """A set without answers that are not in the documents; raises QuestionSetError for other faults."""
        return self._bench.sets.load(name, self._bench.served.assistant.corpus, keep_missing=True)

    def run(self, run: str) -> HTMLResponse:
        """How far a run is, or what came out."""
        standing = self._bench.standing_of(run)
        shown = self._bench.runs.folder(run) / SHOWN
        done = standing.state == "done" and shown.is_file()
        offered = self._bench.comparable(standing.record) if done else ()
        return self.page(
            "run",
            standing=standing,
            run=standing.record,
            # It was filled by this program's own template, in which everything is escaped.
            shown=Markup(shown.read_text("utf-8")) if done else "",  # noqa: S704
            comparable=[(other, self._bench.nearness(standing.record, other)) for other in offered],
            judging=self._judging(standing) if done else None,
            verdict_meanings=verdicts.MEANINGS,
            most=MOST_COMPARED,
            downloads=DOWNLOADS,
        )

    def _judging(self, standing: Standing) -> object:
        try:
            return self._review.judging(standing.record)
        except QuestionSetError:
            # A run of an earlier version over other documents still has its figures to show.
            return None

    def questions(self, run: str, values: Mapping[str, str]) -> HTMLResponse:
        """The questions of a run that fit what is looked for, a page of them."""
        record, wanted = self._bench.finished(run), wanted_of(values)
        listing, kinds = self._review.listed(record, wanted, whole_number(values.get("page", "1")))
        return self.page(
            "questions",
            run=record,
            listing=listing,
            wanted=wanted,
            kinds=kinds,
            outcomes=OUTCOMES,
            rights=tuple(RIGHT),
            misses=tuple(MEANINGS),
            judged=JUDGED,
        )

    def question(self, run: str, place: int, values: Mapping[str, str]) -> HTMLResponse:
        """One question beside its gold."""
        record, wanted = self._bench.finished(run), wanted_of(values)
        return self.page(
            "question",
            run=record,
            looked=self._review.looked_into(record, place),
            steps=self._review.steps(record, wanted, place),
            wanted=wanted,
            meanings=MEANINGS,
            outcomes=OUTCOMES,
            of_passages=verdicts.OF_PASSAGES,
            verdict_meanings=verdicts.MEANINGS,
        )

    def comparison(self, runs: list[str]) -> HTMLResponse:
        """The paired differences between runs, each against every earlier one."""
        if not 2 <= len(set(runs)) <= MOST_COMPARED:
            raise Refused(422, f"Choose 2 to {MOST_COMPARED} runs to compare; go back and tick them.")
        records = [self._bench.finished(run) for run in sorted(set(runs))]
        entrants = [self._bench.entrant(record) for record in records]
        found = compared(entrants)
        if not found.agreement.ids:
            raise Refused(422, "The runs have no question in common; choose runs over the same questions.")
        return self.page(
            "compare",
            records={record.id: record for record in records},
            agreement=found.agreement,
            differences=found.differences,
            places={
                entrant.record.id: {kept.judged.id: kept.place for kept in entrant.questions}
                for entrant in entrants
            },
            asked={kept.judged.id: kept.question for entrant in entrants for kept in entrant.questions},
            meanings={measure.name: measure for measure in MEASURES},
            most=MOST_LISTED,
        )

    def judged(self, run: str, *, only_judged: bool) -> Response:
        """The questions of a run with what evaluators said of them, as a question set."""
        record = self._bench.finished(run)
        lines = self._review.exported(record, only_judged=only_judged)
        named = {"content-disposition": f'attachment; filename="{record.id}-judged.jsonl"'}
        return Response(lines, media_type="application/x-ndjson", headers=named)

    def template(self, kind: str) -> Response:
        """A table to fill in."""
        if kind not in TEMPLATES:
            raise Refused(404, f"There is no such table; choose one of {', '.join(TEMPLATES)}.")
        named = {"content-disposition": f'attachment; filename="questions.{kind}"'}
        content = blank_table(f".{kind}", self._bench.served.assistant.passages)
        return Response(content, media_type=TEMPLATES[kind], headers=named)

    def file(self, run: str, name: str, *, inline: bool = False) -> FileResponse:
        """One of the files that a run gave."""
        record = self._bench.finished(run)
        path = self._bench.runs.folder(run) / name
        if name not in DOWNLOADS or not path.is_file():
            raise Refused(404, "The run has no such file; go back to the run.")
        how = "inline" if inline else "attachment"
        return FileResponse(
            path,
            media_type=DOWNLOADS[name][0],
            filename=f"{record.id}-{name}",
            content_disposition_type=how,
        )
