"""Files in, what came of each out, read in processes apart.

A parser that loops for ever, eats the memory or crashes takes its process along and no other file.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Lock, Timer
from typing import IO, BinaryIO, Self, cast

from bot.library.folder import Source
from bot.library.frames import receive, send
from bot.library.limits import SECONDS, seconds_for
from bot.library.reading import OUT_OF_MEMORY, refused

# What is started, with Python.
COMMAND = ("-m", "bot.library.child")
_ROOT = Path(__file__).resolve().parents[2]
# More of them would take more memory than a small server has.
_MOST = 4
# So many files are read for each of them before somebody takes what came of one.
_AHEAD = 16
_LOST = refused("its reader crashed; save it again or leave it out")


class _NoChildError(Exception):
    """No process can be started, which says nothing about the file."""


class Child:
    """A process that reads one file after another, and is replaced when it was lost."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self._ended = False
        self._starting = Lock()

    def read(self, source: Source) -> bytes:
        """What came of a file. Raises _NoChildError."""
        used = self.process is not None
        reply = self._ask(source)
        if used and reply in (_LOST, OUT_OF_MEMORY):
            # Earlier files may have left it little memory or a library in disorder.
            self._restart()
            reply = self._ask(source)
        if reply in (_LOST, OUT_OF_MEMORY):
            self._stop()
        return reply

    def end(self) -> None:
        """Ends the process for good, in the middle of a file too."""
        with self._starting:
            self._ended = True
        self._stop()

    def _ask(self, source: Source) -> bytes:
        process = self.process or self._restart()
        seconds = seconds_for(source.path)
        reply, late = _exchange(process, (os.fsencode(source.path.absolute()), source.doc.encode()), seconds)
        if late:
            self._stop()
            return reply or refused(
                f"it could not be read within {seconds:.0f} seconds; save it again or leave it out",
                again=True,
            )
        return _LOST if reply is None else reply

    def _restart(self) -> "subprocess.Popen[bytes]":
        self._stop()
        with self._starting:
            if self._ended:
                raise _NoChildError
            process = self.process = _started()
        # Its start is not the file's fault, however slow the machine is.
        ready, _ = _exchange(process, (), SECONDS)
        if ready is None:
            self._stop()
            raise _NoChildError
        return process

    def _stop(self) -> None:
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    _there(pipe).close()
            process.wait()


def read_apart(sources: Sequence[Source]) -> Iterator[tuple[Source, bytes | None]]:
    """What came of each file, as it comes; None where no process can be started to read it in."""
    with _Children(min(len(sources), os.cpu_count() or 1, _MOST)) as children:
        yield from children.read(sources)


class _Children:
    """A few children, and a thread that waits for each."""

    def __init__(self, count: int) -> None:
        self._all = [Child() for _ in range(count)]
        self._idle: SimpleQueue[Child] = SimpleQueue()
        for child in self._all:
            self._idle.put(child)
        self._pool = ThreadPoolExecutor(count, "reading")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        for child in self._all:
            child.end()
        self._pool.shutdown()

    def read(self, sources: Sequence[Source]) -> Iterator[tuple[Source, bytes | None]]:
        waiting = iter(sources)
        running: dict[Future[bytes | None], Source] = {}
        while True:
            for source in islice(waiting, _AHEAD * len(self._all) - len(running)):
                running[self._pool.submit(self._read, source)] = source
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(future), future.result()

    def _read(self, source: Source) -> bytes | None:
        child = self._idle.get()
        try:
            return child.read(source)
        except _NoChildError:
            return None
        finally:
            self._idle.put(child)


def _started() -> "subprocess.Popen[bytes]":
    # One thread for arithmetic that no reader does: each would take its share of the memory.
    surroundings = {**os.environ, "PYTHONPATH": str(_ROOT), "OPENBLAS_NUM_THREADS": "1"}
    try:
        return subprocess.Popen(  # noqa: S603 - nothing of it comes from outside
            (sys.executable, *COMMAND),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env=surroundings,
        )
    except OSError as error:
        raise _NoChildError from error


def _exchange(
    process: "subprocess.Popen[bytes]", request: Sequence[bytes], seconds: float
) -> tuple[bytes | None, bool]:
    """The reply to a request, None if the process ended; and whether it had to be ended for being late."""
    late = Event()

    def end() -> None:
        late.set()
        process.kill()

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        for message in request:
            send(_there(process.stdin), message)
        return receive(_there(process.stdout)), late.is_set()
    except (OSError, ValueError):
        # Nobody listens, or the pipe was closed since all of this is to end.
        return None, late.is_set()
    finally:
        timer.cancel()


def _there(pipe: IO[bytes] | None) -> BinaryIO:
    if pipe is None:
        raise ValueError("the process was started without this pipe")
    return cast("BinaryIO", pipe)
