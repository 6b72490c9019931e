"""The workers of all engines, and what the system tells of them: memory, processor time, disk."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.engines import LUCENE

ROOT = Path(__file__).resolve().parents[2]
# Every engine answers with one thread.
_ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "NUMBA")}


@dataclass(frozen=True, slots=True)
class Built:
    """What an index cost: seconds of the clock and of the processor, MB of memory at the peak and of disk."""

    seconds: float
    cpu: float
    peak: float
    disk: float


@dataclass(frozen=True, slots=True)
class Answer:
    """Seconds of the thread's processor time and of the clock, and the best passages."""

    cpu: float
    wall: float
    places: Sequence[int]


def build(engine: str, corpus: Path, index: Path) -> Built:
    """Build an index in a process of its own."""
    index.mkdir(parents=True)
    with _started(engine, "build", corpus, index) as worker:
        assert worker.stdout is not None
        told = worker.stdout.read()
        # wait4 alone tells of this one child; Popen must then not wait for it too.
        _, status, used = os.wait4(worker.pid, 0)
        worker.returncode = os.waitstatus_to_exitcode(status)
    if worker.returncode:
        raise RuntimeError(f"{engine} could not build {index}")
    size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
    seconds = float(json.loads(told)["seconds"])
    return Built(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, size / 1e6)


class Worker:
    """An engine that answers; `cold` are the seconds from its start to the first answer."""

    def __init__(self, engine: str, corpus: Path, index: Path, first: Sequence[int]) -> None:
        started = time.perf_counter()
        self._process = _started(engine, "answer", corpus, index)
        self.ask(first)
        self.cold = time.perf_counter() - started

    def ask(self, terms: Sequence[int], *, count: int = 10, times: int = 1) -> Answer:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(count, times, *terms, file=self._process.stdin, flush=True)
        cpu, wall, *places = self._process.stdout.readline().split()
        return Answer(float(cpu), float(wall), [int(place) for place in places])

    def resident(self) -> tuple[float, float]:
        """MB in memory: of its own, and of files that it has mapped, which processes share."""
        lines = Path(f"/proc/{self._process.pid}/status").read_text("utf-8").splitlines()
        kept = {
            name: int(rest.split()[0]) / 1024
            for name, _, rest in (line.partition(":") for line in lines)
            if name in ("RssAnon", "RssFile")
        }
        return kept["RssAnon"], kept["RssFile"]

    def close(self) -> None:
        with self._process:
            assert self._process.stdin is not None
            self._process.stdin.close()


def prepare_lucene(folder: Path) -> None:
    """Fetch Lucene and compile its worker; needs Maven and a JDK."""
    source = Path(__file__).parent / "lucene"
    pom = str(source / "pom.xml")
    subprocess.run(
        ["mvn", "-q", "-B", "-f", pom, "dependency:copy-dependencies", f"-DoutputDirectory={folder}"],
        check=True,
    )
    subprocess.run(["javac", "-cp", f"{folder}/*", "-d", folder, source / "Peer.java"], check=True)


def lucene_folder() -> Path:
    """Where Lucene's jars and its compiled worker are kept."""
    return Path(os.environ.get("BOT_BENCHMARK_JARS", Path.home() / ".cache" / "bot-benchmarks" / "lucene"))


def _started(engine: str, task: str, corpus: Path, index: Path) -> subprocess.Popen[str]:
    if engine == LUCENE:
        jars = lucene_folder()
        command = ["java", "-Xmx2g", "-cp", f"{jars}:{jars}/*", "Peer", task]
    else:
        command = [sys.executable, "-m", "tests.benchmarks.worker", engine, task]
    return subprocess.Popen(
        [*command, corpus, index],
        cwd=ROOT,
        env={**os.environ, **_ONE_THREAD},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
