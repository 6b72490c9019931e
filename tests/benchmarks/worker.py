"""One engine in a process of its own: `python -m tests.benchmarks.worker ENGINE build|answer CORPUS INDEX`.

`build` writes one JSON object. `answer` reads a question a line, "COUNT TIMES TERM TERM ...", asks it so many
times in a row, and writes "CPU WALL PLACE PLACE ...": the least seconds of the thread's processor time and of
the clock that an answer took, and the places of the best passages. Lucene's worker is `lucene/Peer.java`.
"""

import json
import sys
import time
from pathlib import Path

from tests.benchmarks.corpora import MadeCorpus
from tests.benchmarks.engines import ENGINES, Answers


def _build(name: str, corpus: Path, index: Path) -> None:
    started = time.perf_counter()
    ENGINES[name]().build(MadeCorpus(corpus), index)
    print(json.dumps({"seconds": time.perf_counter() - started}), flush=True)


def _answer(answers: Answers, line: str) -> str:
    count, times, *terms = map(int, line.split())
    used, taken = [], []
    for _ in range(times):
        cpu, wall = time.thread_time(), time.perf_counter()
        found = answers(terms, count)
        used.append(time.thread_time() - cpu)
        taken.append(time.perf_counter() - wall)
    return " ".join(map(str, [min(used), min(taken), *found]))


def main(name: str, task: str, corpus: str, index: str) -> None:
    if task == "build":
        _build(name, Path(corpus), Path(index))
        return
    answers = ENGINES[name]().open(Path(index))
    for line in sys.stdin:
        print(_answer(answers, line), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
