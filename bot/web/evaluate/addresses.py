"""Where evaluators see what there is, all by GET."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response

from bot.web.evaluate.bench import Bench, Standing
from bot.web.evaluate.incoming import whole_number
from bot.web.evaluate.pages import Pages
from bot.web.evaluate.results import REPORT


def add_pages(router: APIRouter, bench: Bench, pages: Pages) -> None:
    """Every address that shows something."""

    @router.get("/session")
    def session() -> JSONResponse:
        return JSONResponse({"evaluator": True})

    @router.get("/template.{kind}")
    def template(kind: str) -> Response:
        return pages.template(kind)

    @router.get("/sets/{name}")
    def question_set(name: str) -> HTMLResponse:
        return pages.set(name)

    @router.get("/runs/{run}")
    def run(run: str) -> HTMLResponse:
        return pages.run(run)

    @router.get("/runs/{run}/progress")
    def progress(run: str) -> JSONResponse:
        return JSONResponse(_progress(bench.standing_of(run)))

    @router.get("/runs/{run}/questions")
    def questions(run: str, request: Request) -> HTMLResponse:
        return pages.questions(run, request.query_params)

    @router.get("/runs/{run}/questions/{place}")
    def question(run: str, place: str, request: Request) -> HTMLResponse:
        return pages.question(run, whole_number(place), request.query_params)

    @router.get("/runs/{run}/judged.jsonl")
    def judged(run: str, only: str = "") -> Response:
        return pages.judged(run, only_judged=only == "yes")

    @router.get("/runs/{run}/report")
    def report(run: str) -> FileResponse:
        return pages.file(run, REPORT, inline=True)

    @router.get("/runs/{run}/files/{name}")
    def file(run: str, name: str) -> FileResponse:
        return pages.file(run, name)

    @router.get("/compare")
    def comparison(run: Annotated[list[str], Query()] = []) -> HTMLResponse:  # noqa: B006 - FastAPI copies it
        return pages.comparison(run)


def _progress(standing: Standing) -> Mapping[str, object]:
    done = standing.progress.done if standing.progress else 0
    return {"state": standing.state, "done": done, "total": standing.record.count}
