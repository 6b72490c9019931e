"""What was measured, as a table, as JSON and as a plot of cost against size."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.engines import OURS
from tests.benchmarks.measure import Measured

_HEAD = (
    "passages", "engine", "form", "p50 us", "p99 us", "engine / ours", "same ten",
    "build s", "build MB", "disk MB", "cold start s", "own MB", "mapped MB",
)  # fmt: skip


def write_report(found: Sequence[Measured], folder: Path) -> None:
    """Write `table.md`, `figures.json` and `plot.svg` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "table.md").write_text(table(found), "utf-8")
    (folder / "figures.json").write_text(json.dumps([asdict(one) for one in found], indent=1), "utf-8")
    _plot(found, folder / "plot.svg")


def table(found: Iterable[Measured]) -> str:
    """A row for every engine, size and form of question."""
    rows = [_HEAD, ("---",) * len(_HEAD), *(_row(one, form) for one in found for form in one.questions)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _row(one: Measured, form: str) -> tuple[str, ...]:
    return (
        f"{one.passages:,}",
        one.engine,
        form,
        f"{one.percentile(form, 50):,.0f}",
        f"{one.percentile(form, 99):,.0f}",
        f"{one.against_ours(form):,.2f}",
        f"{one.identical[form]:.2f}",
        f"{one.built.cpu:,.1f}",
        f"{one.built.peak:,.0f}",
        f"{one.built.disk:,.1f}",
        f"{one.cold:.2f}",
        f"{one.own:,.0f}",
        f"{one.mapped:,.0f}",
    )


def _plot(found: Sequence[Measured], path: Path) -> None:
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot

    form = next(iter(found[0].questions))
    panels: Sequence[tuple[str, Callable[[Measured], float]]] = (
        ("a question, p50, µs", lambda one: one.percentile(form, 50)),
        ("a question, p99, µs", lambda one: one.percentile(form, 99)),
        ("build, s of processor time", lambda one: one.built.cpu),
        ("build, MB at the peak", lambda one: one.built.peak),
        ("disk, MB", lambda one: one.built.disk),
        ("start to first answer, s", lambda one: one.cold),
    )
    figure, axes = pyplot.subplots(2, 3, figsize=(13, 7.5), layout="constrained")
    for axis, (title, value) in zip(axes.flat, panels, strict=True):
        for engine in dict.fromkeys(one.engine for one in found):
            own = [one for one in found if one.engine == engine]
            width = 2.6 if engine == OURS else 1.3
            axis.plot(
                [one.passages for one in own], [value(one) for one in own], "o-", ms=4, lw=width, label=engine
            )
        axis.set(xscale="log", yscale="log", title=title, xlabel="passages")
        axis.grid(alpha=0.3)
    axes.flat[0].legend(frameon=False)
    figure.savefig(path)
