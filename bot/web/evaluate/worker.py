"""Runs carried out one after the other beside the page, with how far each is, and a way to stop it."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass

log = logging.getLogger(__name__)
# More runs than anyone waits for.
MOST_WAITING = 20


@dataclass(frozen=True, slots=True)
class Progress:
    """How many questions of a run were asked; `waiting` until its turn comes."""

    done: int
    total: int
    waiting: bool


class Stopped(Exception):  # noqa: N818 - no error: somebody asked for it
    """Raised inside a run that is to end early; `cancelled` if an evaluator asked for it."""

    def __init__(self, *, cancelled: bool) -> None:
        super().__init__()
        self.cancelled = cancelled


class Job:
    """One run on its way."""

    def __init__(self, run: str, total: int) -> None:
        self.run = run
        self._total = total
        self._done = 0
        self._begun = False
        self._cancelled = threading.Event()
        self._ending = threading.Event()

    def begin(self) -> None:
        """Notes that the run's turn has come."""
        self._begun = True

    def count(self, done: int) -> None:
        """Notes how many questions were asked; raises Stopped if the run is to end."""
        self._done = done
        if self._cancelled.is_set() or self._ending.is_set():
            raise Stopped(cancelled=self._cancelled.is_set())

    def cancel(self) -> None:
        """Ends the run at its next question, for an evaluator."""
        self._cancelled.set()

    def end(self) -> None:
        """Ends the run at its next question, because the server ends; it can be taken up again."""
        self._ending.set()

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return Progress(self._done, self._total, waiting=not self._begun)


class Worker:
    """A queue with one thread behind it; `carry_out` does a job and keeps what came of it."""

    def __init__(self, carry_out: Callable[[Job], None]) -> None:
        self._carry_out = carry_out
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="evaluation")
        self._jobs: dict[str, tuple[Job, Future[None]]] = {}
        self._lock = threading.Lock()

    def add(self, run: str, total: int) -> bool:
        """Takes a run in; False where too many wait already, or this one does."""
        with self._lock:
            if run in self._jobs or len(self._jobs) > MOST_WAITING:
                return False
            job = Job(run, total)
            future = self._pool.submit(self._do, job)
            self._jobs[run] = job, future
        future.add_done_callback(self._note_fault)
        return True

    def progress(self, run: str) -> Progress | None:
        """How far a run is; None for one that is neither waiting nor running."""
        found = self._jobs.get(run)
        return None if found is None else found[0].progress

    def cancel(self, run: str) -> bool:
        """Ends a run at its next question; True if it had not begun, so that nothing more becomes of it."""
        with self._lock:
            found = self._jobs.get(run)
            if found is None:
                return False
            job, future = found
            job.cancel()
            dropped = future.cancel()
            if dropped:
                del self._jobs[run]
        return dropped

    def close(self) -> None:
        """Ends what runs and drops what waits, so that the server can end."""
        with self._lock:
            jobs = [job for job, _ in self._jobs.values()]
        for job in jobs:
            job.end()
        self._pool.shutdown(cancel_futures=True)

    def _do(self, job: Job) -> None:
        try:
            job.begin()
            self._carry_out(job)
        finally:
            with self._lock:
                self._jobs.pop(job.run, None)

    @staticmethod
    def _note_fault(future: "Future[None]") -> None:
        """A fault of the program's own goes to the log; it names no question."""
        try:
            fault = future.exception()
        except CancelledError:
            return
        if fault is not None:
            log.error("A run ended with a fault.", exc_info=fault)
