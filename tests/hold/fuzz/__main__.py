"""So many cases, or so many minutes of them, for some targets or all; exit status 1 after any finding."""

import argparse
import faulthandler
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.hold.fuzz.running import Ran, fuzzed
from tests.hold.fuzz.targets import TARGETS, Target


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs what was asked for, each target in turn, and says what was run."""
    options = _parser().parse_args(arguments)
    # A crash in a library that is no Python ends the run, and names where it was.
    faulthandler.enable()
    chosen = [target for target in TARGETS if not options.only or target.name in options.only]
    share = sum(target.share for target in chosen)
    found = False
    for target in chosen:
        ran = fuzzed(
            target,
            cases=max(1, options.cases * target.share // share) if options.cases else None,
            seconds=options.minutes * 60 * target.share / share if options.minutes else None,
            seed=options.seed,
        )
        _say(target, ran, options.findings)
        found = found or bool(ran.findings)
    return 1 if found else 0


def _say(target: Target, ran: Ran, folder: Path) -> None:
    per_case = ran.seconds / max(ran.cases, 1) * 1000
    sys.stdout.write(
        f"{target.name}: {ran.cases} cases in {ran.seconds:.0f} s ({per_case:.1f} ms each,"
        f" {ran.slowest:.2f} s the slowest), {len(ran.findings)} findings\n"
    )
    for place, finding in enumerate(ran.findings, 1):
        file = folder / f"{target.name}-{time.time():.0f}-{place}.txt"
        file.write_text(finding, "utf-8", errors="backslashreplace")
        sys.stdout.write(f"  {finding.splitlines()[0]}\n  see {file}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.hold.fuzz", description=__doc__)
    amount = parser.add_mutually_exclusive_group(required=True)
    amount.add_argument("--cases", type=int, help="so many cases in all")
    amount.add_argument("--minutes", type=float, help="for so long in all")
    parser.add_argument("--seed", type=int, default=0, help="other cases for another number (0)")
    parser.add_argument(
        "--findings", type=Path, default=Path(), metavar="DIR", help="where each finding is written (here)"
    )
    names = [target.name for target in TARGETS]
    parser.add_argument("--only", action="append", choices=names, help="this target; may be repeated")
    return parser


if __name__ == "__main__":
    sys.exit(main())
