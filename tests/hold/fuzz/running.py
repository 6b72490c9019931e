"""A target in, what came of so many cases of it out."""

import signal
import time
import traceback
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from types import FrameType

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.hold.fuzz.targets import Target

# A case that was drawn is checked, and so many that are made from it at random: drawing takes longer.
VARIED = 15
# So many cases are drawn from one seed: what hypothesis remembers of them would fill the memory.
BATCH = 300
LONGEST_SECONDS = 5.0
# More ways to fail than this are one fault met again and again.
MOST_FINDINGS = 5


class HangError(BaseException):
    """A case that took longer than any may; no Exception, so that nothing on the way takes it for its own."""


@dataclass(slots=True)
class Ran:
    """What was run of a target, and each finding: the fault in one line, then the case and the traceback.

    `slowest` is the processor time of the case that took most.
    """

    cases: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    findings: list[str] = field(default_factory=list)


def fuzzed(target: Target, *, cases: int | None, seconds: float | None, seed: int) -> Ran:
    """Draws and checks cases until there were so many or for so long; the same seed draws the same."""
    ran = Ran()
    began = time.monotonic()
    batch = 0
    while len(ran.findings) < MOST_FINDINGS:
        left = BATCH if cases is None else min(BATCH, -((ran.cases - cases) // (1 + VARIED)))
        if left <= 0 or (seconds is not None and time.monotonic() - began >= seconds):
            break
        before = ran.cases
        _batch(target, left, f"{seed} {target.name} {batch}", ran)
        batch += 1
        if ran.cases == before:
            break
    ran.seconds = time.monotonic() - began
    return ran


def _batch(target: Target, count: int, name: str, ran: Ran) -> None:
    @seed(int.from_bytes(name.encode(), "big"))
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=target.cases)
    def drawn(case: object) -> None:
        chance = Random(zlib.crc32(repr(case).encode("utf-8", "replace")))
        _check(target, case, ran)
        for _ in range(VARIED):
            _check(target, target.vary(case, chance), ran)

    drawn()


def _check(target: Target, case: object, ran: Ran) -> None:
    ran.cases += 1
    began = time.process_time()
    try:
        with limited(LONGEST_SECONDS):
            target.check(case)
    except (Exception, HangError) as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        _note(error, case, ran)
    ran.slowest = max(ran.slowest, time.process_time() - began)


def _note(error: BaseException, case: object, ran: Ran) -> None:
    """Keeps a finding, unless one was raised at the same place before."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    head = f"{type(error).__name__} at {frame.filename}:{frame.lineno}"
    if not any(finding.startswith(head) for finding in ran.findings):
        trace = "".join(traceback.format_exception(error))
        ran.findings.append(f"{head}\n{error}\n{case!r}\n{trace}")


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raises HangError in a block that takes more processor time; only in the main thread, which has signals.

    What it waits for besides is the machine's doing.
    """
    inside = True

    def ring(_: int, __: FrameType | None) -> None:
        if inside:
            raise HangError

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        inside = False
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
