"""What evaluators do, all by POST: sets and runs begun, ended, deleted and put back, answers judged."""

from collections.abc import Mapping
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.datastructures import UploadFile

from bot.evaluation.formats.columns import HEADINGS
from bot.web.evaluate.bench import DEEPEST, Bench
from bot.web.evaluate.incoming import Form, Judging, field, whole_number
from bot.web.evaluate.listing import Wanted, wanted_of
from bot.web.evaluate.refused import Refused
from bot.web.evaluate.review import Review
from bot.web.evaluate.verdicts import OF_PASSAGES, OF_QUESTIONS, Verdict

# After a POST the browser is sent to a page, so that loading it again repeats nothing.
_SEE = 303
BACK = "back"


def add_actions(router: APIRouter, bench: Bench) -> None:
    """Every address that changes something."""
    _add_sets(router, bench)
    _add_runs(router, bench)
    _add_trash(router, bench)
    _add_judging(router, bench)


def _add_sets(router: APIRouter, bench: Bench) -> None:
    @router.post("/sets")
    def upload(form: Form) -> RedirectResponse:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise Refused(422, "No file was chosen; choose one and send it again.")
        corpus = bench.served.assistant.corpus
        name = bench.sets.keep(
            file.filename,
            file.file,
            corpus,
            keep_missing=field(form, "keep_missing") == "yes",
            columns={
                name: heading for name in HEADINGS if (heading := field(form, f"column {name}").strip())
            },
        )
        return _see(f"/evaluate/sets/{quote(name)}")

    @router.post("/sets/{name}/delete")
    def delete_set(name: str) -> RedirectResponse:
        bench.delete_set(name)
        return _see("/evaluate#deleted")


def _add_runs(router: APIRouter, bench: Bench) -> None:
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
            keep_missing=field(form, "keep_missing") == "yes",
        )
        return _see(f"/evaluate/runs/{record.id}")

    @router.post("/runs/{run}/cancel")
    def cancel(run: str) -> RedirectResponse:
        bench.cancel(bench.standing_of(run).record)
        return _see(f"/evaluate/runs/{run}")

    @router.post("/runs/{run}/resume")
    def resume(run: str) -> RedirectResponse:
        standing = bench.standing_of(run)
        if not standing.under_way and standing.state != "done":
            bench.take_up(standing.record)
        return _see(f"/evaluate/runs/{run}")

    @router.post("/runs/{run}/delete")
    def delete_run(run: str) -> RedirectResponse:
        bench.delete_run(run)
        return _see("/evaluate#deleted")

    @router.post("/runs/{run}/set")
    def keep_judged(run: str, form: Form) -> RedirectResponse:
        only = field(form, "only") == "yes"
        name = Review(bench).kept_as_set(bench.finished(run), only_judged=only)
        return _see(f"/evaluate/sets/{quote(name)}")


def _add_trash(router: APIRouter, bench: Bench) -> None:
    @router.post("/trash/{deleted}/back")
    def put_back(deleted: str) -> RedirectResponse:
        found = bench.trash.find(deleted)
        return _see(f"/evaluate/{found.kind}s/{quote(bench.put_back(found))}")

    @router.post("/trash/{deleted}/drop")
    def drop(deleted: str) -> RedirectResponse:
        bench.trash.drop(bench.trash.find(deleted))
        return _see("/evaluate")


def _add_judging(router: APIRouter, bench: Bench) -> None:
    @router.post("/runs/{run}/questions/{place}/verdict")
    def note(run: str, place: str, form: Form) -> RedirectResponse:
        where, seen = field(form, "passage"), field(form, "seen", "0")
        record, at = bench.finished(run), whole_number(place)
        Review(bench).note(record, at, where, _verdict(form, where), seen=whole_number(seen))
        kept = _wanted(form).address
        return _see(f"/evaluate/runs/{run}/questions/{place}{kept}#{quote(where) or 'question'}")

    @router.post("/judged-into")
    def judge_into(form: Form) -> RedirectResponse:
        bench.judge_into(field(form, "other").strip() or field(form, "name"))
        return _see("/evaluate#judging")

    @router.post("/judgements")
    def judge(judged: Judging) -> JSONResponse:
        return JSONResponse({"said": bench.judge(judged.judgement())})


def _see(address: str) -> RedirectResponse:
    return RedirectResponse(address, _SEE)


def _verdict(form: Form, where: str) -> Verdict | None:
    """What was pressed, None for taking back; raises Refused for a verdict on what it cannot be about."""
    pressed = field(form, "verdict")
    if pressed == BACK:
        return None
    known = OF_PASSAGES if where else OF_QUESTIONS
    found = next((verdict for verdict in known if verdict == pressed), None)
    if found is None:
        raise Refused(422, f"A judgement is one of: {', '.join(known)}; load the page again.")
    return found


def _wanted(form: Form) -> Wanted:
    values: Mapping[str, str] = {name: value for name, value in form.items() if isinstance(value, str)}
    return wanted_of(values)
