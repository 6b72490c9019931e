"""More ask than can be answered, and one asks what takes long: how soon are the others told, or answered?"""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.hold.wire import Wire, wire

# Each word is looked up, and none is known: hardly any question takes longer.
LONG_QUESTION = " ".join(f"xq{at:04}zv" for at in range(490))


@dataclass(slots=True)
class Overload:
    """The seconds after which some were answered and others sent away, and what else became of any."""

    answered: list[float] = field(default_factory=list)
    shed: list[float] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)


async def overloaded(port: int, question: str, *, clients: int, seconds: float) -> Overload:
    """So many ask the same without a pause, each on a connection; who is sent away comes when it was told."""
    met, ends = Overload(), time.monotonic() + seconds
    async with asyncio.TaskGroup() as group:
        for _ in range(clients):
            group.create_task(_insist(port, question, ends, met))
    return met


async def _insist(port: int, question: str, ends: float, met: Overload) -> None:
    while time.monotonic() < ends:
        async with wire(port) as line:
            wait = await _until_sent_away(line, question, ends, met)
        # Meanwhile the server may let go of a silent connection.
        await asyncio.sleep(wait)


async def _until_sent_away(line: Wire, question: str, ends: float, met: Overload) -> float:
    """The seconds after which to come again."""
    while time.monotonic() < ends:
        began = time.monotonic()
        reply = await line.ask(question)
        took = time.monotonic() - began
        if reply.status == 503 and "retry-after" in reply.headers:
            met.shed.append(took)
            return float(reply.headers["retry-after"])
        if reply.status == 200:
            met.answered.append(took)
        else:
            met.odd.append(f"{reply.status} {reply.body.decode(errors='replace')}")
    return 0.0


@dataclass(frozen=True, slots=True)
class Beside:
    """The seconds of a plain question asked by itself, and while somebody asks what takes `long`."""

    alone: Sequence[float]
    beside: Sequence[float]
    long: Sequence[float]


async def beside_a_long_one(port: int, question: str, *, times: int) -> Beside:
    """So many plain questions of either kind, in turns, so that what else the machine does falls on both."""
    alone, beside, long = list[float](), list[float](), list[float]()
    async with wire(port) as line, wire(port) as other:
        for at in range(times):
            alone.append(await _seconds(line, question))
            async with _asking_long(other, at, long):
                beside.append(await _seconds(line, question))
    return Beside(alone, beside, long)


@asynccontextmanager
async def _asking_long(line: Wire, at: int, took: list[float]) -> AsyncIterator[None]:
    """The block is gone through while a long question is thought about."""
    # Another one each time: what was corrected once is known.
    asked = asyncio.create_task(_seconds(line, LONG_QUESTION.replace("xq", f"x{at}q")[:3990]))
    # Until it is under way.
    await asyncio.sleep(0.01)
    yield
    took.append(await asked)


async def _seconds(line: Wire, question: str) -> float:
    began = time.monotonic()
    reply = await line.ask(question)
    if reply.status != 200:
        raise RuntimeError(f"a question was answered with {reply.status}")
    return time.monotonic() - began


def percentiles(seconds: Sequence[float]) -> str:
    """The median and the 99th percentile, in words."""
    return f"p50 {share(seconds, 0.5):.3f} s, p99 {share(seconds, 0.99):.3f} s"


def share(seconds: Sequence[float], part: float) -> float:
    """The seconds that so large a part of them took at most."""
    ordered = sorted(seconds)
    return ordered[max(math.ceil(part * len(ordered)) - 1, 0)] if ordered else math.nan


def told(met: Overload, long: Beside) -> str:
    """Both in a few lines."""
    lines = [
        f"Overload: {len(met.answered)} answers, {percentiles(met.answered)}; {len(met.shed)} sent away,"
        f" {percentiles(met.shed)}; {len(met.odd)} others.",
        f"A plain question alone: {percentiles(long.alone)}; beside one of {percentiles(long.long)}:"
        f" {percentiles(long.beside)}.",
    ]
    return "\n".join(lines)
