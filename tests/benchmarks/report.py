"""What was measured, as a table, as JSON and as a plot of cost against size."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.engines import LUCENE, OURS, REFERENCE
from tests.benchmarks.measure import Measured

_HEAD = (
    "passages", "engine", "form", "p50 us", "p99 us", "engine / ours", "same ten",
    "build s", "build MB", "disk MB", "cold start s", "own MB", "mapped MB",
)  # fmt: skip

# Told apart by those too who see no colours.
_INK = "#808080"
_COLOURS = {OURS: "#e8590c", REFERENCE: "#808080", "bm25s-numba": "#2f9e44", "tantivy": "#7b61ff"}
_COLOURS |= {LUCENE: "#1c7ed6"}
_MARKERS = {OURS: "o", REFERENCE: "s", "bm25s-numba": "^", "tantivy": "D", LUCENE: "v"}


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
    from matplotlib import pyplot, ticker

    form = next(iter(found[0].questions))
    panels: Sequence[tuple[str, Callable[[Measured], float]]] = (
        ("a question, p50, µs", lambda one: one.percentile(form, 50)),
        ("a question, p99, µs", lambda one: one.percentile(form, 99)),
        ("build, s of processor time", lambda one: one.built.cpu),
        ("build, MB at the peak", lambda one: one.built.peak),
        ("disk, MB", lambda one: one.built.disk),
        ("start to first answer, s", lambda one: one.cold),
    )
    # Grey on nothing is legible on white and on black; letters are drawn, lest a font be missing.
    mpl.rcParams.update({"svg.fonttype": "path", "svg.hashsalt": "benchmarks", "font.size": 13})
    for part in ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color"):
        mpl.rcParams[part] = _INK
    figure, axes = pyplot.subplots(2, 3, figsize=(13, 7.5), layout="constrained")
    for axis, (title, value) in zip(axes.flat, panels, strict=True):
        for engine in dict.fromkeys(one.engine for one in found):
            own = [one for one in found if one.engine == engine]
            axis.plot(
                [one.passages for one in own],
                [value(one) for one in own],
                _MARKERS.get(engine, "o") + "-",
                color=_COLOURS.get(engine),
                ms=7,
                lw=3.2 if engine == OURS else 1.6,
                label=engine,
            )
        axis.set(xscale="log", yscale="log", title=title, xlabel="passages")
        axis.grid(alpha=0.3)
        axis.yaxis.set_minor_formatter(ticker.NullFormatter())
    handles, labels = axes.flat[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=len(labels), frameon=False)
    figure.savefig(path, transparent=True, metadata={"Date": None})
