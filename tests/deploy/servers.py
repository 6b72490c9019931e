"""The program as operators run it, in processes of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]


@contextmanager
def running(
    *options: str,
    before: Sequence[str] = (),
    surroundings: Mapping[str, str] | None = None,
    log: IO[str] | None = None,
) -> Iterator[tuple[int, "subprocess.Popen[str]"]]:
    """The port and the process of a server, started by the command `before` it; its log goes to a file."""
    command = [*before, sys.executable, "app.py", "--port", "0", *options]
    environment = {**os.environ, **(surroundings or {})}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
    ) as server:
        try:
            assert server.stdout is not None
            ready = re.search(r"http://\S+:(\d+)", server.stdout.readline())
            assert ready, "the server did not start"
            yield int(ready[1]), server
        finally:
            server.terminate()
            server.wait(timeout=30)
