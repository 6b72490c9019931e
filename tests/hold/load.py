"""Many patients in conversation with the real server: python -m tests.hold.load --patients 200 --minutes 10.

Each asks about a lamp of their own and goes on with follow-ups, so that an answer from another conversation
would be about another lamp. What is said is checked word for word.
"""

import argparse
import asyncio
import json
import math
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import httpx

from tests.hold import overload
from tests.hold.overload import percentiles, share

ROOT = Path(__file__).resolve().parents[2]
LAMPS = 30
_FOLLOW_UPS = ("How is it mended?", "Who mends it?", "and what does it cost?")
_READY = re.compile(r"Ready at http://[^:]+:(\d+)")
# Memory counts as warmed up after such a share of the time.
_WARM_UP = 0.3
_PATIENCE_SECONDS = 600.0
# After that, all ask without a pause for so long; and so many plain questions are asked beside a long one.
_OVERLOAD_SECONDS, _TIMES_BESIDE = 30.0, 100


@dataclass(slots=True)
class Run:
    """What was met: the seconds of each answer, what failed, and the server's memory over time, in bytes."""

    seconds: list[float] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)
    crossed: int = 0
    shed: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)

    @property
    def growth(self) -> float:
        """By what share memory grew after warm-up, from its first third's median to its last's."""
        warm = self.memory[int(len(self.memory) * _WARM_UP) :]
        third = max(len(warm) // 3, 1)
        first, last = sorted(warm[:third]), sorted(warm[-third:])
        return last[len(last) // 2] / first[len(first) // 2] - 1 if warm else math.nan


def make_corpus(folder: Path) -> None:
    """A document for each lamp, in our own words."""
    folder.mkdir(parents=True)
    for number in range(LAMPS):
        name = _name(number)
        (folder / f"{name}.md").write_text(
            f"# The {name} lamp\n\n## What is the {name} lamp for?\n\nThe {name} lamp lights {name}.\n\n"
            f"## How is the {name} lamp mended?\n\nThe {name} lamp is mended with a wire of {name}.\n\n"
            f"## Who mends the {name} lamp?\n\nThe smith of {name} mends the {name} lamp.\n\n"
            f"## What does the {name} lamp cost?\n\nThe {name} lamp costs a coin of {name}.\n",
            "utf-8",
        )


def _name(number: int) -> str:
    """A word that is no other's misspelling."""
    sounds = ("bar", "dul", "fen", "gor", "hix", "jum", "kat", "lov", "mip", "noz")
    return sounds[number % 10] + sounds[number // 10] + "ia"


@contextmanager
def served(corpus: Path, *options: str) -> Iterator[tuple[int, int]]:
    """The real server over a folder: its port and the number of its process."""
    command = [
        sys.executable,
        "app.py",
        "--corpus",
        str(corpus),
        "--port",
        "0",
        "--per-minute",
        "0",
        "--per-minute-in-total",
        "0",
        *options,
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = next(iter(process.stdout), "")
            ready = _READY.match(line)
            if ready is None:
                raise RuntimeError(f"the server did not start: {line}")
            _await_meaning(int(ready[1]))
            yield int(ready[1]), process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(_PATIENCE_SECONDS)


def _await_meaning(port: int) -> None:
    """Waits until answers are what they will be."""
    ends = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < ends:
        try:
            if (
                httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=10).json()["meaning"]["state"]
                != "encoding"
            ):
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise RuntimeError("the server did not become ready")


async def conversing(port: int, pid: int, *, patients: int, seconds: float, think: float) -> Run:
    """So many patients ask for so long, each after so many seconds of thought on average."""
    run = Run()
    ends = time.monotonic() + seconds
    async with _client(port, patients) as client, asyncio.TaskGroup() as group:
        group.create_task(_watch(pid, ends, run))
        for number in range(patients):
            group.create_task(_patient(client, number, ends, think, run))
    return run


@asynccontextmanager
async def _client(port: int, most: int) -> AsyncIterator[httpx.AsyncClient]:
    # A connection for each question, as after a pause: the server may be about to let go of a silent one.
    limits = httpx.Limits(max_connections=most, max_keepalive_connections=0)
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{port}", limits=limits, timeout=_PATIENCE_SECONDS, trust_env=False
    ) as client:
        yield client


async def _patient(client: httpx.AsyncClient, number: int, ends: float, think: float, run: Run) -> None:
    chance = Random(number)
    # Nobody comes at the same moment as everybody else.
    await asyncio.sleep(chance.uniform(0, think))
    while time.monotonic() < ends:
        name, conversation = _name(chance.randrange(LAMPS)), None
        questions = (f"What is the {name} lamp for?", *chance.sample(_FOLLOW_UPS, 2))
        for question in questions:
            answer = await _asked(client, question, conversation, run)
            if answer is None:
                break
            conversation = str(answer["conversation"])
            _check(answer, name, run)
            await asyncio.sleep(chance.expovariate(1 / think) if think else 0)


async def _asked(
    client: httpx.AsyncClient, question: str, conversation: str | None, run: Run
) -> dict[str, object] | None:
    """The answer; whoever is told to come again does so after the time that is named."""
    while True:
        began = time.monotonic()
        try:
            given = await client.post("/api/ask", json={"question": question, "conversation": conversation})
        except httpx.HTTPError as error:
            run.failed[type(error).__name__] += 1
            return None
        took = time.monotonic() - began
        if given.status_code == 503 and "retry-after" in given.headers:
            run.shed.append(took)
            await asyncio.sleep(float(given.headers["retry-after"]))
            continue
        if given.status_code != 200:
            run.failed[str(given.status_code)] += 1
            return None
        run.seconds.append(took)
        found: dict[str, object] = given.json()
        return found


def _check(answer: dict[str, object], name: str, run: Run) -> None:
    """Notes an answer that is not of this conversation: its first passage is about another lamp, or none."""
    passages = answer["passages"]
    first = passages[0]["text"] if isinstance(passages, list) and passages else ""
    if name not in first:
        run.crossed += 1


async def _watch(pid: int, ends: float, run: Run) -> None:
    while time.monotonic() < ends:
        run.memory.append(memory_of(pid))
        await asyncio.sleep(1.0)


def memory_of(pid: int) -> int:
    """What a process has in memory, in bytes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def told(run: Run) -> str:
    """A run in a few lines."""
    parts = ", ".join(f"p{round(part * 100)} {share(run.seconds, part):.2f} s" for part in (0.5, 0.95, 0.99))
    memory = f"{run.memory[0] / 1e6:.0f} to {run.memory[-1] / 1e6:.0f} MB, {run.growth:+.1%} after warm-up"
    shed = f"{len(run.shed)} sent away and back, {percentiles(run.shed)}"
    return (
        f"{len(run.seconds)} answers, {run.failed.total()} failed {dict(run.failed) or ''},"
        f" {run.crossed} crossed; {parts}; {shed}; memory {memory}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Serves made-up documents, has them asked about, and says what came of it; status 1 for a failure."""
    parser = argparse.ArgumentParser(prog="python -m tests.hold.load", description=__doc__)
    parser.add_argument("--patients", type=int, default=200, help="so many at once (200)")
    parser.add_argument("--minutes", type=float, default=10.0, help="for so long (10)")
    parser.add_argument(
        "--think", type=float, default=20.0, help="seconds between questions, on average (20)"
    )
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="load-") as scratch:
        corpus = Path(scratch, "corpus")
        make_corpus(corpus)
        with served(corpus) as (port, pid):
            run = asyncio.run(
                conversing(
                    port, pid, patients=options.patients, seconds=options.minutes * 60, think=options.think
                )
            )
            plain = f"What is the {_name(0)} lamp for?"
            beside = asyncio.run(overload.beside_a_long_one(port, plain, times=_TIMES_BESIDE))
            met = asyncio.run(
                overload.overloaded(port, plain, clients=options.patients, seconds=_OVERLOAD_SECONDS)
            )
    sys.stdout.write(told(run) + "\n")
    sys.stdout.write(overload.told(met, beside) + "\n")
    sys.stdout.write(json.dumps({"p95": share(run.seconds, 0.95), "growth": run.growth}) + "\n")
    return int(bool(run.failed or run.crossed or met.odd))


if __name__ == "__main__":
    sys.exit(main())
