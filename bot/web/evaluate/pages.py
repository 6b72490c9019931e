"""What evaluators see, all by GET: sets, runs, questions beside their gold, comparisons, downloads."""

from collections import Counter
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse
from markupsafe import Markup

from bot.evaluation.compare import compare
from bot.evaluation.metrics import MEASURES
from bot.evaluation.misses import MEANINGS
from bot.evaluation.page import templates
from bot.web.evaluate.bench import DEEPEST, MOST_COMPARED, Bench, Standing
from bot.web.evaluate.excerpts import looked_into
from bot.web.evaluate.incoming import Refused
from bot.web.evaluate.results import REPORT, REPORT_JSON, SHOWN, TREC_RUN
from bot.web.evaluate.runs import PREDICTIONS, RunRecord

# What a run gives away: the file, its type, and what it is.
DOWNLOADS = {
    REPORT: ("text/html; charset=utf-8", "Download the report (HTML)"),
    REPORT_JSON: ("application/json", "Download every figure and record (JSON)"),
    PREDICTIONS: ("application/x-ndjson", "Download the predictions (JSON Lines)"),
    TREC_RUN: ("text/plain; charset=utf-8", "Download the rankings (TREC run)"),
}
# The figures in the list of runs.
LISTED = ("hit@1", "hit@3", "answered", "refused", "verbatim")
# More changed questions than these are no list to read; the JSON report has them all.
MOST_LISTED = 200
LONGEST_NUMBER = 9


class Pages:
    """The templates, each filled with what it shows."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._templates = templates("bot.web.evaluate", "bot.evaluation")

    def page(self, name: str, status: int = 200, **values: object) -> HTMLResponse:
        """One page."""
        return HTMLResponse(self._templates.get_template(f"{name}.html").render(values), status)

    def home(self) -> HTMLResponse:
        """The sets, the runs and where judgements go."""
        names = self._bench.sets.names()
        return self.page(
            "home",
            sets=names,
            judgeable=sorted({name for name in names if name.endswith(".jsonl")} | {self._bench.judged_into}),
            judged_into=self._bench.judged_into,
            standings=self._bench.standings(),
            listed=LISTED,
        )

    def set(self, name: str) -> HTMLResponse:
        """What is in a set, and the form that starts a run."""
        asked = self._bench.sets.load(name, self._bench.served.assistant.corpus)
        kinds = Counter(question.kind for question in asked.questions)
        counts = {
            "answerable": sum(question.answerable for question in asked.questions),
            "unjudged": sum(not question.counted for question in asked.questions),
        }
        return self.page("set", asked=asked, kinds=kinds, deepest=DEEPEST, **counts)

    def run(self, run: str) -> HTMLResponse:
        """How far a run is, or what came out."""
        standing = self.standing(run)
        shown = self._bench.runs.folder(run) / SHOWN
        done = standing.state == "done" and shown.is_file()
        return self.page(
            "run",
            standing=standing,
            run=standing.record,
            # It was filled by this program's own template, in which everything is escaped.
            shown=Markup(shown.read_text("utf-8")) if done else "",  # noqa: S704
            comparable=self._bench.comparable(standing.record) if done else (),
            most=MOST_COMPARED,
            downloads=DOWNLOADS,
        )

    def question(self, run: str, place: int) -> HTMLResponse:
        """One question beside its gold."""
        record, assistant = self.finished(run), self._bench.served.assistant
        scored = self._bench.results.scored(record, assistant.corpus)
        if not 1 <= place <= len(scored.run.questions):
            raise Refused(404, "The run has no such question; go back to the run.")
        said = self._bench.results.prediction(record, place)
        looked = looked_into(scored, place, said, assistant)
        missed = [at for at, asked in enumerate(scored.run.questions, 1) if asked.id in scored.misses]
        return self.page(
            "question",
            run=record,
            looked=looked,
            meanings=MEANINGS,
            before=max((at for at in missed if at < place), default=None),
            after=min((at for at in missed if at > place), default=None),
        )

    def comparison(self, runs: list[str]) -> HTMLResponse:
        """The paired differences between runs, each against every earlier one."""
        if not 2 <= len(set(runs)) <= MOST_COMPARED:
            raise Refused(422, f"Choose 2 to {MOST_COMPARED} runs to compare; go back and tick them.")
        records = [self.finished(run) for run in sorted(set(runs))]
        if len({(record.questions, record.corpus) for record in records}) > 1:
            raise Refused(422, "Only runs over the same questions and documents can be compared.")
        corpus = self._bench.served.assistant.corpus
        scored = {record.id: self._bench.results.scored(record, corpus).run for record in records}
        questions = scored[records[0].id].questions
        return self.page(
            "compare",
            records={record.id: record for record in records},
            differences=compare({run: found.judged for run, found in scored.items()}),
            asked={asked.id: (place, asked.question) for place, asked in enumerate(questions, 1)},
            meanings={measure.name: measure for measure in MEASURES},
            most=MOST_LISTED,
        )

    def standing(self, run: str) -> Standing:
        """A run; raises Refused where there is none."""
        found = self._bench.standing(run)
        if found is None:
            raise Refused(404, "There is no such run; go back to the list of runs.")
        return found

    def finished(self, run: str) -> RunRecord:
        """A run that came to its end; raises Refused for another."""
        standing = self.standing(run)
        if standing.state != "done":
            raise Refused(409, "This run has not come to its end; wait for it or take it up again.")
        return standing.record

    def file(self, run: str, name: str, *, inline: bool = False) -> FileResponse:
        """One of the files that a run gave."""
        record = self.finished(run)
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


def add_pages(router: APIRouter, pages: Pages) -> None:
    """Every address that shows something."""

    @router.get("/session")
    def session() -> JSONResponse:
        return JSONResponse({"evaluator": True})

    @router.get("/sets/{name}")
    def question_set(name: str) -> HTMLResponse:
        return pages.set(name)

    @router.get("/runs/{run}")
    def run(run: str) -> HTMLResponse:
        return pages.run(run)

    @router.get("/runs/{run}/progress")
    def progress(run: str) -> JSONResponse:
        return JSONResponse(_progress(pages.standing(run)))

    @router.get("/runs/{run}/questions/{place}")
    def question(run: str, place: str) -> HTMLResponse:
        return pages.question(run, _whole_number(place))

    @router.get("/runs/{run}/report")
    def report(run: str) -> FileResponse:
        return pages.file(run, REPORT, inline=True)

    @router.get("/runs/{run}/files/{name}")
    def file(run: str, name: str) -> FileResponse:
        return pages.file(run, name)

    @router.get("/compare")
    def comparison(run: Annotated[list[str], Query()] = []) -> HTMLResponse:  # noqa: B006 - FastAPI copies it
        return pages.comparison(run)


def _whole_number(text: str) -> int:
    """The number that a short run of digits stands for, 0 for any other text."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER else 0


def _progress(standing: Standing) -> Mapping[str, object]:
    done = standing.progress.done if standing.progress else 0
    return {"state": standing.state, "done": done, "total": standing.record.count}
