"""`python -m bot.learning.crossed LIBRARY...`: how well does it do where it has learned nothing?

For each library, and for each `--topic`, the tables are fitted from all the others, and every question set
of the one that was left out is measured. Each is done in a copy of the program in a temporary folder, by the
commands that fit and measure what ships: no table that ships is touched, and edits made meanwhile do not mix
in.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import BotError, SettingsError
from bot.evaluation.intervals import Interval
from bot.evaluation.metrics import Figure
from bot.evaluation.table import aligned
from bot.files import write_atomically
from bot.learning.measured import MEASURED, SetFigures, read_figures

PACKAGE = Path(__file__).resolve().parents[1]
# Each copy has a core to itself: threads of its own would only get in the way of the others.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Held:
    """What is left out of the training and measured: a corpus with its question sets."""

    name: str
    corpus: Path
    sets: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """One training and what is measured after it; `fitting` are the arguments of `bot.learning`."""

    held: Held
    fitting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crossed:
    """The figures of what was left out of one training."""

    name: str
    sets: tuple[SetFigures, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and measure every fold, then print one table."""
    parser = argparse.ArgumentParser(prog="python -m bot.learning.crossed", description=__doc__)
    parser.add_argument("libraries", nargs="+", type=Path, metavar="LIBRARY")
    parser.add_argument("--topic", nargs=2, type=Path, action="append", default=[])
    parser.add_argument("--most", type=int, default=0, help="take this many of each question set at most")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="as many as cores")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args(arguments)
    try:
        found = crossed(options.libraries, options.topic, most=options.most, processes=options.processes)
        if options.json is not None:
            write_atomically(options.json, json.dumps([asdict(fold) for fold in found], indent=1) + "\n")
    except BotError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(table(found) + "\n")
    return 0


def crossed(
    libraries: Sequence[Path], topics: Sequence[Sequence[Path]], *, most: int, processes: int
) -> tuple[Crossed, ...]:
    """The figures of every fold, in order; raises BotError for what cannot be read."""
    with ThreadPoolExecutor(max(processes, 1)) as pool:
        return tuple(pool.map(partial(_crossed, most=most), folds(libraries, topics)))


def folds(libraries: Sequence[Path], topics: Sequence[Sequence[Path]]) -> list[Fold]:
    """Each library, then each topic, with the training that leaves it out; raises SettingsError."""
    if len(libraries) < 2:
        raise SettingsError("Leaving one library out needs two or more; name another.")
    held = [Held(folder.name, folder / "corpus", _sets_of(folder)) for folder in libraries]
    held += [Held(questions.stem, corpus, (questions,)) for corpus, questions in topics]
    return [Fold(one, _fitting(libraries, topics, one)) for one in held]


def _sets_of(library: Path) -> tuple[Path, ...]:
    found = sorted(library.glob("*.jsonl"), key=lambda path: (path.stem != "questions", path.stem))
    if not found:
        raise SettingsError(f"{library} has no question set; it needs questions.jsonl and a corpus folder.")
    return tuple(found)


def _fitting(libraries: Sequence[Path], topics: Sequence[Sequence[Path]], held: Held) -> tuple[str, ...]:
    rest = [folder for folder in libraries if folder / "corpus" != held.corpus]
    others = [topic for topic in topics if topic[1] not in held.sets]
    flags = [part for corpus, questions in others for part in ("--topic", corpus, questions)]
    return tuple(_absolute(part) for part in (*rest, *flags))


def _absolute(part: Path | str) -> str:
    """An argument that means the same in another folder."""
    return str(part.resolve()) if isinstance(part, Path) else part


def _crossed(fold: Fold, *, most: int) -> Crossed:
    held = fold.held
    with TemporaryDirectory(prefix="crossed-") as folder:
        copy = Path(folder)
        shutil.copytree(PACKAGE, copy / PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__"))
        _run(copy, "bot.learning", *fold.fitting)
        sys.stderr.write(f"{held.name}: fitted from the others\n")
        sets = map(_absolute, held.sets)
        lines = _run(copy, "bot.learning.measured", _absolute(held.corpus), *sets, "--most", str(most))
    sys.stderr.write(f"{held.name}: measured\n")
    return Crossed(held.name, tuple(map(read_figures, lines.splitlines())))


def _run(copy: Path, module: str, *arguments: str) -> str:
    """What a command of the copy prints; raises BotError with what it complains of."""
    environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": str(copy)}
    # The arguments are those of whoever runs this, and no shell reads them.
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", module, *arguments],
        cwd=copy,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        complaint = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise SettingsError(f"python -m {module} failed: {complaint}")
    return done.stdout


def table(found: Sequence[Crossed]) -> str:
    """A line for each question set, with 95 % intervals and the number that each figure is over."""
    rows = [["left out", "questions", *MEASURED]]
    rows += [
        [f"{fold.name} {of_set.name}", str(of_set.questions), *map(_cell, of_set.figures)]
        for fold in found
        for of_set in fold.sets
    ]
    return aligned(rows, left=(0,))


def _cell(figure: Figure) -> str:
    if figure.value is None:
        return "-"
    return f"{figure.value:.3f}{_ends(figure.interval)} n {figure.n}"


def _ends(interval: Interval | None) -> str:
    return f" ({interval.low:.3f} to {interval.high:.3f})" if interval else ""


if __name__ == "__main__":
    sys.exit(main())
