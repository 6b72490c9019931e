"""What evaluators do, all by POST: load a set, start, end and take up runs, judge an answer."""

from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.datastructures import UploadFile

from bot.web.evaluate.bench import DEEPEST, Bench, Standing
from bot.web.evaluate.incoming import Form, Judging, Refused, field

# After a POST the browser is sent to a page, so that loading it again repeats nothing.
_SEE = 303


def add_actions(router: APIRouter, bench: Bench) -> None:
    """Every address that changes something."""

    @router.post("/sets")
    def upload(form: Form) -> RedirectResponse:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise Refused(422, "No file was chosen; choose one and send it again.")
        name = bench.sets.keep(file.filename, file.file, bench.served.assistant.corpus)
        return RedirectResponse(f"/evaluate/sets/{quote(name)}", _SEE)

    @router.post("/runs")
    def begin(form: Form) -> RedirectResponse:
        depth = field(form, "depth", "10")
        if not (depth.isascii() and depth.isdecimal()) or int(depth[:4]) > DEEPEST:
            raise Refused(422, f"The depth is a whole number from 0 to {DEEPEST}; correct it.")
        record = bench.begin(
            field(form, "set"),
            label=field(form, "label"),
            slices=field(form, "slices") == "yes",
            depth=int(depth),
        )
        return RedirectResponse(f"/evaluate/runs/{record.id}", _SEE)

    @router.post("/runs/{run}/cancel")
    def cancel(run: str) -> RedirectResponse:
        bench.cancel(_standing(bench, run).record)
        return RedirectResponse(f"/evaluate/runs/{run}", _SEE)

    @router.post("/runs/{run}/resume")
    def resume(run: str) -> RedirectResponse:
        standing = _standing(bench, run)
        if not standing.under_way and standing.state != "done":
            bench.take_up(standing.record)
        return RedirectResponse(f"/evaluate/runs/{run}", _SEE)

    @router.post("/judged-into")
    def judge_into(form: Form) -> RedirectResponse:
        bench.judge_into(field(form, "other").strip() or field(form, "name"))
        return RedirectResponse("/evaluate#judging", _SEE)

    @router.post("/judgements")
    def judge(judged: Judging) -> JSONResponse:
        return JSONResponse({"said": bench.judge(judged.judgement())})


def _standing(bench: Bench, run: str) -> Standing:
    found = bench.standing(run)
    if found is None:
        raise Refused(404, "There is no such run; go back to the list of runs.")
    return found
