"""python -m tests.benchmarks.http: answers a second at 64 users, as a share of a bare FastAPI echo's.

Both servers run beside each other and are asked in turns, so that noise falls on both.
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.hold.load import ROOT, make_corpus, served
from tests.hold.wire import wire

_ECHO = """
import socket, sys
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

class Said(BaseModel):
    question: str
    conversation: str | None = None

app = FastAPI()

@app.get("/")
async def hello() -> dict[str, str]:
    return {"hello": "world"}

@app.post("/")
async def echo(said: Said) -> Said:
    return said

listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
config = uvicorn.Config(app, log_level="error", access_log=False, http=sys.argv[1])
uvicorn.Server(config).run(sockets=[listener])
"""
_QUESTION = b'{"question": "What is the bardulia lamp for?"}'


@dataclass(frozen=True, slots=True)
class Route:
    """What is asked of ours, and of the echo in the same way."""

    method: str
    path: str
    body: bytes = b""


ROUTES = {
    "health": Route("GET", "/healthz"),
    "documents": Route("GET", "/api/documents"),
    "question": Route("POST", "/api/ask", _QUESTION),
}


@dataclass(frozen=True, slots=True)
class Pace:
    """Answers a second, and the milliseconds of processor time that the server took for each."""

    per_second: float
    milliseconds: float


@contextmanager
def echoing(http: str) -> Iterator[tuple[int, int]]:
    """A bare FastAPI application that says what it is told: its port and the number of its process."""
    command = [sys.executable, "-c", _ECHO, http]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline()), process.pid
        finally:
            process.terminate()


async def paced(server: tuple[int, int], route: Route, *, users: int, seconds: float) -> Pace:
    """How fast a server answers so many users, each of whom asks again as soon as it is answered."""
    port, pid = server
    answers, before, began = 0, _processor_seconds(pid), time.monotonic()
    ends = began + seconds

    async def use() -> None:
        nonlocal answers
        async with wire(port) as line:
            while time.monotonic() < ends:
                reply = await line.send(route.method, route.path, route.body)
                if reply.status != 200:
                    raise RuntimeError(f"{route.path} was answered with {reply.status}")
                answers += 1

    async with asyncio.TaskGroup() as group:
        for _ in range(users):
            group.create_task(use())
    took = _processor_seconds(pid) - before
    return Pace(answers / (time.monotonic() - began), 1000 * took / answers)


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def compared(
    ours: tuple[int, int], echo: tuple[int, int], route: Route, options: argparse.Namespace
) -> Sequence[tuple[Pace, Pace]]:
    """Ours and the echo, round by round."""
    there = Route(route.method, "/", route.body)

    def pace(server: tuple[int, int], asked: Route) -> Pace:
        return asyncio.run(paced(server, asked, users=options.users, seconds=options.seconds))

    return [(pace(ours, route), pace(echo, there)) for _ in range(options.rounds)]


def told(name: str, rounds: Sequence[tuple[Pace, Pace]]) -> str:
    """The medians, and the median of the rounds' ratios with the least and the largest."""
    ratios = sorted(own.per_second / bare.per_second for own, bare in rounds)
    own, bare = ([pair[at] for pair in rounds] for at in (0, 1))
    return (
        f"{name}: {_median(own)}; echo: {_median(bare)};"
        f" ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
    )


def _median(paces: Sequence[Pace]) -> str:
    rate = statistics.median(pace.per_second for pace in paces)
    cost = statistics.median(pace.milliseconds for pace in paces)
    return f"{rate:.0f} a second, {cost:.2f} ms of processor each"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.http", description=__doc__)
    parser.add_argument("--users", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=3.0, help="of each round")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--routes", nargs="+", default=list(ROUTES), choices=list(ROUTES))
    parser.add_argument("--http", default="h11", help="uvicorn's parser for the echo: h11 or auto")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="http-") as scratch:
        make_corpus(Path(scratch, "corpus"))
        with served(Path(scratch, "corpus")) as ours, echoing(options.http) as echo:
            for name in options.routes:
                print(told(name, compared(ours, echo, ROUTES[name], options)), flush=True)


if __name__ == "__main__":
    main()
